from typing import Any

from sqlalchemy import Text, text
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
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
