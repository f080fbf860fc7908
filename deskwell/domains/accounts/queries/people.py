"""Reads of people, roles, companies, keys and notes, for administration."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import PERMISSIONS, default_permissions
from deskwell.core.db import one, rows
from deskwell.core.errors import NotFound
from deskwell.core.pages import Page

from ..models import ApiKey, Company, CustomRole
from ..schemas import PermissionRead, RoleRead, Roles

_PEOPLE = """
SELECT u.id, u.email, u.name, u.role, u.role_id, r.name AS role_name, u.team_ids, u.company_id, c.name AS company,
       u.is_active, u.created_at, u.last_seen_at, u.totp_enabled_at IS NOT NULL AS has_totp,
       u.password_hash IS NULL AND u.role <> 'customer' AS is_invited, u.custom_fields
FROM users u LEFT JOIN roles r ON r.id = u.role_id LEFT JOIN companies c ON c.id = u.company_id
"""


async def list_people(
    session: AsyncSession,
    page: Page,
    *,
    kind: str,
    search: str = "",
    role_id: UUID | None = None,
    team_id: UUID | None = None,
    company_id: UUID | None = None,
    is_active: bool | None = None,
) -> tuple[list[dict[str, Any]], int]:
    """One page of staff or customers by name, and how many there are."""
    where = [
        {"staff": "u.role <> 'customer'", "customer": "u.role = 'customer'"}.get(kind, "u.role = %(kind)s")
    ]
    if search.strip():
        where.append("(u.name ILIKE %(like)s OR u.email ILIKE %(like)s)")
    if role_id:
        where.append("u.role_id = %(role_id)s")
    if team_id:
        where.append("%(team_id)s = ANY(u.team_ids)")
    if company_id:
        where.append("u.company_id = %(company_id)s")
    if is_active is not None:
        where.append("u.is_active = %(is_active)s")
    params = {
        "kind": kind,
        "like": f"%{_escaped(search.strip())}%",
        "role_id": role_id,
        "team_id": team_id,
        "company_id": company_id,
        "is_active": is_active,
    }
    condition = " AND ".join(where)
    found = await rows(
        session,
        f'{_PEOPLE} WHERE {condition} ORDER BY lower(u.name) COLLATE "C", u.id LIMIT %(limit)s OFFSET %(offset)s',
        **params,
        limit=page.page_size,
        offset=page.offset,
    )
    counted = await one(
        session,
        f"SELECT count(*) AS n FROM (SELECT 1 FROM users u WHERE {condition} LIMIT 10001) AS few",
        **params,
    )
    return found, counted["n"] if counted else 0


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def get_person(session: AsyncSession, user_id: UUID) -> dict[str, Any]:
    """Return one person as administration sees them.

    Raises:
        NotFound: there is none with this id.

    """
    row = await one(session, f"{_PEOPLE} WHERE u.id = %(id)s", id=user_id)
    if row is None:
        raise NotFound("There is no such person.")
    return row


async def list_roles(session: AsyncSession) -> Sequence[CustomRole]:
    """Roles beside admin and agent: system ones first, then by name."""
    query = select(CustomRole).order_by(CustomRole.is_system.desc(), func.lower(CustomRole.name))
    return (await session.scalars(query)).all()


async def get_role(session: AsyncSession, role_id: UUID) -> CustomRole:
    """Return a role.

    Raises:
        NotFound: there is none with this id.

    """
    role = await session.get(CustomRole, role_id)
    if role is None:
        raise NotFound("This role does not exist. It may have been deleted.")
    return role


async def count_by_role(session: AsyncSession) -> dict[str, int]:
    """How many active people hold each role: `admin`, `agent`, or a role's id."""
    found = await rows(
        session,
        """SELECT CASE WHEN role = 'agent' AND role_id IS NOT NULL THEN role_id::text ELSE role END AS role,
                  count(*) AS n FROM users WHERE role <> 'customer' AND is_active GROUP BY 1""",
    )
    return {row["role"]: row["n"] for row in found}


