from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class Tag(Record, Base):
    """A word put on tickets; names differ by more than case."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(Text)
    color: Mapped[str] = mapped_column(Text, server_default="#64748b")
    description: Mapped[str] = mapped_column(Text, server_default="")

    __table_args__ = (Index("tags_name_key", func.lower(name), unique=True),)


class Category(Record, Base):
    """What a ticket is about; a ticket has at most one."""

    __tablename__ = "categories"

    name: Mapped[str] = mapped_column(Text)
    color: Mapped[str] = mapped_column(Text, server_default="#64748b")
    description: Mapped[str] = mapped_column(Text, server_default="")

    __table_args__ = (Index("categories_name_key", func.lower(name), unique=True),)


class CustomField(Record, Base):
    """A field of the owner's own, on tickets, customers or companies. Archived ones keep their values."""

    __tablename__ = "custom_fields"

    subject: Mapped[str] = mapped_column(Text, server_default="ticket")
    key: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    help: Mapped[str] = mapped_column(Text, server_default="")
    kind: Mapped[str] = mapped_column(Text)
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    limits: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    required: Mapped[str] = mapped_column(Text, server_default="never")
    shown_when: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    context_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    customer_access: Mapped[str] = mapped_column(Text, server_default="hidden")
    position: Mapped[int] = mapped_column(server_default=text("0"))
    archived_at: Mapped[datetime | None]

    __table_args__ = (Index("custom_fields_subject_key_key", "subject", "key", unique=True),)
