from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from deskwell.core import limits
from deskwell.core.actor import Actor, Role
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session
from deskwell.core.errors import NotFound, Unauthorized
from deskwell.core.http import client_address
from deskwell.core.security import digest

from .. import queries, schemas, service
from ..access import Anyone, MaybeSignedIn, SignedIn, Staff, cookie_name
from ..errors import WrongCredentials
from ..models import TokenKind, User

router = APIRouter(tags=["Accounts"])
SENT = "If there is an account with this address, a mail with a link is on its way."


@router.post("/auth/register")
async def register(
    data: schemas.Register, request: Request, response: Response, context: Ctx, _: Anyone
) -> schemas.TokenRead:
    await limits.hit(context, "register", client_address(request))
    async with context.transaction() as session:
        user = await service.register(
            session, context.settings, email=data.email, password=data.password, name=data.name
        )
        await service.request_confirmation(session, user)
    return await _start_session(context, request, response, user)


@router.post("/auth/login")
async def login(
    data: schemas.Login, request: Request, response: Response, context: Ctx, _: Anyone
) -> schemas.TokenRead:
    address, account = client_address(request), data.email.strip().lower()[:254]
    await limits.hit(context, "sign_in_address", address)
    await limits.hit(context, "sign_in", f"{account}:{address}")
    try:
        async with context.transaction() as session:
            user = await service.authenticate(
                session, context.settings, email=data.email, password=data.password
            )
    except WrongCredentials:
        async with context.transaction() as session:
            await service.note_refused_sign_in(session, data.email)
        raise
    if user.totp_enabled_at:
        await _pass_second_factor(context, user, data.code)
    await limits.forget(context, "sign_in", f"{account}:{address}")
    return await _start_session(context, request, response, user)


async def _pass_second_factor(context: Context, user: User, code: str | None) -> None:
    """Ask for the code; tries are counted per account, from wherever they come."""
    if code:
        await limits.hit(context, "second_factor", str(user.id))
    async with context.transaction() as session:
        known = await queries.get_user(session, user.id, lock=True)  # two at once cannot use one code
        service.check_second_factor(context.settings, known, code)
    await limits.forget(context, "second_factor", str(user.id))


async def _start_session(
    context: Context, request: Request, response: Response, user: User
) -> schemas.TokenRead:
    device = service.Device(client_address(request), request.headers.get("user-agent", ""))
    async with context.transaction() as session:
        known = await queries.get_user(session, user.id)
        token, _ = await service.sign_in(session, context.settings, known, device)
        answer = schemas.TokenRead(access_token=token, user=schemas.UserRead.model_validate(known))
    response.set_cookie(
        cookie_name(context.settings),
        token,
        max_age=context.settings.token_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=context.settings.is_https,
        path="/",
    )
    response.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/auth/me")
async def me(actor: SignedIn, session: Session) -> schemas.Me:
    assert actor.user_id is not None
    return _me(await queries.get_user(session, actor.user_id), actor)


def _me(user: User, actor: Actor) -> schemas.Me:
    return schemas.Me(
        id=user.id,
        email=user.email,
        name=user.name,
        role=user.role,
        created_at=user.created_at,
        permissions=sorted(actor.permissions),
        team_ids=list(actor.team_ids),
        locale=user.locale,
        timezone=user.timezone,
        has_totp=user.totp_enabled_at is not None,
        is_confirmed=actor.is_confirmed,
        shortcuts=user.preferences.get("shortcuts", {}),
    )


@router.patch("/auth/me")
async def change_me(data: schemas.ChangeMe, actor: SignedIn, context: Ctx, session: Session) -> schemas.Me:
    user, _ = await service.change_me(session, context.settings, actor, **data.model_dump())
    return _me(user, actor)


@router.put("/auth/me/shortcuts")
async def change_shortcuts(data: schemas.ChangeShortcuts, actor: SignedIn, session: Session) -> schemas.Me:
    """Keep keyboard shortcuts of one's own; what is left out goes back to the usual key."""
    return _me(await service.change_shortcuts(session, actor, data.shortcuts), actor)


@router.post("/auth/confirm-email")
async def confirm_email(data: schemas.SetUpToken, session: Session, _: Anyone) -> schemas.Done:
    await service.confirm_email(session, data.token)
    return schemas.Done(message="Your new e-mail address is confirmed.")


