"""Fill an empty desk with the example: people, teams, contexts, articles, tickets. Safe to repeat."""

import asyncio
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import clock
from deskwell.core.actor import SYSTEM, Role
from deskwell.core.context import Context
from deskwell.core.db import execute, one, rows
from deskwell.core.ids import new_id
from deskwell.core.security import hash_password
from deskwell.core.settings import Settings
from deskwell.domains.accounts.models import User
from deskwell.domains.contexts import service as contexts
from deskwell.domains.fields import service as fields
from deskwell.domains.fields.models import Category, Tag
from deskwell.domains.fields.schemas import TagWrite
from deskwell.domains.knowledge.logic.places import stable_url
from deskwell.domains.knowledge.service import refresh_search_words
from deskwell.domains.knowledge.service.transfer import import_files
from deskwell.domains.teams import service as teams
from deskwell.domains.teams.schemas import MemberWrite, TeamWrite

from .promises import make_promises
from .readers import leave_traces
from .stories import HERE, SCRIPTS, customer_email, facts, stories
from .telling import Cast, QuietBus, tell
from .workflows import set_up

TAG_COLOURS = ("blue", "green", "amber", "violet", "red", "accent", "orange")


async def fill(context: Context) -> list[str]:
    """Fill the desk and return lines for the person who asked, with the passwords, which are kept nowhere else."""
    async with context.transaction() as session:
        await execute(session, "SELECT pg_advisory_xact_lock(hashtextextended('demo', 0))")
        state = await one(
            session,
            """SELECT EXISTS (SELECT 1 FROM users WHERE email = %(agent)s) AS is_filled,
                      EXISTS (SELECT 1 FROM tickets) AS is_used""",
            agent=facts("people")["agents"][0]["email"],
        )
        assert state is not None
        if state["is_filled"]:
            return [
                "The example is already here. Its passwords were shown once; reset one from “Forgot password?”."
            ]
        if state["is_used"]:
            return ["This desk has tickets of its own. The example fills an empty desk only."]
        session.info["bus"] = QuietBus(context.database.info["bus"])
        people, lines = await _people(session, context.settings)
        brands = await _contexts(session)
        await _articles(session, context, brands)
        cast = await _cast(session, people, brands)
        for story in stories(clock.now()):
            await tell(session, cast, story)
            session.expunge_all()  # what is told is written; a session full of it gets slower with each flush
        await _backdate(session)
        await set_up(session, brands)
    return lines


async def _people(session: AsyncSession, settings: Settings) -> tuple[dict[Any, User], list[str]]:
    """The owner, four agents and forty customers; the passwords of staff and of one customer per context."""
    known = facts("people")
    accounts: dict[str, tuple[str, str]] = {}
    if not await one(session, "SELECT 1 FROM users WHERE role = 'admin' LIMIT 1"):
        accounts["owner"] = (known["owner"]["email"], known["owner"]["name"])
    agents = {f"agent{i}": (agent["email"], agent["name"]) for i, agent in enumerate(known["agents"])}
    openers = {
        f"customer of {slug}": (customer_email(slug, 0), known["customers"][slug][0]) for slug in SCRIPTS
    }
    secrets_of = {
        email: secrets.token_urlsafe(9)
        for email, _ in [*accounts.values(), *agents.values(), *openers.values()]
    }
    hashes = dict(
        zip(
            secrets_of,
            await asyncio.gather(*(hash_password(settings, password) for password in secrets_of.values())),
            strict=True,
        )
    )
    users: dict[Any, User] = {}
    began = clock.now() - timedelta(days=120)

    def add(key: Any, email: str, name: str, role: Role) -> None:
        users[key] = User(
            id=new_id(), email=email, name=name, role=role, password_hash=hashes.get(email), created_at=began,
            team_ids=[], email_verified_at=began,
        )  # fmt: skip

    for email, name in accounts.values():
        add("owner", email, name, Role.ADMIN)
    for i, (email, name) in enumerate(agents.values()):
        add(("agent", i), email, name, Role.AGENT)
    for slug, names in known["customers"].items():
        for i, name in enumerate(names):
            add((slug, i), customer_email(slug, i), name, Role.CUSTOMER)
    session.add_all(users.values())
    await session.flush()
    return users, _told(accounts, agents, openers, secrets_of)


def _told(
    accounts: dict[str, tuple[str, str]],
    agents: dict[str, tuple[str, str]],
    openers: dict[str, tuple[str, str]],
    passwords: dict[str, str],
) -> list[str]:
    lines = ["The example desk is ready. These passwords are shown once:"]
    for label, group in (("admin", accounts), ("agent", agents), ("customer", openers)):
        lines += [f"    {label:<9} {email:<42} {passwords[email]}" for email, _ in group.values()]
    return lines


