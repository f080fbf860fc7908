from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, LargeBinary, SmallInteger, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from deskwell.core.db import Base


class ReportTicket(Base):
    """What one ticket adds to the reports at present, so that it can be taken out again."""

    __tablename__ = "report_tickets"

    ticket_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, index=True)
    entries: Mapped[bytes] = mapped_column(LargeBinary)
    tags: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default=text("'{}'"))


class ReportColumn(Base):
    """All entries of one measure and UTC day, for all tickets (tag 0) or those with a tag, in packed columns."""

    __tablename__ = "report_columns"

    measure: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    tag: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    counts: Mapped[bytes] = mapped_column(LargeBinary)
    vals: Mapped[bytes | None] = mapped_column(LargeBinary)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
    contexts: Mapped[bytes] = mapped_column(LargeBinary)
    teams: Mapped[bytes] = mapped_column(LargeBinary)
    agents: Mapped[bytes] = mapped_column(LargeBinary)


class ReportMonth(Base):
    """All entries of one measure and UTC month, of all tickets or of those with one code, their values in order."""

    __tablename__ = "report_months"

    measure: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    scope: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    code: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    vals: Mapped[bytes | None] = mapped_column(LargeBinary)
    marks: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Every 128th of the values, and the last."""
    contexts: Mapped[bytes] = mapped_column(LargeBinary)
    teams: Mapped[bytes] = mapped_column(LargeBinary)
    agents: Mapped[bytes] = mapped_column(LargeBinary)


class ReportRolled(Base):
    """A measure and month whose roll-up stands; the row goes when any of its days changes."""

    __tablename__ = "report_rolled"

    measure: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)


class ReportCode(Base):
    """The small number that stands for a context, team, agent or tag in the columns."""

    __tablename__ = "report_codes"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    ref: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[int]


class ReportState(Base):
    """How far the log has been followed, and the desk's time zone."""

    __tablename__ = "report_state"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    horizon: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    followed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    timezone: Mapped[str] = mapped_column(Text, server_default="UTC")

    __table_args__ = (CheckConstraint("id = 1", name="single"),)


class TicketCount(Base):
    """Tickets outside the trash, by team (all zeros for none): the sum of the deltas folded so far."""

    __tablename__ = "ticket_counts"

    team: Mapped[UUID] = mapped_column(primary_key=True)
    total: Mapped[int] = mapped_column(BigInteger)
    open: Mapped[int] = mapped_column(BigInteger)
    """All that are not closed."""
    assigned: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """Those of them whose status is human_assigned; folded by a trigger on the deltas."""


class TicketCountDelta(Base):
    """A change of the counts, appended by a trigger in the transaction that makes it."""

    __tablename__ = "ticket_count_deltas"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    team: Mapped[UUID]
    total: Mapped[int]
    open: Mapped[int]
    assigned: Mapped[int] = mapped_column(server_default=text("0"))
