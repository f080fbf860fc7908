import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import StreamingResponse

from deskwell.core.clock import now
from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.domains.accounts.access import SignedIn, Staff, renewed
from deskwell.domains.tickets.access import StaffTicket

from . import queries, service
from .service import Feed, Item

router = APIRouter(tags=["Live"])
CHECK_SECONDS = 60


class PresenceWrite(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: Literal["viewing", "typing", "away"]


class PresenceRead(BaseModel):
    ticket_id: UUID
    user_id: UUID
    name: str
    state: str


class PresenceList(BaseModel):
    presence: list[PresenceRead]


@router.get("/live", response_class=StreamingResponse)
async def stream(request: Request, context: Ctx, actor: SignedIn) -> StreamingResponse:
    """Server-sent events: kinds and ids of what changed; the data comes through the other calls."""
    feed: Feed = request.app.state.feed

    async def lines() -> AsyncIterator[str]:
        yield "retry: 2000\n\nevent: ready\ndata: {}\n\n"
        checked = now()
        async for items in feed.listen(actor, partial(renewed, context, actor)):
            if (now() - checked).total_seconds() > CHECK_SECONDS:
                checked = now()
                if actor.session_id and await renewed(context, actor) is None:
                    break
            yield "".join(_line(item) for item in items) or ": ping\n\n"
        if not feed.is_stopping:
            yield "event: signed_out\ndata: {}\n\n"

    headers = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines(), media_type="text/event-stream", headers=headers)


def _line(item: Item) -> str:
    data: dict[str, Any] = {
        "kind": item.kind,
        "ticket_id": item.ticket_id,
        "actor_id": item.actor_id,
        **item.data,
    }
    identifier = f"id: {item.id}\n" if item.id else ""
    return f"{identifier}data: {json.dumps(data, default=str)}\n\n"


@router.put("/ticket/{ticket_id}/presence")
async def set_presence(
    data: PresenceWrite, ticket: StaffTicket, session: Session, actor: Staff
) -> PresenceList:
    """Say that one views or types; answers who else is there. Repeat it every 15 s."""
    assert actor.user_id is not None
    await service.set_presence(session, ticket.id, actor.user_id, data.state)
    found = await service.list_presence(session, [ticket.id])
    return PresenceList(presence=[PresenceRead(**row) for row in found if row["user_id"] != actor.user_id])


@router.get("/presence")
async def list_presence(
    session: Session, actor: Staff, ticket_ids: Annotated[list[UUID], Query(max_length=100)]
) -> PresenceList:
    """Who is at these tickets now, for the list."""
    visible = await queries.visible_ids(session, actor, set(ticket_ids))
    found = await service.list_presence(session, [each for each in ticket_ids if each in visible])
    return PresenceList(presence=[PresenceRead(**row) for row in found if row["user_id"] != actor.user_id])
