"""Who acts, what they may do, and through what: passed first to every service, never a global."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from uuid import UUID

from .errors import Forbidden

PERMISSIONS: dict[str, "Permission"] = {}
"""Every permission there is, collected as the domains' `access` modules are imported."""


class Permission(str):
    """The key of something a role may do, such as `tickets.assign`; the label is what the matrix shows.

    `by_default` says whether the plain agent role holds it.
    """

    label: str
    by_default: bool

    def __new__(cls, key: str, label: str, *, by_default: bool = True) -> Self:
        self = super().__new__(cls, key)
        self.label = label
        self.by_default = by_default
        PERMISSIONS[key] = self
        return self


def default_permissions() -> frozenset[str]:
    """What an agent without a role of their own may do."""
    return frozenset(key for key, permission in PERMISSIONS.items() if permission.by_default)


class Kind(StrEnum):
    """What kind of hand did it."""

    CUSTOMER = "customer"
    STAFF = "staff"
    AI = "ai"
    RULE = "rule"
    SYSTEM = "system"


class Role(StrEnum):
    """The role on the wire. What an agent may do is the sum of the permissions of their own role."""

    CUSTOMER = "customer"
    AGENT = "agent"
    ADMIN = "admin"


class Through(StrEnum):
    """By which door a change came."""

    SCREEN = "screen"
    API_KEY = "api_key"
    EMAIL = "email"
    RULE = "rule"
    AI = "ai"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One hand at work. `causes` is the chain of rule ids that led here, so that rules cannot feed each other."""

    kind: Kind
    user_id: UUID | None = None
    name: str = ""
    email: str = ""
    role: Role | None = None
    permissions: frozenset[str] = frozenset()
    team_ids: tuple[UUID, ...] = ()
    through: Through = Through.SYSTEM
    session_id: UUID | None = None
    key_id: UUID | None = None
    is_confirmed: bool = True
    """False for a customer who has not shown yet that their address is theirs."""
    causes: tuple[str, ...] = field(default=())

    @property
    def is_customer(self) -> bool:
        return self.kind is Kind.CUSTOMER

    @property
    def is_staff(self) -> bool:
        return self.kind is Kind.STAFF

    @property
    def is_admin(self) -> bool:
        return self.is_staff and self.role is Role.ADMIN

    def can(self, permission: Permission | str) -> bool:
        """Whether this hand may do it. Admins and the desk itself may do all."""
        return self.is_admin or self.kind in {Kind.SYSTEM, Kind.RULE} or str(permission) in self.permissions

    def must(self, permission: Permission) -> None:
        """Refuse unless allowed.

        Raises:
            Forbidden: the role lacks the permission.

        """
        if not self.can(permission):
            raise Forbidden(
                f"Your role does not allow this: {permission.label.lower()}.", code="permission_missing"
            )


SYSTEM = Actor(Kind.SYSTEM, name="Deskwell")
AI = Actor(Kind.AI, name="AI assistant", through=Through.AI)
