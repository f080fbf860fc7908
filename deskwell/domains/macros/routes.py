from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from deskwell.core import placeholders
from deskwell.core.actor import Actor
from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.events import publish
from deskwell.domains.accounts.access import requires
from deskwell.domains.actions import queries as action_queries
from deskwell.domains.actions import service as acting
from deskwell.domains.actions.access import may_all
from deskwell.domains.actions.logic import samples
from deskwell.domains.actions.schemas import ActionsDone
from deskwell.domains.tickets.access import StaffTicket, staff_ticket

from . import queries, schemas, service
from .access import USE_MACROS
from .events import MacroRan
from .models import CannedResponse, Macro

router = APIRouter(tags=["Macros and canned responses"])
User = Annotated[Actor, Depends(requires(USE_MACROS))]


@router.get("/admin/macros")
async def list_macros(actor: User, session: Session) -> schemas.Macros:
    """The macros I may use: everybody's, my teams' and my own."""
    return schemas.Macros(macros=[_macro(actor, m) for m in await queries.list_macros(session, actor)])


@router.post("/admin/macros")
async def create_macro(data: schemas.MacroWrite, actor: User, session: Session) -> schemas.MacroSaved:
    return schemas.MacroSaved(macro=_macro(actor, await service.save_macro(session, actor, data)))


@router.put("/admin/macros/order")
async def order_macros(data: schemas.Order, actor: User, session: Session) -> schemas.Macros:
    """Put the macros one may change into another order."""
    await service.order_macros(session, actor, data.ids)
    return await list_macros(actor, session)


@router.put("/admin/macros/{macro_id}")
async def change_macro(
    macro_id: UUID, data: schemas.MacroWrite, actor: User, session: Session
) -> schemas.MacroSaved:
    macro = await queries.get_visible(session, actor, Macro, macro_id)
    return schemas.MacroSaved(macro=_macro(actor, await service.save_macro(session, actor, data, macro)))


@router.delete("/admin/macros/{macro_id}")
async def delete_macro(macro_id: UUID, actor: User, session: Session) -> schemas.Done:
    macro = await queries.get_visible(session, actor, Macro, macro_id)
    await service.delete_snippet(session, actor, macro)
    return schemas.Done(message=f"The macro “{macro.name}” was deleted.")


@router.post("/admin/macros/{macro_id}/run")
async def run_macro_on_many(
    macro_id: UUID, data: schemas.MacroTickets, actor: User, session: Session
) -> ActionsDone:
    """Run a macro on each ticket. One that refuses is left as it was and says why."""
    macro = await queries.get_visible(session, actor, Macro, macro_id)
    actions = service.actions_of(macro)
    await acting.refuse_faulty(session, actions)
    results = await acting.run_on_many(session, actor, data.ticket_ids, actions)
    for result in results:
        if result.error is None:
            await _note_run(session, actor, macro, result.ticket_id, len(result.changes))
    return acting.summarise(results)


async def _note_run(session: Session, actor: Actor, macro: Macro, ticket_id: UUID, changes: int) -> None:
    await service.count_use(session, Macro, macro.id)
    ran = MacroRan(actor=actor, ticket_id=ticket_id, macro_id=macro.id, name=macro.name, changes=changes)
    await publish(session, ran)


@router.post("/ticket/{ticket_id}/macros/{macro_id}/preview")
async def preview_macro(
    macro_id: UUID, ticket: StaffTicket, actor: User, session: Session
) -> schemas.MacroRun:
    """What a macro would do to this ticket."""
    macro = await queries.get_visible(session, actor, Macro, macro_id)
    (result,) = await acting.preview(session, actor, [ticket.id], service.actions_of(macro))
    return schemas.MacroRun(message=f"“{macro.name}” would do this.", changes=result.changes)


