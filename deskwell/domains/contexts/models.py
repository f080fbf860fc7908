from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class Context(Record, Base):
    """A configured brand. Tickets may name one that nobody configured; it then uses the defaults."""

    __tablename__ = "contexts"

    key: Mapped[str] = mapped_column(Text, unique=True)
    """The name in lower case, as tickets are matched to it."""
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    color: Mapped[str] = mapped_column(Text, server_default="#6366f1")
    tone: Mapped[str] = mapped_column(Text, server_default="friendly")
    contacts: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    """Addresses and numbers of its own that the AI may name."""
    ai_enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    tagline: Mapped[str] = mapped_column(Text, server_default="")
    """One line under the name in the help center."""
    logo_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"))
    email_account_id: Mapped[UUID | None] = mapped_column(
        # Accounts name contexts too: which one the mail that comes in belongs to.
        ForeignKey("email_accounts.id", ondelete="SET NULL", use_alter=True)
    )
    """Its mail leaves by this account; what comes to it belongs here unless the account says otherwise."""
    calendar_id: Mapped[UUID | None] = mapped_column(ForeignKey("sla_calendars.id"))
    """Service levels that count business hours count by this one."""
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