async def _contexts(session: AsyncSession) -> dict[str, str]:
    names: dict[str, str] = {}
    for brand in facts("contexts"):
        names[brand["slug"]] = brand["name"]
        if not await one(session, "SELECT 1 FROM contexts WHERE lower(name) = lower(%(n)s)", n=brand["name"]):
            await contexts.add_context(
                session,
                SYSTEM,
                name=brand["name"],
                description=brand["tagline"],
                color=brand["colour"],
                tone=brand["tone"],
                contacts=[brand["support_email"]],
            )
    return names


async def _articles(session: AsyncSession, context: Context, brands: dict[str, str]) -> None:
    """The articles, with the desk's own reactions: the AI has to read them."""
    quiet = session.info["bus"]
    session.info["bus"] = context.database.info["bus"]
    try:
        for slug, name in brands.items():
            folder = HERE / "articles" / slug
            files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))}
            report = await import_files(session, SYSTEM, files, context=name)
            assert not report.problems, report.problems
        await refresh_search_words(session)
    finally:
        session.info["bus"] = quiet


async def _cast(session: AsyncSession, people: dict[Any, User], brands: dict[str, str]) -> Cast:
    known = facts("people")
    agents = [people["agent", i] for i in range(len(known["agents"]))]
    by_context: dict[str, UUID] = {}
    for i, agent in enumerate(known["agents"]):
        members = [MemberWrite(user_id=agents[i].id, is_lead=True)]
        members += [
            MemberWrite(user_id=agents[j].id)
            for j, other in enumerate(known["agents"])
            if j != i and agent["contexts"][0] in other["contexts"]
        ]
        team = await teams.create_team(session, SYSTEM, TeamWrite(name=agent["team"], members=members))
        by_context[agent["contexts"][0]] = team.id
    await make_promises(session, brands)
    scripts = [script for file in SCRIPTS.values() for script in facts(f"conversations/{file}")]
    categories, tags = {}, {}
    for number, name in enumerate(dict.fromkeys(script["category"] for script in scripts)):
        data = TagWrite(name=name, color=TAG_COLOURS[number % len(TAG_COLOURS)])
        categories[name] = await fields.create_label(session, SYSTEM, Category, data)
    for number, name in enumerate(dict.fromkeys(tag for script in scripts for tag in script.get("tags", ()))):
        data = TagWrite(name=name, color=TAG_COLOURS[number % len(TAG_COLOURS)])
        tags[name] = (await fields.create_label(session, SYSTEM, Tag, data)).id
    await session.flush()
    return Cast(
        customers={key: user for key, user in people.items() if isinstance(key, tuple) and key[0] in SCRIPTS},
        agents=agents,
        contexts=brands,
        teams=by_context,
        categories=categories,
        tags=tags,
        passages=await _passages(session),
    )


async def _passages(session: AsyncSession) -> dict[str, list[dict[str, Any]]]:
    found = await rows(
        session,
        """SELECT a.slug, a.id AS article_id, a.title, a.center, p.id AS passage_id, p.text
           FROM articles a JOIN passages p ON p.article_id = a.id ORDER BY a.slug, p.position""",
    )
    passages: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        passages.setdefault(row["slug"], []).append(
            {
                "article_id": str(row["article_id"]),
                "passage_id": str(row["passage_id"]),
                "title": row["title"],
                "text": row["text"],
                "url": stable_url(row["article_id"]),
            }
        )
    return passages


async def _backdate(session: AsyncSession) -> None:
    """Give rows that the database dated the time of what they belong to, and let readers leave their traces."""
    await session.flush()
    await execute(
        session, "UPDATE turns t SET created_at = m.created_at FROM messages m WHERE m.id = t.message_id"
    )
    await execute(
        session,
        "UPDATE ratings r SET created_at = m.created_at + interval '7 minutes' FROM messages m WHERE m.id = r.message_id",
    )
    await execute(
        session,
        """UPDATE articles SET created_at = created_at - interval '100 days', published_at = published_at - interval '100 days',
                  updated_at = updated_at - (mod(ascii(right(slug, 1)), 60) + 3) * interval '1 day'""",
    )
    await execute(session, "UPDATE article_versions SET created_at = created_at - interval '100 days'")
    articles = await rows(session, "SELECT id, center, visibility, is_featured FROM articles")
    await leave_traces(session, articles, clock.now())
