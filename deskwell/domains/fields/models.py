from sqlalchemy import Index, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class Tag(Record, Base):
    """A word on tickets."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(Text)
    color: Mapped[str] = mapped_column(Text, server_default="#64748b")
    description: Mapped[str] = mapped_column(Text, server_default="")

    __table_args__ = (Index("tags_name_key", func.lower(name), unique=True),)


class Category(Record, Base):
    """What a ticket is about: one per ticket."""

    __tablename__ = "categories"

    name: Mapped[str] = mapped_column(Text)
    color: Mapped[str] = mapped_column(Text, server_default="#64748b")
    description: Mapped[str] = mapped_column(Text, server_default="")

    __table_args__ = (Index("categories_name_key", func.lower(name), unique=True),)