@router.post("/ticket/{ticket_id}/macros/{macro_id}")
async def run_macro(macro_id: UUID, ticket: StaffTicket, actor: User, session: Session) -> schemas.MacroRun:
    """Run a macro on this ticket: all of it, or nothing when a part is refused."""
    macro = await queries.get_visible(session, actor, Macro, macro_id)
    await acting.refuse_faulty(session, service.actions_of(macro))
    changes = await acting.run(session, actor, ticket, service.actions_of(macro))
    await _note_run(session, actor, macro, ticket.id, len(changes))
    message = f"“{macro.name}” ran." if changes else f"“{macro.name}” had nothing to change."
    return schemas.MacroRun(message=message, changes=changes)


def _macro(actor: Actor, macro: Macro) -> schemas.MacroRead:
    fields = _fields(actor, macro, schemas.MacroRead.model_fields)
    is_runnable = may_all(actor, service.actions_of(macro))
    return schemas.MacroRead.model_validate({**fields, "is_runnable": is_runnable})


def _fields(actor: Actor, snippet: Macro | CannedResponse, wanted: Mapping[str, object]) -> dict[str, object]:
    known = {name: getattr(snippet, name) for name in wanted if hasattr(snippet, name)}
    return {**known, "is_editable": service.may_change(actor, snippet)}


@router.get("/admin/canned-responses")
async def list_canned(
    actor: User, session: Session, search: str = "", folder: str | None = None
) -> schemas.CannedResponses:
    """Canned responses I may use; `search` looks in shortcut, title, text and folder."""
    found = await queries.list_canned(session, actor, search=search[:200], folder=folder)
    return schemas.CannedResponses(
        canned_responses=[_canned(actor, c) for c in found], folders=await queries.folders(session, actor)
    )


@router.post("/admin/canned-responses")
async def create_canned(data: schemas.CannedWrite, actor: User, session: Session) -> schemas.CannedSaved:
    canned = await service.save_canned(session, actor, data)
    return schemas.CannedSaved(canned_response=_canned(actor, canned))


@router.post("/admin/canned-responses/preview")
async def preview_canned(
    data: schemas.PreviewRequest, actor: User, session: Session, context: Ctx
) -> schemas.Rendered:
    """A text with its placeholders filled in from a ticket, or from samples."""
    if data.ticket_id is None:
        return _render(data.body, samples())
    ticket = await staff_ticket(data.ticket_id, session, actor)
    values = await action_queries.placeholder_values(session, actor, ticket.id, context.settings.public_url)
    return _render(data.body, values)


def _render(body: str, values: Mapping[str, str]) -> schemas.Rendered:
    missing = [name for name in placeholders.names(body) if name not in values]
    return schemas.Rendered(text=placeholders.render(body, values), unresolved=missing)


@router.put("/admin/canned-responses/{canned_id}")
async def change_canned(
    canned_id: UUID, data: schemas.CannedWrite, actor: User, session: Session
) -> schemas.CannedSaved:
    canned = await queries.get_visible(session, actor, CannedResponse, canned_id)
    saved = await service.save_canned(session, actor, data, canned)
    return schemas.CannedSaved(canned_response=_canned(actor, saved))


@router.delete("/admin/canned-responses/{canned_id}")
async def delete_canned(canned_id: UUID, actor: User, session: Session) -> schemas.Done:
    canned = await queries.get_visible(session, actor, CannedResponse, canned_id)
    await service.delete_snippet(session, actor, canned)
    return schemas.Done(message=f"“{canned.title}” was deleted.")


@router.post("/admin/canned-responses/{canned_id}/use")
async def use_canned(
    canned_id: UUID, data: schemas.UseRequest, actor: User, session: Session, context: Ctx
) -> schemas.Rendered:
    """The text for this ticket, counted as used. What has no value here is named, to be filled in by hand."""
    canned = await queries.get_visible(session, actor, CannedResponse, canned_id)
    ticket = await staff_ticket(data.ticket_id, session, actor)
    values = await action_queries.placeholder_values(session, actor, ticket.id, context.settings.public_url)
    await service.count_use(session, CannedResponse, canned.id)
    return _render(canned.body, values)


def _canned(actor: Actor, canned: CannedResponse) -> schemas.CannedRead:
    return schemas.CannedRead.model_validate(_fields(actor, canned, schemas.CannedRead.model_fields))
