from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from deskwell.core.pages import Pagination
from deskwell.core.text import OneLine
from deskwell.domains.tickets.schemas import StaffTicketRead, TicketRead

from .models import Sharing

Values = list[str]
Order = Literal["asc", "desc"]


class Filters(BaseModel):
    """What a list shows: of each field one of the values; fields together. Kept in URLs and saved views."""

    model_config = ConfigDict(extra="ignore")

    search: str | None = Field(None, max_length=1000)
    status: Values = []
    context: Values = []
    assigned_to: Values = []
    priority: Values = []
    source: Values = []
    tag: Values = []
    category: Values = []
    team: Values = []
    sla_state: Values = []
    waiting_for: Values = []
    customer: Values = []
    is_: Values = Field([], alias="is")
    has: Values = []
    field: Values = []
    """Custom fields as `key=value`."""
    date_from: str | None = None
    date_to: str | None = None
    tz: str = "UTC"
    sort: str | None = None
    order: Order | None = None

    @field_validator("search", mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        return value.replace("\0", " ") if isinstance(value, str) else value


class ListQuery(BaseModel):
    """The query of a list as it stands in the address."""

    search: str | None = Field(None, description="Words and operators; see `/inbox/operators`.")
    status: Values | None = None
    context: Values | None = None
    assigned_to: Values | None = None
    priority: Values | None = None
    source: Values | None = None
    tag: Values | None = None
    category: Values | None = None
    team: Values | None = None
    sla_state: Values | None = None
    waiting_for: Values | None = None
    customer: Values | None = None
    is_: Values | None = Field(None, alias="is")
    has: Values | None = None
    field: Values | None = Field(None, description="A custom field: `key=value`.")
    date_from: str | None = Field(None, description="YYYY-MM-DD or ISO, inclusive.")
    date_to: str | None = Field(None, description="YYYY-MM-DD or ISO, inclusive.")
    tz: str = "UTC"
    sort: str | None = None
    order: str | None = None
    page: int = Field(1, description="From 1.")
    page_size: int = Field(10, description="1 to 100.")
    cursor: str | None = Field(None, description="`next_cursor` of the page before; for deep lists.")


class Piece(BaseModel):
    """A stretch of text, and whether the search hit it."""

    text: str
    hit: bool


class Hit(BaseModel):
    """Where a search found a ticket."""

    subject: list[Piece]
    snippet: list[Piece] | None = None
    why: str | None = None
    """`customer`, `code` or `number` when not the words but these matched."""


class CustomerListed(TicketRead):
    """A ticket in a customer's list."""

    match: Hit | None = None


class Listed(StaffTicketRead):
    """A ticket in a list of staff."""

    match: Hit | None = None
    preview: str | None = None
    """How the newest public message begins."""
    preview_by: str | None = None
    attachment_count: int = 0


class TicketList(BaseModel):
    tickets: list[Listed]
    pagination: Pagination
    hints: list[str] = []
    """What in the search was not understood."""


class TicketIds(BaseModel):
    ticket_ids: list[UUID]
    is_capped: bool = Field(description="There are more than these.")


class CustomerTicketList(BaseModel):
    tickets: list[CustomerListed]
    pagination: Pagination
    hints: list[str] = []


class ViewWrite(BaseModel):
    """A view as its owner wants it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[OneLine, Field(min_length=1, max_length=80)]
    icon: Annotated[OneLine, Field(max_length=40)] = ""
    sharing: Sharing = Sharing.PERSONAL
    team_id: UUID | None = None
    filters: Filters = Filters()
    position: int = Field(0, ge=-10_000, le=10_000)


class ViewRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: str
    """A UUID, or the name of a built-in view."""
    name: str
    icon: str = ""
    sharing: Sharing = Sharing.EVERYONE
    team_id: UUID | None = None
    owner_id: UUID | None = None
    filters: dict[str, Any]
    position: int = 0
    is_built_in: bool = False
    may_edit: bool = False
    updated_at: datetime | None = None


class Views(BaseModel):
    views: list[ViewRead]


class ViewSaved(BaseModel):
    success: bool = True
    view: ViewRead


class Done(BaseModel):
    success: bool = True
    message: str


class Counts(BaseModel):
    """How many tickets each view shows; at most the cap, which then means "or more"."""

    counts: dict[str, int]
    cap: int


class Operator(BaseModel):
    name: str
    example: str
    explanation: str


class Operators(BaseModel):
    operators: list[Operator]
