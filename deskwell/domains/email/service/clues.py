"""What in a mail points to a ticket, looked up; the decision itself is `logic.threading`."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows
from deskwell.domains.contexts.models import Context as Brand

from ..logic import subjects, tokens
from ..logic.reading import Mail
from ..logic.threading import Clue, Decision, Trust, decide
from ..models import EmailAccount
from .signing import settings_of, signer, verifiers

DEFAULT_CONTEXT = "Support"
MOST_IDS = 60


async def our_addresses(session: AsyncSession) -> dict[str, EmailAccount]:
    """The desk's own addresses, looked up once a transaction."""
    known: dict[str, EmailAccount] | None = session.info.get("email_addresses")
    if known is None:
        known = {account.email: account for account in await session.scalars(select(EmailAccount))}
        session.info["email_addresses"] = known
    return known


def account_of(mail: Mail, inbound: dict[str, Any], ours: dict[str, EmailAccount]) -> EmailAccount | None:
    """The account a mail came to: the mailbox it was fetched from, else the first of its recipients that is ours."""
    if inbound["account_id"]:
        return next((a for a in ours.values() if a.id == inbound["account_id"]), None)
    recipients = [
        *inbound["envelope_to"],
        *mail.delivered_to,
        *(a.email for a in mail.to),
        *(a.email for a in mail.cc),
    ]
    return next((ours[r] for r in map(_without_tag, recipients) if r in ours), None)


