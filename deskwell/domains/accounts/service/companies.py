from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.db import execute
from deskwell.core.errors import Conflict
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.text import clean

from ..events import CompanyChanged
from ..models import Company, PersonNote, User
from ..schemas import CompanyWrite

PUBLIC_DOMAINS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "t-online.de",
        "proton.me",
        "protonmail.com",
        "mail.ru",
        "yandex.ru",
        "qq.com",
        "163.com",
        "orange.fr",
        "wanadoo.fr",
        "libero.it",
    ]
)
"""Addresses of these domains say nothing about a company."""


async def save_company(
    session: AsyncSession, actor: Actor, data: CompanyWrite, company: Company | None = None
) -> Company:
    """Create or change a company; customers of its domains who are in no company join it.

    Raises:
        Conflict: another company has the name or one of the domains, or a domain is everybody's.

    """
    await _refuse_taken(session, data, company)
    saved = company or Company(id=new_id(), custom_fields={})
    values = {"name": data.name, "domains": sorted(set(data.domains)), "notes": clean(data.notes)}
    changed = tuple(name for name, value in values.items() if getattr(saved, name) != value)
    for name, value in values.items():
        setattr(saved, name, value)
    session.add(saved)
    await session.flush()
    joined = await execute(
        session,
        """UPDATE users SET company_id = %(company)s WHERE role = 'customer' AND company_id IS NULL
           AND split_part(email, '@', 2) = ANY(%(domains)s)""",
        company=saved.id,
        domains=saved.domains,
    )
    await session.refresh(saved)
    if changed or joined:
        await _announce(session, actor, saved, "changed" if company else "created", changed)
    return saved


async def _refuse_taken(session: AsyncSession, data: CompanyWrite, company: Company | None) -> None:
    taken = await session.scalar(select(Company).where(func.lower(Company.name) == data.name.lower()))
    if taken is not None and taken is not company:
        message = f"There is already a company “{taken.name}”."
        raise Conflict(message, code="name_taken", errors=[{"field": "name", "message": message}])
    for domain in data.domains:
        if domain in PUBLIC_DOMAINS:
            message = f"{domain} belongs to everybody, so it cannot stand for a company."
            raise Conflict(message, code="domain_public", errors=[{"field": "domains", "message": message}])
        other = await session.scalar(select(Company).where(Company.domains.contains([domain])))
        if other is not None and other is not company:
            message = f"{domain} belongs to the company “{other.name}”."
            raise Conflict(message, code="domain_taken", errors=[{"field": "domains", "message": message}])


async def delete_company(session: AsyncSession, actor: Actor, company: Company) -> None:
    """Delete a company; its people stay."""
    await session.delete(company)
    await session.flush()
    await _announce(session, actor, company, "deleted")


def company_of_domain(email: str) -> ScalarSelect[UUID]:
    """The company that an address belongs to by its domain, if there is one."""
    domain = email.rpartition("@")[2]
    return select(Company.id).where(Company.domains.contains([domain])).limit(1).scalar_subquery()


async def join_by_domain(session: AsyncSession, user: User) -> None:
    """Let a new customer join the company of their address, if there is one."""
    company = await session.scalar(select(company_of_domain(user.email)))
    if company is not None and user.company_id is None:
        user.company_id = company


async def add_note(
    session: AsyncSession,
    actor: Actor,
    body: str,
    *,
    user_id: UUID | None = None,
    company_id: UUID | None = None,
) -> PersonNote:
    """Note something about a customer or a company."""
    note = PersonNote(
        id=new_id(), user_id=user_id, company_id=company_id, author_id=actor.user_id, body=clean(body)
    )
    session.add(note)
    await session.flush()
    await session.refresh(note)
    return note


async def _announce(
    session: AsyncSession, actor: Actor, company: Company, change: str, fields: tuple[str, ...] = ()
) -> None:
    event = CompanyChanged(
        actor=actor, company_id=company.id, change=change, name=company.name, fields=fields
    )
    await publish(session, event)
