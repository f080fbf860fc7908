"""Creates, changes, archives and deletes what an owner may add to tickets."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.domains.accounts.models import Company, User

from . import queries
from .errors import NameTaken
from .events import DefinitionChanged
from .logic import check_values, definition_faults
from .models import Category, CustomField, Tag
from .queries import NOUNS, Label
from .schemas import CustomFieldWrite, FieldDefinition, TagWrite


async def create_label(session: AsyncSession, actor: Actor, kind: type[Label], data: TagWrite) -> Label:
    """Add a tag or category.

    Raises:
        NameTaken: another one has this name.

    """
    values = _columns_of(data)
    await _refuse_taken(session, kind, values["name"])
    label = kind(**values)
    session.add(label)
    await session.flush()
    await _announce(session, actor, label, "created")
    return label


async def change_label(session: AsyncSession, actor: Actor, label: Tag | Category, data: TagWrite) -> None:
    """Rename, recolour or describe; tickets keep it, as they hold its id.

    Raises:
        NameTaken: another one has this name.

    """
    values = _columns_of(data)
    await _refuse_taken(session, type(label), values["name"], but=label.id)
    changed = _write(label, values)
    if changed:
        await session.flush()
        await _announce(session, actor, label, "changed", changed)


def _columns_of(data: TagWrite) -> dict[str, Any]:
    """Null stands for leaving a colour or description as it is, or for the default of a new one.

    Raises:
        Invalid: no name, or a value that is too long.

    """
    values = data.model_dump(exclude_none=True)
    values["name"] = values["name"].strip()
    if not values["name"]:
        raise Invalid.field("name", "Please give it a name.")
    for part, longest in (("name", 80), ("color", 32), ("description", 500)):
        if len(values.get(part, "")) > longest:
            raise Invalid.field(part, f"At most {longest} characters fit here.")
    return values


async def delete_label(
    session: AsyncSession, actor: Actor, label: Tag | Category, *, merged_into: str | None = None
) -> None:
    """Delete; tickets lose it. `merged_into` names the one that took its place."""
    await session.delete(label)
    await session.flush()
    await _announce(session, actor, label, f"merged into {merged_into}" if merged_into else "deleted")


async def _refuse_taken(
    session: AsyncSession, kind: type[Any], name: str, *, but: UUID | None = None
) -> None:
    taken = await queries.find_label(session, kind, name)
    if taken is not None and taken.id != but:
        raise NameTaken(NOUNS[kind], taken.name)


def _write(row: Any, values: dict[str, Any]) -> tuple[str, ...]:
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    return changed


async def _announce(
    session: AsyncSession,
    actor: Actor,
    row: Tag | Category | CustomField,
    change: str,
    fields: tuple[str, ...] = (),
) -> None:
    name = row.label if isinstance(row, CustomField) else row.name
    event = DefinitionChanged(
        actor=actor, what=NOUNS[type(row)], subject_id=row.id, change=change, name=name, fields=fields
    )
    await publish(session, event)


async def create_field(session: AsyncSession, actor: Actor, data: CustomFieldWrite) -> CustomField:
    """Define a custom field, at the end of the list.

    Raises:
        Invalid: the definition makes no sense; the errors say where.
        NameTaken: another field of this subject has the key.

    """
    others = await queries.list_fields(session, subject=data.subject, with_archived=True)
    if any(other.key == data.key for other in others):
        raise NameTaken("custom field", data.key)
    _refuse_faulty(data, others)
    last = await session.scalar(select(func.max(CustomField.position)))
    field = CustomField(**_columns(data), position=(last or 0) + 1)
    session.add(field)
    await session.flush()
    await _announce(session, actor, field, "created")
    return field


async def change_field(
    session: AsyncSession, actor: Actor, field: CustomField, data: CustomFieldWrite
) -> None:
    """Change a definition. Values that were stored before are left as they are.

    Raises:
        Invalid: key, type or subject would change, or the definition makes no sense.

    """
    for name in ("key", "kind", "subject"):
        if getattr(data, name) != getattr(field, name):
            raise Invalid.field(
                name, f"The {name} of a field cannot change once it holds values. Please add another field."
            )
    others = await queries.list_fields(session, subject=data.subject, with_archived=True)
    _refuse_faulty(data, [other for other in others if other.id != field.id])
    changed = _write(field, _columns(data))
    if changed:
        await session.flush()
        await _announce(session, actor, field, "changed", changed)


def _columns(data: CustomFieldWrite) -> dict[str, Any]:
    values = data.model_dump(mode="json", exclude={"context_ids", "limits"})
    limits = data.limits.model_dump(exclude_defaults=True)
    return {**values, "limits": limits, "context_ids": data.context_ids}


def _refuse_faulty(data: CustomFieldWrite, others: Sequence[CustomField]) -> None:
    definition = FieldDefinition.model_validate(data.model_dump())
    faults = definition_faults(definition, [FieldDefinition.model_validate(other) for other in others])
    if faults:
        errors = [{"field": name, "message": message} for name, message in faults.items()]
        raise Invalid(errors[0]["message"], code="field_invalid", errors=errors)


async def set_archived(session: AsyncSession, actor: Actor, field: CustomField, *, is_archived: bool) -> None:
    """Take a field out of forms and filters, or bring it back; its values stay."""
    if is_archived is (field.archived_at is not None):
        return
    field.archived_at = now() if is_archived else None
    await session.flush()
    await _announce(session, actor, field, "archived" if is_archived else "restored")


async def order_fields(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> None:
    """Put the fields into this order; fields that are not named follow."""
    fields = {field.id: field for field in await queries.list_fields(session, with_archived=True)}
    named = [fields[key] for key in dict.fromkeys(ids) if key in fields]
    rest = [field for field in fields.values() if field not in named]
    for position, field in enumerate([*named, *rest], start=1):
        field.position = position
    await session.flush()
    if named:
        await _announce(session, actor, named[0], "ordered")


async def fill_in(
    session: AsyncSession, actor: Actor, subject: str, row: User | Company, values: Mapping[str, Any]
) -> None:
    """Fill the custom fields of a customer or company; null empties one.

    Raises:
        Invalid: a value does not fit; the errors name the fields.

    """
    definitions = await queries.definitions(session, subject)
    known = {definition.key for definition in definitions}
    given = {key: value for key, value in values.items() if key in known or key not in row.custom_fields}
    verdict = check_values(definitions, given, existing=row.custom_fields)
    if verdict.errors:
        errors = [{"field": key, "message": message} for key, message in verdict.errors.items()]
        raise Invalid(errors[0]["message"], code="field_invalid", errors=errors)
    after = {**row.custom_fields, **verdict.values}
    row.custom_fields = {key: value for key, value in after.items() if value is not None}
    await session.flush()
    changed = tuple(sorted(key for key in verdict.values))
    name = row.name or "?"
    await publish(
        session,
        DefinitionChanged(
            actor=actor,
            what=f"fields of the {subject}",
            subject_id=row.id,
            change="filled in",
            name=name,
            fields=changed,
        ),
    )