@router.post("/auth/confirm-account")
async def confirm_account(data: schemas.SetUpToken, session: Session, _: Anyone) -> schemas.Done:
    """Confirm the address an account was registered with, by the link mailed to it."""
    await service.confirm_account(session, data.token)
    return schemas.Done(message="Your e-mail address is confirmed.")


@router.post("/auth/send-confirmation")
async def send_confirmation(actor: SignedIn, context: Ctx) -> schemas.Done:
    """Mail the link that confirms one's address once more."""
    assert actor.user_id is not None
    await limits.hit(context, "reset", actor.email)
    async with context.transaction() as session:
        await service.request_confirmation(session, await queries.get_user(session, actor.user_id))
    return schemas.Done(message=f"A mail with a link is on its way to {actor.email}.")


@router.post("/auth/admin/register")
async def register_admin(
    data: schemas.Register,
    request: Request,
    response: Response,
    context: Ctx,
    actor: MaybeSignedIn,
    bootstrap_key: Annotated[str | None, Query()] = None,
) -> schemas.TokenRead:
    await limits.hit(context, "register", client_address(request))
    person = {"email": data.email, "password": data.password, "name": data.name}
    async with context.transaction() as session:
        if actor and actor.is_admin:
            user = await service.register(session, context.settings, **person, role=Role.ADMIN)
        else:
            given = bootstrap_key or request.headers.get("x-bootstrap-key") or ""
            made = await _register_by_key(context, session, person, given)
            if made is None:
                raise Unauthorized("Only an admin may register another admin.", code="admin_required")
            user = made
    if actor and actor.is_admin:  # the admin stays signed in as themselves
        async with context.transaction() as session:
            known = await queries.get_user(session, user.id)
            device = service.Device(client_address(request))
            token, _ = await service.sign_in(session, context.settings, known, device)
            return schemas.TokenRead(access_token=token, user=schemas.UserRead.model_validate(known))
    return await _start_session(context, request, response, user)


async def _register_by_key(
    context: Context, session: Session, person: dict[str, str], given: str
) -> User | None:
    if not service.is_bootstrap_key(context.settings, given):
        return None
    return await service.register_first_admin(session, context.settings, **person)


@router.post("/auth/totp/start")
async def start_totp(actor: Staff, context: Ctx, session: Session) -> schemas.TotpStarted:
    """Begin to set up a second factor: the secret for the authenticator app, shown this once."""
    assert actor.user_id is not None
    user = await queries.get_user(session, actor.user_id)
    secret, uri = await service.start_second_factor(session, context.settings, user)
    return schemas.TotpStarted(secret=secret, uri=uri)


@router.post("/auth/totp/confirm")
async def confirm_totp(
    data: schemas.TotpCode, actor: Staff, context: Ctx, session: Session
) -> schemas.RecoveryCodes:
    """Turn the second factor on with a first code; the recovery codes are shown this once."""
    assert actor.user_id is not None
    await limits.hit(context, "sign_in", f"totp:{actor.user_id}")
    user = await queries.get_user(session, actor.user_id)
    codes = await service.confirm_second_factor(session, context.settings, actor, user, data.code)
    return schemas.RecoveryCodes(recovery_codes=codes)


@router.post("/auth/totp/stop")
async def stop_totp(data: schemas.TotpStop, actor: Staff, context: Ctx, session: Session) -> schemas.Done:
    assert actor.user_id is not None
    await limits.hit(context, "sign_in", f"totp:{actor.user_id}")
    user = await queries.get_user(session, actor.user_id)
    await service.stop_second_factor(session, context.settings, actor, user, data.password)
    return schemas.Done(message="The second factor is off.")


