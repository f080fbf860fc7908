from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from deskwell.core.actor import Role


class Strict(BaseModel):
    """A body of a call that is ours to design: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class UserRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    email: str
    name: str
    role: Role
    created_at: datetime


class Me(UserRead):
    permissions: list[str]
    team_ids: list[UUID]
    locale: str | None = None
    timezone: str | None = None
    has_totp: bool = False
    is_confirmed: bool = Field(
        default=True,
        description="False until a customer has shown that their address is theirs. Until then they see what they wrote here and nothing that came by mail.",
    )
    shortcuts: dict[str, str] = Field(
        default={}, description="Keys of one's own by command; empty takes the key away."
    )


class AgentRead(UserRead):
    team_ids: list[UUID]
    last_seen_at: datetime | None = None


class Agents(BaseModel):
    agents: list[AgentRead]


class Register(BaseModel):
    email: str
    password: str
    name: str


class Login(BaseModel):
    email: str
    password: str
    code: str | None = None


class TokenRead(BaseModel):
    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the wire's word
    user: UserRead


class ResetRequest(Strict):
    email: str


class Reset(Strict):
    token: str
    password: str
    code: str | None = None


class TotpStarted(BaseModel):
    secret: str
    uri: str


class TotpCode(Strict):
    code: str


class TotpStop(Strict):
    password: str


class RecoveryCodes(BaseModel):
    recovery_codes: list[str]


class SetUp(Strict):
    token: str
    email: str
    name: str
    password: str


class SetUpToken(Strict):
    token: str


class SetUpState(BaseModel):
    needs_setup: bool


class InvitationRead(BaseModel):
    email: str
    name: str
    role: Role


class AcceptInvitation(Strict):
    token: str
    name: str
    password: str


class ChangePassword(Strict):
    current_password: str
    new_password: str


class ChangeMe(Strict):
    name: str | None = None
    email: str | None = None
    current_password: str | None = None
    locale: str | None = None
    timezone: str | None = None


Command = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.:/-]{0,79}$")]
Keys = Annotated[str, StringConstraints(pattern=r"^(\S{1,30}( \S{1,30})?)?$")]


class ChangeShortcuts(Strict):
    shortcuts: dict[Command, Keys] = Field(
        max_length=200, examples=[{"ticket.close": "shift+e", "list.next": "g j"}]
    )


class Invite(Strict):
    email: str
    name: str
    role: Literal["agent", "admin"] = "agent"
    role_id: UUID | None = None


class Invited(BaseModel):
    user: UserRead
    invitation_url: str


class SessionRead(BaseModel):
    id: UUID
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    is_current: bool


class Sessions(BaseModel):
    sessions: list[SessionRead]


class Done(BaseModel):
    success: bool = True
    message: str
