from dataclasses import dataclass, field
from uuid import UUID

from deskwell.core.events import PERSONAL, Event
from deskwell.core.jobs import JobRequest


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event):
    kind = "user.registered"
    user_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class UserInvited(Event):
    kind = "user.invited"
    user_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class UserSignedIn(Event):
    kind = "user.signed_in"
    user_id: UUID
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInRefused(Event):
    kind = "user.sign_in_refused"
    user_id: UUID | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    kind = "user.sessions_ended"
    user_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    kind = "user.password_changed"
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class EmailConfirmed(Event):
    kind = "user.email_confirmed"
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class UserChanged(Event):
    """Somebody's name, address, role or state changed; what it was before is personal."""

    kind = "user.changed"
    user_id: UUID
    fields: tuple[str, ...]
    before: dict[str, object] = field(default_factory=dict, metadata=PERSONAL)
    after: dict[str, object] = field(default_factory=dict, metadata=PERSONAL)


@dataclass(frozen=True)
class SendResetMail(JobRequest):
    """Mail a link to set a new password; the token is made when it is sent."""

    user_id: UUID
    queue = "mail"


@dataclass(frozen=True)
class SendInvitationMail(JobRequest):
    """Mail a link to join the desk."""

    user_id: UUID
    queue = "mail"


@dataclass(frozen=True)
class SendEmailChangeMail(JobRequest):
    """Mail a link to the new address that confirms it."""

    user_id: UUID
    new_email: str
    queue = "mail"


@dataclass(frozen=True)
class SendConfirmationMail(JobRequest):
    """Mail a link by which somebody who registered shows that the address is theirs."""

    user_id: UUID
    queue = "mail"


@dataclass(frozen=True)
class TellOldAddress(JobRequest):
    """Tell the address that was left that it no longer signs in."""

    user_id: UUID
    old_email: str
    queue = "mail"


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    """A role was created, changed or deleted: which permissions it gave and took."""

    kind = "role.changed"
    role_id: UUID
    change: str
    name: str
    given: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApiKeyMade(Event):
    kind = "api_key.made"
    key_id: UUID
    name: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    kind = "api_key.revoked"
    key_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class CompanyChanged(Event):
    kind = "company.changed"
    company_id: UUID
    change: str
    name: str
    fields: tuple[str, ...] = ()