@router.post("/auth/logout")
async def logout(actor: SignedIn, context: Ctx, session: Session, response: Response) -> schemas.Done:
    assert actor.user_id is not None
    if actor.session_id:
        await service.end_sessions(session, actor, actor.user_id, reason="signed_out", only=actor.session_id)
    response.delete_cookie(
        cookie_name(context.settings), path="/", secure=context.settings.is_https, httponly=True
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return schemas.Done(message="You are signed out.")


@router.post("/auth/logout-all")
async def logout_all(actor: SignedIn, context: Ctx, session: Session, response: Response) -> schemas.Done:
    assert actor.user_id is not None
    await service.end_sessions(session, actor, actor.user_id, reason="signed_out_everywhere")
    response.delete_cookie(
        cookie_name(context.settings), path="/", secure=context.settings.is_https, httponly=True
    )
    return schemas.Done(message="You are signed out on all devices.")


@router.get("/auth/sessions")
async def list_sessions(actor: SignedIn, session: Session) -> schemas.Sessions:
    assert actor.user_id is not None
    found = await queries.list_sessions(session, actor.user_id)
    return schemas.Sessions(
        sessions=[
            schemas.SessionRead(
                id=row.id,
                created_at=row.created_at,
                last_seen_at=row.last_seen_at,
                expires_at=row.expires_at,
                address=row.address,
                user_agent=row.user_agent,
                is_current=row.id == actor.session_id,
            )
            for row in found
        ]
    )


@router.delete("/auth/sessions/{session_id}")
async def end_session(session_id: UUID, actor: SignedIn, session: Session) -> schemas.Done:
    assert actor.user_id is not None
    ended = await service.end_sessions(session, actor, actor.user_id, reason="signed_out", only=session_id)
    if not ended:
        raise NotFound("There is no such session.")
    return schemas.Done(message="That device is signed out.")


@router.post("/auth/password")
async def change_password(
    data: schemas.ChangePassword, actor: SignedIn, context: Ctx, session: Session
) -> schemas.Done:
    await service.change_password(session, context.settings, actor, **data.model_dump())
    return schemas.Done(message="Your password is changed; your other devices are signed out.")


@router.post("/auth/reset-request")
async def request_reset(
    data: schemas.ResetRequest, request: Request, context: Ctx, _: Anyone
) -> schemas.Done:
    await limits.hit(context, "reset_address", client_address(request))
    await limits.hit(context, "reset", data.email.strip().lower()[:254])
    async with context.transaction() as session:
        await service.request_reset(session, data.email)
    return schemas.Done(message=SENT)


@router.post("/auth/reset")
async def reset(
    data: schemas.Reset, request: Request, response: Response, context: Ctx, _: Anyone
) -> schemas.TokenRead:
    await limits.hit(context, "reset_address", client_address(request))
    if data.code:
        await limits.hit(context, "second_factor", digest(data.token))
    async with context.transaction() as session:
        user = await service.reset_password(
            session, context.settings, token=data.token, password=data.password
        )
        service.check_second_factor(context.settings, user, data.code)
    return await _start_session(context, request, response, user)


@router.get("/auth/setup")
async def setup_state(session: Session, _: Anyone) -> schemas.SetUpState:
    """Whether this desk still waits for its first admin."""
    return schemas.SetUpState(needs_setup=not await queries.has_users(session))


@router.post("/auth/setup")
async def set_up(
    data: schemas.SetUp, request: Request, response: Response, context: Ctx, _: Anyone
) -> schemas.TokenRead:
    async with context.transaction() as session:
        user = await service.set_up(session, context.settings, **data.model_dump())
    return await _start_session(context, request, response, user)


@router.get("/auth/invitation")
async def read_invitation(
    token: Annotated[str, Query(max_length=200)], session: Session, _: Anyone
) -> schemas.InvitationRead:
    link = await queries.get_token(session, token, TokenKind.INVITATION)
    assert link.user_id is not None
    user = await queries.get_user(session, link.user_id)
    return schemas.InvitationRead(email=user.email, name=user.name, role=user.role)


@router.post("/auth/invitation")
async def accept_invitation(
    data: schemas.AcceptInvitation, request: Request, response: Response, context: Ctx, _: Anyone
) -> schemas.TokenRead:
    async with context.transaction() as session:
        user = await service.accept_invitation(session, context.settings, **data.model_dump())
    return await _start_session(context, request, response, user)


@router.get("/agents")
async def list_agents(session: Session, _: Staff) -> schemas.Agents:
    """Everybody a ticket can be assigned to."""
    found = await queries.list_staff(session)
    return schemas.Agents(agents=[schemas.AgentRead.model_validate(user) for user in found])