async def list_companies(
    session: AsyncSession, page: Page, *, search: str = ""
) -> tuple[list[dict[str, Any]], int]:
    """One page of companies by name with their number of people, and how many there are."""
    like = f"%{_escaped(search.strip())}%"
    condition = "c.name ILIKE %(like)s OR EXISTS (SELECT 1 FROM unnest(c.domains) d WHERE d ILIKE %(like)s)"
    found = await rows(
        session,
        f"""SELECT c.id, c.name, c.domains, c.notes, c.custom_fields, c.created_at,
                   (SELECT count(*) FROM users u WHERE u.company_id = c.id) AS people
            FROM companies c WHERE {condition} ORDER BY lower(c.name) COLLATE "C", c.id
            LIMIT %(limit)s OFFSET %(offset)s""",
        like=like,
        limit=page.page_size,
        offset=page.offset,
    )
    counted = await one(session, f"SELECT count(*) AS n FROM companies c WHERE {condition}", like=like)
    return found, counted["n"] if counted else 0


async def get_company(session: AsyncSession, company_id: UUID) -> Company:
    """Return a company.

    Raises:
        NotFound: there is none with this id.

    """
    company = await session.get(Company, company_id)
    if company is None:
        raise NotFound("This company does not exist. It may have been deleted.")
    return company


async def count_people_of(session: AsyncSession, company_id: UUID) -> int:
    """How many people belong to a company."""
    row = await one(session, "SELECT count(*) AS n FROM users WHERE company_id = %(id)s", id=company_id)
    return row["n"] if row else 0


async def list_notes(
    session: AsyncSession, *, user_id: UUID | None = None, company_id: UUID | None = None
) -> list[dict[str, Any]]:
    """What staff noted about a customer or a company, newest first."""
    return await rows(
        session,
        """SELECT n.id, n.body, n.created_at, n.author_id, a.name AS author_name FROM person_notes n
           LEFT JOIN users a ON a.id = n.author_id
           WHERE n.user_id = %(user)s OR n.company_id = %(company)s ORDER BY n.id DESC LIMIT 200""",
        user=user_id,
        company=company_id,
    )


_KEYS = """
SELECT k.id, k.name, k.prefix, k.scopes, k.created_at, k.expires_at, k.last_used_at, k.revoked_at,
       k.user_id, u.name AS owner_name
FROM api_keys k JOIN users u ON u.id = k.user_id
"""


async def list_keys(session: AsyncSession) -> list[dict[str, Any]]:
    """All API keys, those that work first."""
    return await rows(session, f"{_KEYS} ORDER BY k.revoked_at IS NOT NULL, k.id DESC")


async def get_key(session: AsyncSession, key_id: UUID) -> ApiKey:
    """Return an API key.

    Raises:
        NotFound: there is none with this id.

    """
    key = await session.get(ApiKey, key_id)
    if key is None:
        raise NotFound("This key does not exist.")
    return key


async def role_matrix(session: AsyncSession) -> Roles:
    """Every role with its permissions, and every permission."""
    held = await count_by_role(session)
    every = sorted(PERMISSIONS)
    built_in = [
        RoleRead(
            key="admin",
            id=None,
            name="Admin",
            description="May do everything.",
            is_system=True,
            permissions=every,
            people=held.get("admin", 0),
        ),
        RoleRead(
            key="agent",
            id=None,
            name="Agent",
            description="Answers customers; changes no settings.",
            is_system=True,
            permissions=sorted(default_permissions()),
            people=held.get("agent", 0),
        ),
    ]
    own = [role_read(role, held.get(str(role.id), 0)) for role in await list_roles(session)]
    permissions = [
        PermissionRead(key=key, label=PERMISSIONS[key].label, group=key.partition(".")[0]) for key in every
    ]
    return Roles(roles=[*built_in, *own], permissions=permissions)


def role_read(role: CustomRole, people: int) -> RoleRead:
    """A role as the matrix shows it."""
    known = [key for key in role.permissions if key in PERMISSIONS]
    return RoleRead(
        key=str(role.id),
        id=role.id,
        name=role.name,
        description=role.description,
        is_system=role.is_system,
        permissions=known,
        people=people,
    )
