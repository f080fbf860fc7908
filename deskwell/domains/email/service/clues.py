"""What in a mail points to a ticket, looked up; the decision itself is `logic.threading`."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.db import one, rows, together
from deskwell.domains.contexts import queries as contexts

from .. import queries
from ..logic import subjects, tokens
from ..logic.reading import Mail
from ..logic.threading import Clue, Decision, Trust, decide
from ..models import EmailAccount
from .signing import settings_of, signer, verifiers

DEFAULT_CONTEXT = "Support"
MOST_IDS = 60
MIN_SUBJECT = 3


async def our_addresses(session: AsyncSession) -> dict[str, EmailAccount]:
    """The desk's own addresses."""
    return {account.email: account for account in await queries.kept_accounts(session)}


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
    brands = await contexts.brands(session)
    active = [brand for brand in brands if brand.is_active]
    if account:
        own = [brand for brand in brands if brand.id == account.context_id]
        own = own or [brand for brand in active if brand.email_account_id == account.id]
        if len(own) == 1:
            return own[0].name
    names = [brand.name for brand in active]
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
        *await _stored_clues(session, mail, sender),
    ]
    ids = list({clue.ticket_id for clue in clues})
    return decide(clues, await _participants(session, ids), sender) if ids else Decision()


async def _stored_clues(session: AsyncSession, mail: Mail, sender: str) -> list[Clue]:
    """What the mails that are there already tell: asked for in one round trip."""
    wanted, key = _references(mail), subjects.comparable(mail.subject)
    named = [identifier for identifier in (mail.message_id, *wanted) if identifier]
    about = {"ids": wanted, "named": named, "id": mail.message_id, "sender": sender, "key": key}
    asked = {
        _KNOWN: bool(wanted),
        _LATER: bool(named),
        _SUBJECT: len(key) >= MIN_SUBJECT,
        _OUR_SUBJECT: len(key) >= MIN_SUBJECT and subjects.is_reply(mail.subject),
    }
    statements = [(sql, about) for sql, is_asked in asked.items() if is_asked]
    found = dict(zip((sql for sql, _ in statements), await together(session, *statements), strict=True))
    same_subject = found.get(_SUBJECT) or found.get(_OUR_SUBJECT) or []
    return [
        *(
            Clue(Trust.KNOWN_ID, row["ticket_id"], wanted.index(row["rfc_id"]))
            for row in found.get(_KNOWN, ())
        ),
        *(
            Clue(Trust.LATER_REPLY if row["is_answer"] else Trust.SAME_PARENT, row["ticket_id"], i)
            for i, row in enumerate(found.get(_LATER, ()))
        ),
        *(Clue(Trust.SUBJECT, row["id"]) for row in same_subject),
    ]


_KNOWN = """SELECT rfc_id, ticket_id FROM email_messages
    WHERE rfc_id = ANY(%(ids)s) AND ticket_id IS NOT NULL AND direction = 'inbound' ORDER BY id"""
"""Identifiers of mails that came in; ours are known by their signature only."""
_LATER = """SELECT ticket_id, bool_or(%(id)s = ANY(reference_ids)) AS is_answer FROM email_messages
    WHERE reference_ids && %(named)s::text[] AND ticket_id IS NOT NULL AND direction = 'inbound'
    GROUP BY ticket_id ORDER BY 2 DESC, ticket_id DESC LIMIT 5"""
"""Mails that answer this one and came before it, and those that answer the same mail, which never came here."""
_SUBJECT = """SELECT t.id FROM email_messages e JOIN tickets t ON t.id = e.ticket_id
    WHERE e.from_email = %(sender)s AND e.subject_key = %(key)s AND e.direction = 'inbound'
      AND t.status <> 'closed' AND t.trashed_at IS NULL AND t.merged_into_id IS NULL
    ORDER BY t.id DESC LIMIT 1"""
"""The sender's own open ticket of the same subject."""
_OUR_SUBJECT = """SELECT t.id FROM email_messages e JOIN tickets t ON t.id = e.ticket_id
    WHERE %(sender)s = ANY(e.to_email) AND e.subject_key = %(key)s AND e.direction = 'outbound'
      AND t.status <> 'closed' AND t.trashed_at IS NULL AND t.merged_into_id IS NULL
    ORDER BY t.id DESC LIMIT 1"""
"""The open ticket in which we wrote to the sender about this subject."""


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
