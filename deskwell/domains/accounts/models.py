from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.actor import Role
from deskwell.core.db import Base, Record, text_enum


class CustomRole(Record, Base):
    """A named set of permissions for agents; an agent without one has the default set."""

    __tablename__ = "roles"

    name: Mapped[str] = mapped_column(Text, unique=True)
    description: Mapped[str] = mapped_column(Text, server_default="")
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    is_system: Mapped[bool] = mapped_column(server_default=text("false"))


class User(Record, Base):
    """A person: a customer who writes in, or staff. Without a password they have not been here yet."""

    __tablename__ = "users"

    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text, server_default="")
    role: Mapped[Role] = mapped_column(text_enum(Role), default=Role.CUSTOMER)
    role_id: Mapped[UUID | None] = mapped_column(ForeignKey("roles.id", ondelete="SET NULL"), index=True)
    team_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    """Kept by the teams domain, so that the session check is one statement."""
    password_hash: Mapped[str | None] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    locale: Mapped[str | None] = mapped_column(Text)
    timezone: Mapped[str | None] = mapped_column(Text)
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_enabled_at: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """The newest step whose code was used: each works once."""
    recovery_digests: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    company_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("companies.id", ondelete="SET NULL"), index=True
    )
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    preferences: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    email_verified_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]

    __table_args__ = (
        Index("users_staff_idx", "role", postgresql_where=text("role <> 'customer'")),
        Index("users_name_trgm_idx", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
        Index(
            "users_email_trgm_idx", "email", postgresql_using="gin", postgresql_ops={"email": "gin_trgm_ops"}
        ),
    )


class SignInSession(Record, Base):
    """One sign-in on one device. The token names it; ending the row ends the token."""

    __tablename__ = "sessions"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    address: Mapped[str] = mapped_column(Text, server_default="")
    user_agent: Mapped[str] = mapped_column(Text, server_default="")


class TokenKind(StrEnum):
    """What a one-time link is for."""

    RESET = "reset"
    INVITATION = "invitation"
    SETUP = "setup"
    EMAIL_CHANGE = "email_change"
    CONFIRMATION = "confirmation"


class OneTimeToken(Record, Base):
    """A link that works once. Only the digest of its secret is kept."""

    __tablename__ = "one_time_tokens"

    kind: Mapped[TokenKind] = mapped_column(text_enum(TokenKind))
    digest: Mapped[str] = mapped_column(Text, unique=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiKey(Record, Base):
    """A program's key: acts for the person who made it, within its scopes."""

    __tablename__ = "api_keys"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Company(Record, Base):
    """Customers who belong together; new ones join by the domain of their address."""

    __tablename__ = "companies"

    name: Mapped[str] = mapped_column(Text)
    domains: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    notes: Mapped[str] = mapped_column(Text, server_default="")
    custom_fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))

    __table_args__ = (
        Index("companies_name_key", func.lower(name), unique=True),
        Index("companies_domains_idx", "domains", postgresql_using="gin"),
    )


class PersonNote(Record, Base):
    """What staff noted about a customer or a company; no customer ever sees it."""

    __tablename__ = "person_notes"

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    company_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
