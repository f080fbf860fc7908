"""Plausible things by default, one keyword for what matters. Everything goes through the product's own services."""

from functools import lru_cache
from typing import Any

from deskwell.core.actor import SYSTEM, Actor, Kind, Role, Through, default_permissions
from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.ids import new_id
from deskwell.core.security import _hasher
from deskwell.domains.accounts import service as accounts
from deskwell.domains.accounts.models import User
from deskwell.domains.contexts.models import Context as Brand
from deskwell.domains.fields.models import Category, Tag
from deskwell.domains.teams.models import Team, TeamMember
from deskwell.domains.tickets import service as tickets
from deskwell.domains.tickets.models import Source, Ticket

PASSWORD = "correct horse 7"


@lru_cache
def _password_hash() -> str:
    return _hasher("bcrypt", 4).hash(PASSWORD)


class Make:
    """Factories of one database."""

    def __init__(self, context: Context) -> None:
        self.context = context

    async def user(self, *, role: Role = Role.CUSTOMER, **values: Any) -> User:
        values.setdefault("email", f"{role.value}-{new_id().hex[-10:]}@example.org")
        values.setdefault("name", f"{role.value.title()} {new_id().hex[-4:]}")
        values.setdefault("password_hash", _password_hash())
        values.setdefault("email_verified_at", now())
        return await self.saved(User(id=new_id(), role=role, **values))

    async def customer(self, **values: Any) -> User:
        return await self.user(role=Role.CUSTOMER, **values)

    async def agent(self, **values: Any) -> User:
        return await self.user(role=Role.AGENT, **values)

    async def admin(self, **values: Any) -> User:
        return await self.user(role=Role.ADMIN, **values)

    async def token(self, user: User) -> str:
        async with self.context.transaction() as session:
            known = await session.get(User, user.id)
            assert known is not None
            token, _ = await accounts.sign_in(
                session, self.context.settings, known, accounts.Device("127.0.0.1")
            )
        return token

    async def ticket(
        self, *, customer: User | None = None, body: str = "It smokes.", **values: Any
    ) -> Ticket:
        """Open a ticket by its customer, with its first message and turn."""
        customer = customer or await self.customer()
        values.setdefault("context", "Shop")
        values.setdefault("subject", f"Printer {new_id().hex[-6:]}")
        values.setdefault("source", Source.WEB)
        async with self.context.transaction() as session:
            opened = await tickets.open_ticket(session, actor_of(customer), customer.id, text=body, **values)
        return opened.ticket

    async def brand(self, name: str = "Shop", **values: Any) -> Brand:
        return await self.saved(Brand(id=new_id(), key=name.casefold(), name=name, **values))

    async def tag(self, name: str | None = None, **values: Any) -> Tag:
        return await self.saved(Tag(id=new_id(), name=name or f"tag-{new_id().hex[-6:]}", **values))

    async def category(self, name: str | None = None, **values: Any) -> Category:
        return await self.saved(Category(id=new_id(), name=name or f"Category {new_id().hex[-6:]}", **values))

    async def team(self, *members: User, name: str | None = None, **values: Any) -> Team:
        team = await self.saved(Team(id=new_id(), name=name or f"Team {new_id().hex[-6:]}", **values))
        async with self.context.transaction() as session:
            for member in members:
                session.add(TeamMember(team_id=team.id, user_id=member.id))
                known = await session.get(User, member.id)
                assert known is not None
                known.team_ids = [*known.team_ids, team.id]
        return team

    async def put_in_team(self, ticket: Ticket, team: Team) -> None:
        async with self.context.transaction() as session:
            known = await tickets.lock_ticket(session, ticket.id)
            await tickets.assign_team(session, SYSTEM, known, team.id)

    async def saved(self, record: Any) -> Any:
        async with self.context.transaction() as session:
            session.add(record)
        return record


def actor_of(user: User) -> Actor:
    """Return the actor this person is when they call."""
    is_customer = user.role is Role.CUSTOMER
    return Actor(
        Kind.CUSTOMER if is_customer else Kind.STAFF,
        user_id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        permissions=frozenset() if is_customer else default_permissions(),
        team_ids=tuple(user.team_ids or ()),
        through=Through.SCREEN,
    )
