"""Search in the help center, while typing and on a page of its own."""

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Query, Request, Response
from markupsafe import Markup

from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session
from deskwell.core.http import client_address
from deskwell.core.limits import hit
from deskwell.domains.accounts.access import Anyone, MaybeSignedIn

from .. import schemas, service
from ..logic.places import center_of
from ..logic.search import highlighted
from ..queries import reading
from ..queries.searching import search
from ..routes.drafting import found_article
from . import shell

router = APIRouter()
Words = Annotated[str, Query(max_length=300)]


@router.get("/help/suggest")
async def suggest(
    request: Request,
    context: Ctx,
    session: Session,
    _: Anyone,
    q: Words = "",
    center: Annotated[
        str | None, Query(alias="context", max_length=120, description="A context's name.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=10)] = 6,
) -> schemas.Found:
    """Public articles that match what somebody is typing, best first."""
    await hit(context, "public_search", client_address(request))
    answer = await search(
        session, q, center=center_of(center) if center else None, limit=limit, is_typing=True
    )
    return schemas.Found(articles=[found_article(found) for found in answer.hits], corrected=answer.corrected)


@router.post("/help/deflections")
async def report_deflection(
    data: schemas.DeflectionReport, request: Request, context: Ctx, session: Session, _: Anyone
) -> schemas.Done:
    """Say how the form for a new ticket ended: whether articles were read, and whether it was sent."""
    await hit(context, "feedback", client_address(request))
    await service.record_deflection(session, **data.model_dump())
    return schemas.Done(message="Noted.")


@router.get("/help/search", include_in_schema=False)
async def search_everywhere(
    request: Request,
    context: Ctx,
    session: Session,
    actor: MaybeSignedIn,
    tasks: BackgroundTasks,
    q: Words = "",
) -> Response:
    is_staff = actor is not None and actor.is_staff
    return await _results(request, context, session, tasks, shell.DESK, q, is_staff=is_staff)


@router.get("/help/{center_slug}/search", include_in_schema=False)
async def search_center(
    center_slug: str,
    request: Request,
    context: Ctx,
    session: Session,
    actor: MaybeSignedIn,
    tasks: BackgroundTasks,
    q: Words = "",
) -> Response:
    is_staff = actor is not None and actor.is_staff
    center = await reading.find_center(session, center_slug, is_staff=is_staff)
    return await _results(request, context, session, tasks, center or shell.DESK, q, is_staff=is_staff)


async def _results(
    request: Request,
    context: Context,
    session: Session,
    tasks: BackgroundTasks,
    center: dict[str, Any],
    query: str,
    *,
    is_staff: bool,
) -> Response:
    await hit(context, "public_search", client_address(request))
    query = " ".join(query.split())
    slug = center["slug"] or None
    answer = await search(session, query, center=slug, is_staff=is_staff, limit=20, with_snippets=True)
    if query:
        tasks.add_task(_record, context, query, slug, len(answer.hits))
    found = [
        {
            "url": row["url"],
            "title_html": Markup(highlighted(row["marked_title"])),  # noqa: S704 - escaped there
            "snippet_html": Markup(highlighted(row["snippet"] or row["excerpt"])),  # noqa: S704
            "is_internal": row["visibility"] == "internal",
            "place": row["category"] if slug else " › ".join(filter(None, [row["context"], row["category"]])),
        }
        for row in answer.hits
    ]
    title = f"{query} – search" if query else "Search"
    response = shell.page(
        request,
        "search.html",
        center=center,
        title=f"{title} – {center['name']}",
        description=f"Search the articles of {center['name']}.",
        canonical=f"{center['url']}/search",  # all results count as this one page
        is_private=True,
        subject=query,
        query=query,
        found=found,
        corrected=answer.corrected,
    )
    response.background = tasks
    return response


async def _record(context: Context, query: str, center: str | None, results: int) -> None:
    async with context.transaction() as session:
        await service.record_search(session, query, center=center, results=results)
