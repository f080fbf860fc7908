from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from deskwell.core.actor import Role
from deskwell.core.pages import Pagination

from .signing import Strict

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Domain = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[^\s@,;/]+\.[^\s@,;/.]{2,}$")
]


class PersonRead(BaseModel):
    """A person as administration sees them."""

    id: UUID
    email: str
    name: str
    role: Role
    role_id: UUID | None
    role_name: str | None
    team_ids: list[UUID]
    company_id: UUID | None
    company: str | None
    custom_fields: dict[str, Any]
    is_active: bool
    is_invited: bool
    has_totp: bool
    created_at: datetime
    last_seen_at: datetime | None


class People(BaseModel):
    users: list[PersonRead]
    pagination: Pagination


class PersonSaved(BaseModel):
    success: bool = True
    user: PersonRead


class RoleChange(Strict):
    role: Literal["agent", "admin"]
    role_id: UUID | None = Field(
        default=None, description="A role of one's own; null is the plain agent role."
    )


class PersonChange(Strict):
    name: str | None = None
    company_id: UUID | None = None


class NewLink(BaseModel):
    success: bool = True
    invitation_url: str


class PermissionRead(BaseModel):
    key: str
    label: str
    group: str


class RoleRead(BaseModel):
    """A role with all it may do. `key` is `admin`, `agent`, or the id of a role of one's own."""

    key: str
    id: UUID | None
    name: str
    description: str
    is_system: bool
    permissions: list[str]
    people: int


class Roles(BaseModel):
    roles: list[RoleRead]
    permissions: list[PermissionRead]


class RoleWrite(Strict):
    name: Name
    description: str = Field(default="", max_length=300)
    permissions: list[str] = Field(max_length=200)


class RoleSaved(BaseModel):
    success: bool = True
    role: RoleRead


class KeyWrite(Strict):
    name: Name
    scopes: list[str] = Field(min_length=1, max_length=200, description="Permissions the key may use.")
    expires_at: datetime | None = None


class KeyRead(BaseModel):
    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    user_id: UUID
    owner_name: str


class Keys(BaseModel):
    api_keys: list[KeyRead]


class KeyMade(BaseModel):
    """The one time the whole key is shown."""

    success: bool = True
    key: str
    api_key: KeyRead


class CompanyWrite(Strict):
    name: Name
    domains: list[Domain] = Field(default_factory=list, max_length=50)
    notes: str = Field(default="", max_length=5000)


class CompanyRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    domains: list[str]
    notes: str
    custom_fields: dict[str, Any]
    people: int
    created_at: datetime


class CompanySaved(BaseModel):
    success: bool = True
    company: CompanyRead


class Companies(BaseModel):
    companies: list[CompanyRead]
    pagination: Pagination


class NoteWrite(Strict):
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]


class NoteRead(BaseModel):
    id: UUID
    body: str
    author_id: UUID | None
    author_name: str | None
    created_at: datetime


class Notes(BaseModel):
    notes: list[NoteRead]


class AuditLine(BaseModel):
    id: int
    at: datetime
    kind: str
    text: str
    actor_kind: str
    actor_id: UUID | None
    actor_name: str | None
    through: str
    ticket_id: UUID | None
    data: dict[str, Any]


class Audit(BaseModel):
    events: list[AuditLine]
    kinds: list[str]
    pagination: Pagination
