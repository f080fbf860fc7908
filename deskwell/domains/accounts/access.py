"""Who is calling: token, API key or cookie → actor. Each route names one of these; a test walks all routes."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from deskwell.core import limits
from deskwell.core.actor import Actor, Kind, Permission, Role, Through, default_permissions
from deskwell.core.context import Context, get_context
from deskwell.core.errors import Forbidden, Unauthorized
from deskwell.core.security import read_token
from deskwell.core.settings import Settings

from . import queries, service

COOKIE = "deskwell_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
KEY_PREFIX = "dw_"

USERS_MANAGE = Permission("users.manage", "Manage people, roles and keys", by_default=False)
SETTINGS_MANAGE = Permission("settings.manage", "Change the desk's settings", by_default=False)
AUDIT_READ = Permission("audit.read", "Read the audit log", by_default=False)
CUSTOMERS_READ = Permission("customers.read", "See customers and companies")
CUSTOMERS_MANAGE = Permission("customers.manage", "Change customers and companies, and note about them")

F = TypeVar("F", bound=Callable[..., Any])


def states_permission(function: F) -> F:
    """Mark a dependency as one that says who may call a route."""
    function.states_permission = True  # type: ignore[attr-defined]
    return function


def cookie_name(settings: Settings) -> str:
    return f"__Host-{COOKIE}" if settings.is_https else COOKIE


@states_permission
async def anyone() -> None:
    """Open to the public."""


async def find_actor(request: Request) -> Actor | None:
    """Resolve the caller once a request; None for a stranger."""
    if not hasattr(request.state, "actor"):
        request.state.actor = await _resolve(request, get_context(request))
    actor: Actor | None = request.state.actor
    return actor


async def _resolve(request: Request, context: Context) -> Actor | None:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    bearer = bearer.strip() if scheme.lower() == "bearer" else ""
    if bearer.startswith(KEY_PREFIX):
        row = await queries.look_up_key(context.database, bearer)
        if row is not None:
            await limits.hit(context, "api_key", str(row["key_id"]))
        return await _actor(context, row, Through.API_KEY)
    token = bearer or _cookie_token(request, context.settings)
    session_id = read_token(context.settings, token) if token else None
    if session_id is None:
        return None
    return await _actor(context, await queries.look_up_session(context.database, session_id), Through.SCREEN)


async def renewed(context: Context, actor: Actor) -> Actor | None:
    """The same caller as their role and teams are now; None when the sign-in is over, and for keys."""
    if actor.session_id is None:
        return None
    return await _actor(
        context, await queries.look_up_session(context.database, actor.session_id), actor.through
    )


def _cookie_token(request: Request, settings: Settings) -> str:
    """Return the cookie's token; a change asked for by another site's page counts as nobody's."""
    if request.method in SAFE_METHODS or _is_same_site(request, settings):
        return request.cookies.get(cookie_name(settings), "")
    return ""


def _is_same_site(request: Request, settings: Settings) -> bool:
    """A change by cookie must come from our pages or a listed origin; without either header it is not believed."""
    if request.headers.get("sec-fetch-site") == "same-origin":
        return True
    origin = request.headers.get("origin", "")
    own = {settings.public_url, f"{request.url.scheme}://{request.headers.get('host', '')}"}
    return "://" in origin and (origin in own or origin in settings.cors_origins)


async def _actor(context: Context, row: dict[str, Any] | None, through: Through) -> Actor | None:
    if row is None:
        return None
    if row["is_stale"]:
        async with context.transaction() as session:
            await service.touch_session(session, row["session_id"], row["key_id"])
    role = Role(row["role"])
    if role is Role.CUSTOMER:
        permissions: frozenset[str] = frozenset()
    else:
        permissions = frozenset(row["permissions"] or ()) if row["has_own_role"] else default_permissions()
    if row["scopes"]:
        allowed = frozenset(row["scopes"])
        permissions = allowed if role is Role.ADMIN else permissions & allowed
    return Actor(
        Kind.CUSTOMER if role is Role.CUSTOMER else Kind.STAFF,
        user_id=row["user_id"],
        name=row["name"],
        email=row["email"],
        role=Role.AGENT if row["scopes"] and role is Role.ADMIN else role,
        permissions=permissions,
        team_ids=tuple(row["team_ids"]),
        through=through,
        session_id=row["session_id"],
        key_id=row["key_id"],
        is_confirmed=role is not Role.CUSTOMER or row["is_confirmed"],
    )


@states_permission
async def signed_in(request: Request) -> Actor:
    actor = await find_actor(request)
    if actor is None:
        raise Unauthorized
    return actor


@states_permission
async def maybe_signed_in(request: Request) -> Actor | None:
    """Open to the public; who is signed in sees more."""
    return await find_actor(request)


@states_permission
async def customer(request: Request) -> Actor:
    actor = await signed_in(request)
    if not actor.is_customer:
        raise Forbidden("This is for customers. Please use the agents' screens.", code="customers_only")
    return actor


@states_permission
async def staff(request: Request) -> Actor:
    actor = await signed_in(request)
    if not actor.is_staff:
        raise Forbidden("This is for staff.", code="staff_only")
    return actor


@states_permission
async def admin(request: Request) -> Actor:
    actor = await staff(request)
    if not actor.is_admin:
        raise Forbidden("This is for admins.", code="admins_only")
    return actor


async def counted_export(request: Request) -> None:
    """Count a file of many lines, so that nobody drains the desk by asking again and again."""
    actor = await signed_in(request)
    await limits.hit(get_context(request), "export", str(actor.user_id))


def requires(permission: Permission) -> Callable[[Request], Awaitable[Actor]]:
    """Return a dependency: staff whose role holds the permission."""

    @states_permission
    async def permitted(request: Request) -> Actor:
        actor = await staff(request)
        actor.must(permission)
        return actor

    permitted.permission = permission  # type: ignore[attr-defined]
    return permitted


SignedIn = Annotated[Actor, Depends(signed_in)]
MaybeSignedIn = Annotated[Actor | None, Depends(maybe_signed_in)]
Customer = Annotated[Actor, Depends(customer)]
Staff = Annotated[Actor, Depends(staff)]
Admin = Annotated[Actor, Depends(admin)]
Anyone = Annotated[None, Depends(anyone)]
COUNTED_EXPORT = Depends(counted_export)
