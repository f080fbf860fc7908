from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base


class OnboardingStep(Base):
    """A step of the set-up list that the owner put aside; `everything` for the whole list."""

    __tablename__ = "onboarding_steps"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    skipped_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    skipped_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
