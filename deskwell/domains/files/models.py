from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base, Record


class File(Record, Base):
    """Bytes in the storage. Whoever claims it owns it; one that nobody claimed within a day is swept."""

    __tablename__ = "files"

    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    mime_type: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    storage_key: Mapped[str] = mapped_column(Text, unique=True)
    uploaded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    claimed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("files_unclaimed_idx", "created_at", postgresql_where=text("claimed_at IS NULL")),
        Index("files_uploaded_by_id_idx", "uploaded_by_id"),
    )
