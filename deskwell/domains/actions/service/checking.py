from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core import placeholders
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.domains.accounts.logic import normal_email
from deskwell.domains.fields import queries as fields
from deskwell.domains.fields.logic import check_values

from .. import queries
from ..logic import PLACEHOLDERS, unknown_placeholders
from ..schemas import Action, AddTags, AssignTeam, Notify, RemoveTags, SendMail, SetCategory, SetField, Snooze

_TEXTS = ("body", "subject", "message")
Fault = tuple[str, str]


async def refuse_faulty(session: AsyncSession, actions: Sequence[Action], *, is_rule: bool = False) -> None:
    """Refuse actions that make no sense, before anything is saved or done.

    Raises:
        Invalid: something does not exist (any more), a placeholder is unknown, a value does not fit; the
            errors say in which action.

    """
    faults = [*_written_faults(actions, is_rule=is_rule), *await _unknown_faults(session, actions)]
    faults += await _field_faults(session, actions)
    if faults:
        errors = [{"field": path, "message": message} for path, message in faults]
        raise Invalid(errors[0]["message"], code="action_invalid", errors=errors)


def _written_faults(actions: Sequence[Action], *, is_rule: bool) -> Iterable[Fault]:
    for index, action in enumerate(actions):
        here = f"actions.{index}"
        for part in _TEXTS:
            unknown = placeholders.unknown(getattr(action, part, ""), PLACEHOLDERS)
            if unknown:
                yield f"{here}.{part}", unknown_placeholders(unknown)
        if is_rule and action.type == "assign_to_me":
            yield here, "A rule has no “me”. Please choose a person or a team."
        if isinstance(action, SendMail):
            yield from _address_faults(action, here)
        if isinstance(action, Notify) and not (action.user_ids or action.team_ids):
            yield here, "Please choose whom to notify."
        if isinstance(action, Snooze):
            yield from _snooze_faults(action, here)


def _address_faults(action: SendMail, here: str) -> Iterable[Fault]:
    for address in action.to:
        if address not in {"assignee", "team"}:
            try:
                normal_email(address)
            except Invalid:
                yield f"{here}.to", f"“{address}” is not an e-mail address."


def _snooze_faults(action: Snooze, here: str) -> Iterable[Fault]:
    if (action.hours is None) is (action.until is None):
        yield here, "Please say either for how many hours or until when."
    elif action.until is not None and (action.until.tzinfo is None or action.until <= now()):
        yield f"{here}.until", "Please choose a time in the future, with its time zone."


async def _unknown_faults(session: AsyncSession, actions: Sequence[Action]) -> list[Fault]:
    wanted: dict[str, list[tuple[str, UUID]]] = {}
    for index, action in enumerate(actions):
        for table, part, key in _references(action):
            wanted.setdefault(table, []).append((f"actions.{index}.{part}", key))
    nouns = {"users": "person", "teams": "team", "tags": "tag", "categories": "category"}
    faults: list[Fault] = []
    for table, places in wanted.items():
        gone = await queries.missing(session, table, (key for _, key in places))
        faults += [
            (place, f"This {nouns[table]} does not exist (any more). Please choose another one.")
            for place, key in places
            if key in gone
        ]
    return faults


def _references(action: Action) -> Iterable[tuple[str, str, UUID]]:
    if isinstance(action, AddTags | RemoveTags):
        yield from (("tags", "tag_ids", key) for key in action.tag_ids)
    if isinstance(action, AssignTeam) and action.team_id:
        yield "teams", "team_id", action.team_id
    if isinstance(action, SetCategory) and action.category_id:
        yield "categories", "category_id", action.category_id
    if action.type == "assign" and action.agent_id:
        yield "users", "agent_id", action.agent_id
    if action.type in {"add_watchers", "notify"}:
        yield from (("users", "user_ids", key) for key in getattr(action, "user_ids", ()))
    if isinstance(action, Notify):
        yield from (("teams", "team_ids", key) for key in action.team_ids)


async def _field_faults(session: AsyncSession, actions: Sequence[Action]) -> list[Fault]:
    filled = [(i, action) for i, action in enumerate(actions) if isinstance(action, SetField)]
    if not filled:
        return []
    # Which context the ticket will have is not known yet, so the value is judged, not its place.
    known = [
        d.model_copy(update={"context_ids": [], "required": "never"})
        for d in await fields.definitions(session, "ticket")
    ]
    faults: list[Fault] = []
    for index, action in filled:
        value: Any = action.value
        errors = check_values(known, {action.key: value}).errors
        faults += [(f"actions.{index}.value", message) for message in errors.values()]
    return faults