def _without_tag(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


async def context_of(session: AsyncSession, account: EmailAccount | None) -> str:
    """The context of a mail: its account's, else the one that sends by it, else the only one, else a plain name."""
    if account and account.context_id:
        brand = await session.get(Brand, account.context_id)
        if brand:
            return brand.name
    if account:
        own = select(Brand.name).where(Brand.is_active, Brand.email_account_id == account.id).limit(2)
        senders = list(await session.scalars(own))
        if len(senders) == 1:
            return senders[0]
    names = list(await session.scalars(select(Brand.name).where(Brand.is_active).order_by(Brand.id).limit(2)))
    return names[0] if len(names) == 1 else DEFAULT_CONTEXT


async def has_written_before(session: AsyncSession, sender: str) -> bool:
    found = await one(
        session,
        "SELECT 1 AS x FROM users u JOIN tickets t ON t.customer_id = u.id WHERE u.email = %(email)s LIMIT 1",
        email=sender,
    )
    return found is not None


async def find_thread(session: AsyncSession, mail: Mail, sender: str, envelope_to: list[str]) -> Decision:
    """Collect the clues and decide."""
    clues = [
        *_token_clues(session, mail, sender, envelope_to),
        *_signed_clues(session, mail),
        *await _known_clues(session, mail),
        *await _later_clues(session, mail),
        *await _subject_clues(session, mail, sender),
    ]
    ids = list({clue.ticket_id for clue in clues})
    return decide(clues, await _participants(session, ids), sender) if ids else Decision()


def _references(mail: Mail) -> list[str]:
    """Identifiers this mail names, the nearest first."""
    return list(dict.fromkeys([*mail.in_reply_to, *reversed(mail.references)]))[:MOST_IDS]


def _token_clues(session: AsyncSession, mail: Mail, sender: str, envelope_to: list[str]) -> list[Clue]:
    """A reply address counts for the person it was given to."""
    settings = settings_of(session)
    addresses = [*envelope_to, *mail.delivered_to, *(a.email for a in mail.to), *(a.email for a in mail.cc)]
    found = [token for a in addresses if (token := tokens.read_reply_address(verifiers(settings), a))]
    marks = {tokens.person_mark(sign, sender) for sign in verifiers(settings)} | {
        tokens.person_mark(signer(settings), sender)
    }
    return [
        Clue(Trust.REPLY_TOKEN if token.person in marks else Trust.KNOWN_ID, token.ticket_id, i)
        for i, token in enumerate(found)
    ]


def _signed_clues(session: AsyncSession, mail: Mail) -> list[Clue]:
    keys = verifiers(settings_of(session))
    found = [(i, tokens.read_message_id(keys, value)) for i, value in enumerate(_references(mail))]
    return [Clue(Trust.SIGNED_ID, reference.ticket_id, i) for i, reference in found if reference]


async def _known_clues(session: AsyncSession, mail: Mail) -> list[Clue]:
    """Identifiers of mails that came in; ours are known by their signature only."""
    wanted = _references(mail)
    if not wanted:
        return []
    found = await rows(
        session,
        """SELECT rfc_id, ticket_id FROM email_messages
           WHERE rfc_id = ANY(%(ids)s) AND ticket_id IS NOT NULL AND direction = 'inbound' ORDER BY id""",
        ids=wanted,
    )
    return [Clue(Trust.KNOWN_ID, row["ticket_id"], wanted.index(row["rfc_id"])) for row in found]


async def _later_clues(session: AsyncSession, mail: Mail) -> list[Clue]:
    """Mails that answer this one and came before it, and those that answer the same mail, which never came here."""
    mine, wanted = mail.message_id, _references(mail)
    if not mine and not wanted:
        return []
    found = await rows(
        session,
        """SELECT ticket_id, bool_or(%(mine)s = ANY(reference_ids)) AS is_answer FROM email_messages
           WHERE reference_ids && %(ids)s::text[] AND ticket_id IS NOT NULL AND direction = 'inbound'
           GROUP BY ticket_id ORDER BY 2 DESC, ticket_id DESC LIMIT 5""",
        mine=mine,
        ids=[i for i in (mine, *wanted) if i],
    )
    return [
        Clue(Trust.LATER_REPLY if row["is_answer"] else Trust.SAME_PARENT, row["ticket_id"], i)
        for i, row in enumerate(found)
    ]


async def _subject_clues(session: AsyncSession, mail: Mail, sender: str) -> list[Clue]:
    """The sender's own open ticket of the same subject."""
    key = subjects.comparable(mail.subject)
    if len(key) < 3:
        return []
    found = await one(
        session,
        """SELECT t.id FROM email_messages e JOIN tickets t ON t.id = e.ticket_id
           WHERE e.from_email = %(sender)s AND e.subject_key = %(key)s AND e.direction = 'inbound'
             AND t.status <> 'closed' AND t.trashed_at IS NULL AND t.merged_into_id IS NULL
           ORDER BY t.id DESC LIMIT 1""",
        sender=sender,
        key=key,
    )
    if found is None and subjects.is_reply(mail.subject):
        found = await one(
            session,
            """SELECT t.id FROM email_messages e JOIN tickets t ON t.id = e.ticket_id
               WHERE %(sender)s = ANY(e.to_email) AND e.subject_key = %(key)s AND e.direction = 'outbound'
                 AND t.status <> 'closed' AND t.trashed_at IS NULL AND t.merged_into_id IS NULL
               ORDER BY t.id DESC LIMIT 1""",
            sender=sender,
            key=key,
        )
    return [Clue(Trust.SUBJECT, found["id"])] if found else []


async def _participants(session: AsyncSession, ticket_ids: list[UUID]) -> dict[UUID, frozenset[str]]:
    """Who may write into these tickets: the requester, those in copy, and whom we have written to."""
    found = await rows(
        session,
        """SELECT t.id, u.email FROM tickets t JOIN users u ON u.id = t.customer_id WHERE t.id = ANY(%(ids)s)
           UNION SELECT c.ticket_id, c.email FROM ticket_ccs c WHERE c.ticket_id = ANY(%(ids)s)
           UNION SELECT e.ticket_id, unnest(e.to_email || e.cc_email) FROM email_messages e
             WHERE e.ticket_id = ANY(%(ids)s) AND e.direction = 'outbound' AND coalesce(e.template_type, '') <> 'ticket_assigned'""",
        ids=ticket_ids,
    )
    people: dict[UUID, set[str]] = {}
    for row in found:
        people.setdefault(row["id"], set()).add(row["email"])
    return {ticket_id: frozenset(emails) for ticket_id, emails in people.items()}
