from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import Problem
from deskwell.domains.tickets.access import visible_to
from deskwell.domains.tickets.errors import TicketNotFound
from deskwell.domains.tickets.models import Ticket

from .. import access, queries
from ..logic import foresee
from ..schemas import Action, ActionsDone, Change, TicketResult
from .running import run


@dataclass
class Result:
    """What became of one ticket of many."""

    ticket_id: UUID
    number: int | None = None
    changes: list[Change] = field(default_factory=list)
    error: str | None = None


async def preview(
    session: AsyncSession, actor: Actor, ticket_ids: Sequence[UUID], actions: Sequence[Action]
) -> list[Result]:
    """What the actions would do to each ticket, one after the other; nothing is changed."""
    access.must_all(actor, actions)
    found = await session.execute(
        visible_to(actor).with_only_columns(Ticket.id, Ticket.number).where(Ticket.id.in_(ticket_ids))
    )
    numbers = {row.id: row.number for row in found}
    known = await queries.states(session, list(numbers))
    world = await queries.world(session, actor, actions, known.values())
    results: list[Result] = []
    for ticket_id in dict.fromkeys(ticket_ids):
        if ticket_id not in numbers:
            results.append(Result(ticket_id, error=TicketNotFound().detail))
            continue
        outcome = foresee(actions, known[ticket_id], world)
        world = outcome.world
        results.append(Result(ticket_id, numbers[ticket_id], outcome.changes))
    return results


async def run_on_many(
    session: AsyncSession, actor: Actor, ticket_ids: Sequence[UUID], actions: Sequence[Action]
) -> list[Result]:
    """Do the actions to each ticket; one that refuses is left as it was and says why, the others go on.

    Tickets are locked in the order of their ids, so that two such calls cannot block each other.
    """
    access.must_all(actor, actions)
    by_id: dict[UUID, Result] = {}
    for ticket_id in sorted(set(ticket_ids)):
        by_id[ticket_id] = await _run_on_one(session, actor, ticket_id, actions)
    return [by_id[ticket_id] for ticket_id in dict.fromkeys(ticket_ids)]


async def _run_on_one(
    session: AsyncSession, actor: Actor, ticket_id: UUID, actions: Sequence[Action]
) -> Result:
    query = select(Ticket).from_statement(
        visible_to(actor).where(Ticket.id == ticket_id).with_for_update(of=Ticket)
    )
    ticket = (await session.scalars(query, execution_options={"populate_existing": True})).one_or_none()
    if ticket is None:
        return Result(ticket_id, error=TicketNotFound().detail)
    gathered = {key: len(session.info.get(key, ())) for key in ("facts", "jobs")}
    number = ticket.number
    try:
        async with session.begin_nested():
            changes = await run(session, actor, ticket, actions)
            await session.flush()
    except Problem as problem:
        for key, length in gathered.items():  # what was announced did not happen
            del session.info.get(key, [])[length:]
        return Result(ticket_id, number, error=problem.detail)
    return Result(ticket_id, number, changes)


def summarise(results: Sequence[Result]) -> ActionsDone:
    """What became of all of them, in a sentence and one by one."""
    failed = [result for result in results if result.error]
    changed = [result for result in results if result.changes]
    message = f"{len(changed)} of {len(results)} tickets changed."
    if failed:
        message += f" {len(failed)} could not be changed: {failed[0].error}"
    return ActionsDone(
        success=not failed,
        message=message,
        changed_count=len(changed),
        failed_count=len(failed),
        results=[TicketResult.model_validate(result) for result in results],
    )
