"""Lists, search, views and figures."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from deskwell.core.actor import Actor
from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.core.limits import hit
from deskwell.core.pages import Page, PageParams, Pagination
from deskwell.domains.accounts.access import Customer, SignedIn, Staff

from . import queries, schemas, service
from .logic.syntax import Condition
from .queries.counting import VIEW_CAP
from .queries.listing import listing
from .queries.views import filters_by_view, read_view

router = APIRouter(tags=["Lists and search"])
Texts = Annotated[list[str] | None, Query()]
CHOICES = ("status", "priority", "source", "sla_state", "waiting_for", "assigned_to", "is", "has")


async def _filters(  # a plain function would run in a thread
    search: Annotated[str | None, Query(description="Words and operators; see `/inbox/operators`.")] = None,
    status: Texts = None,
    context: Texts = None,
    assigned_to: Texts = None,
    priority: Texts = None,
    source: Texts = None,
    tag: Texts = None,
    category: Texts = None,
    team: Texts = None,
    sla_state: Texts = None,
    waiting_for: Texts = None,
    customer: Texts = None,
    is_: Annotated[list[str] | None, Query(alias="is")] = None,
    has: Texts = None,
    field: Annotated[list[str] | None, Query(description="A custom field: `key=value`.")] = None,
    date_from: Annotated[str | None, Query(description="YYYY-MM-DD or ISO, inclusive.")] = None,
    date_to: Annotated[str | None, Query(description="YYYY-MM-DD or ISO, inclusive.")] = None,
    tz: str = "UTC",
    sort: str | None = None,
    order: str | None = None,
) -> schemas.Filters:
    """Read the filters of a list; several values by repeating the name, or with commas where values have none."""
    if order not in {None, "", "asc", "desc"}:
        raise Invalid.field("order", "order must be asc or desc.")
    given = {
        "status": status,
        "context": context,
        "assigned_to": assigned_to,
        "priority": priority,
        "source": source,
        "tag": tag,
        "category": category,
        "team": team,
        "sla_state": sla_state,
        "waiting_for": waiting_for,
        "customer": customer,
        "is": is_,
        "has": has,
        "field": field,
    }
    values: dict[str, Any] = {name: _several(name, texts) for name, texts in given.items() if texts}
    values |= {"search": (search or "")[:1000], "date_from": date_from, "date_to": date_to}
    return schemas.Filters(**values, tz=tz or "UTC", sort=sort or None, order=order or None)


def _several(name: str, texts: list[str]) -> list[str]:
    parts = [part for text in texts for part in (text.split(",") if name in CHOICES else [text])]
    return [part.replace("\0", "").strip() for part in parts if part.strip()][:50]


Filtered = Annotated[schemas.Filters, Depends(_filters)]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before; for deep lists.")]


async def _list(
    context: Ctx,
    session: Session,
    actor: Actor,
    filters: schemas.Filters,
    page: Page,
    cursor: str | None,
    extra: list[Condition] | None = None,
) -> dict[str, Any]:
    wanted = listing(actor, filters, extra=extra)
    tickets: list[dict[str, Any]]
    paging: Pagination
    if wanted.search.words:
        if actor.is_customer:
            await hit(context, "search", str(actor.user_id))
        tickets, paging = await queries.search_tickets(session, wanted, page)
    else:
        tickets, paging = await queries.list_tickets(session, wanted, page, cursor)
    return {"tickets": tickets, "pagination": paging, "hints": wanted.clauses.hints}


@router.get("/customer/tickets", response_model=schemas.CustomerTicketList)
async def list_own_tickets(
    context: Ctx,
    session: Session,
    actor: Customer,
    filters: Filtered,
    page: PageParams,
    cursor: Cursor = None,
) -> Any:
    """The caller's own tickets."""
    shown = {
        "search",
        "status",
        "context",
        "priority",
        "source",
        "category",
        "date_from",
        "date_to",
        "tz",
        "sort",
        "order",
    }
    own = schemas.Filters(**filters.model_dump(include=shown))
    return await _list(context, session, actor, own, page, cursor)


@router.get("/admin/tickets", response_model=schemas.TicketList)
async def list_all_tickets(
    context: Ctx,
    session: Session,
    actor: Staff,
    filters: Filtered,
    page: PageParams,
    cursor: Cursor = None,
) -> Any:
    """All tickets the role may see."""
    return await _list(context, session, actor, filters, page, cursor)


@router.get("/admin/tickets/assigned", response_model=schemas.TicketList)
async def list_assigned_tickets(
    context: Ctx,
    session: Session,
    actor: Staff,
    filters: Filtered,
    page: PageParams,
    cursor: Cursor = None,
) -> Any:
    """The tickets assigned to the caller."""
    return await _list(context, session, actor, filters, page, cursor, [Condition("assignee", ("me",))])


@router.get("/inbox/operators")
async def list_operators(_: SignedIn) -> schemas.Operators:
    """What the search box understands besides words."""
    from .logic.help import OPERATORS

    return schemas.Operators(
        operators=[schemas.Operator(name=n, example=e, explanation=x) for n, e, x in OPERATORS]
    )


@router.get("/inbox/views")
async def list_views(session: Session, actor: Staff) -> schemas.Views:
    """Built-in and saved views."""
    return schemas.Views(views=await queries.list_views(session, actor))


@router.get("/inbox/views/counts")
async def count_views(session: Session, actor: Staff) -> schemas.Counts:
    """How many tickets each view shows, up to the cap."""
    counts = await queries.count_views(session, actor, await filters_by_view(session, actor))
    return schemas.Counts(counts=counts, cap=VIEW_CAP)


@router.post("/inbox/views")
async def save_view(data: schemas.ViewWrite, session: Session, actor: Staff) -> schemas.ViewSaved:
    view = await service.save_view(session, actor, data)
    return schemas.ViewSaved(view=read_view(actor, view))


@router.put("/inbox/views/{view_id}")
async def change_view(
    view_id: UUID, data: schemas.ViewWrite, session: Session, actor: Staff
) -> schemas.ViewSaved:
    view = await queries.get_view(session, actor, view_id)
    return schemas.ViewSaved(view=read_view(actor, await service.change_view(session, actor, view, data)))


@router.delete("/inbox/views/{view_id}")
async def remove_view(view_id: UUID, session: Session, actor: Staff) -> schemas.Done:
    view = await queries.get_view(session, actor, view_id)
    await service.remove_view(session, actor, view)
    return schemas.Done(message=f"The view “{view.name}” is gone.")
