"""Lists, search, views and figures."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from deskwell.core import csvs, parameters
from deskwell.core.actor import Actor
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.core.limits import hit
from deskwell.core.pages import Pagination, checked_page
from deskwell.core.reading import ReadRoute
from deskwell.domains.accounts.access import Customer, SignedIn, Staff
from deskwell.domains.fields import queries as field_queries

from . import queries, schemas, service
from .logic.syntax import Condition
from .queries import exporting
from .queries.counting import VIEW_CAP
from .queries.listing import listing
from .queries.views import filters_by_view, read_view

router = APIRouter(tags=["Lists and search"])
reading = APIRouter(tags=["Lists and search"], route_class=ReadRoute)
CHOICES = ("status", "priority", "source", "sla_state", "waiting_for", "assigned_to", "is", "has")
SEVERAL = (*CHOICES, "context", "tag", "category", "team", "customer", "field")
OWN = (
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
)
"""What a customer may filter their own list by."""

Query = Annotated[schemas.ListQuery, Depends(parameters.reader(schemas.ListQuery))]
DESCRIBED = parameters.described(schemas.ListQuery)


def _filters(query: schemas.ListQuery) -> schemas.Filters:
    """Several values by repeating the name, or with commas where values have none."""
    if query.order not in {None, "", "asc", "desc"}:
        raise Invalid.field("order", "order must be asc or desc.")
    asked = query.model_dump(by_alias=True, exclude={"page", "page_size", "cursor"})
    asked |= {name: _several(name, asked[name] or []) for name in SEVERAL}
    asked["search"] = (query.search or "")[:1000]
    asked |= {"tz": query.tz or "UTC", "sort": query.sort or None, "order": query.order or None}
    return schemas.Filters(**asked)


def _several(name: str, texts: list[str]) -> list[str]:
    parts = [part for text in texts for part in (text.split(",") if name in CHOICES else [text])]
    return [part.replace("\0", "").strip() for part in parts if part.strip()][:50]


async def _list(
    context: Context,
    actor: Actor,
    query: schemas.ListQuery,
    filters: schemas.Filters,
    extra: list[Condition] | None = None,
) -> dict[str, Any]:
    wanted = listing(actor, filters, extra=extra)
    page = checked_page(query.page, query.page_size)
    tickets: list[dict[str, Any]]
    paging: Pagination
    if wanted.search.words:
        if actor.is_customer:
            await hit(context, "search", str(actor.user_id))
        tickets, paging = await queries.search_tickets(context.database, wanted, page)
    else:
        tickets, paging = await queries.list_tickets(context.database, wanted, page, query.cursor)
    return {"tickets": tickets, "pagination": paging, "hints": wanted.clauses.hints}


@reading.get("/customer/tickets", response_model=schemas.CustomerTicketList, openapi_extra=DESCRIBED)
async def list_own_tickets(context: Ctx, actor: Customer, query: Query) -> Any:
    """The caller's own tickets."""
    own = schemas.Filters(**_filters(query).model_dump(include=set(OWN)))
    return await _list(context, actor, query, own)


@reading.get("/admin/tickets", response_model=schemas.TicketList, openapi_extra=DESCRIBED)
async def list_all_tickets(context: Ctx, actor: Staff, query: Query) -> Any:
    """All tickets the role may see."""
    return await _list(context, actor, query, _filters(query))


@router.get("/admin/tickets/ids", openapi_extra=DESCRIBED)
async def list_ids(context: Ctx, actor: Staff, query: Query) -> schemas.TicketIds:
    """The ids of the same list, for what is done to all of it: 10,000 tickets, or the 1,000 best hits of words."""
    await hit(context, "search", str(actor.user_id))
    ids, is_capped = await exporting.all_ids(context.database, listing(actor, _filters(query)))
    return schemas.TicketIds(ticket_ids=ids, is_capped=is_capped)


@router.get("/admin/tickets/export", response_class=Response, openapi_extra=DESCRIBED)
async def export_tickets(context: Ctx, actor: Staff, query: Query) -> Response:
    """The same list as CSV with a column for each custom field: 20,000 tickets, or the 1,000 best hits of words."""
    await hit(context, "export", str(actor.user_id))
    tickets = await exporting.all_tickets(context.database, listing(actor, _filters(query)))
    async with context.transaction() as session:
        fields = await field_queries.definitions(session)
    header, lines = exporting.as_lines(tickets, fields)
    return csvs.download("tickets.csv", csvs.write(header, lines))


@reading.get("/admin/tickets/assigned", response_model=schemas.TicketList, openapi_extra=DESCRIBED)
async def list_assigned_tickets(context: Ctx, actor: Staff, query: Query) -> Any:
    """The tickets assigned to the caller."""
    return await _list(context, actor, query, _filters(query), [Condition("assignee", ("me",))])


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
