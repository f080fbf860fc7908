"""Reads of tags, categories and custom fields. All staff may read them; customers only what was opened to them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.configuration import Kept
from deskwell.core.db import one
from deskwell.domains.contexts.logic import context_key

from .errors import NoSuchDefinition
from .models import Category, CustomField, Tag
from .schemas import FieldDefinition

Label = TypeVar("Label", Tag, Category)
NOUNS: dict[type[Tag | Category | CustomField], str] = {
    Tag: "tag",
    Category: "category",
    CustomField: "custom field",
}


async def list_labels(session: AsyncSession, kind: type[Label], *, search: str = "") -> Sequence[Label]:
    """All tags or categories by name; with `search` those whose name holds the text, best first."""
    query = select(kind)
    if search:
        wanted = search.strip().lower()
        query = query.where(func.lower(kind.name).contains(wanted, autoescape=True)).order_by(
            func.lower(kind.name).startswith(wanted, autoescape=True).desc()
        )
    return (await session.scalars(query.order_by(func.lower(kind.name)))).all()


async def get_label(session: AsyncSession, kind: type[Label], label_id: UUID) -> Label:
    """Return a tag or category.

    Raises:
        NoSuchDefinition: there is none with this id.

    """
    label = await session.get(kind, label_id)
    if label is None:
        raise NoSuchDefinition(NOUNS[kind])
    return label


async def find_label(session: AsyncSession, kind: type[Label], name: str) -> Label | None:
    """Return the tag or category of this name, whatever its case."""
    return await session.scalar(select(kind).where(func.lower(kind.name) == name.strip().lower()))


async def missing_labels(session: AsyncSession, kind: type[Label], ids: Iterable[UUID]) -> set[UUID]:
    """Return those ids that no tag or category has."""
    wanted = set(ids)
    return wanted - set(await session.scalars(select(kind.id).where(kind.id.in_(wanted))))


async def list_fields(
    session: AsyncSession, *, subject: str | None = None, with_archived: bool = False
) -> Sequence[CustomField]:
    """Custom fields in the owner's order."""
    query = select(CustomField).order_by(CustomField.subject, CustomField.position, CustomField.id)
    if subject is not None:
        query = query.where(CustomField.subject == subject)
    if not with_archived:
        query = query.where(CustomField.archived_at.is_(None))
    return (await session.scalars(query)).all()


async def _read_definitions(session: AsyncSession) -> dict[str, list[FieldDefinition]]:
    found: dict[str, list[FieldDefinition]] = {}
    for field in await list_fields(session):
        found.setdefault(field.subject, []).append(FieldDefinition.model_validate(field))
    return found


_definitions = Kept("fields", read=_read_definitions)


async def definitions(session: AsyncSession, subject: str = "ticket") -> list[FieldDefinition]:
    """The fields in use, ready for `logic.check_values`; kept, so nobody may change them."""
    return (await _definitions.get(session)).get(subject, [])


async def get_field(session: AsyncSession, field_id: UUID) -> CustomField:
    """Return a custom field.

    Raises:
        NoSuchDefinition: there is none with this id.

    """
    field = await session.get(CustomField, field_id)
    if field is None:
        raise NoSuchDefinition(NOUNS[CustomField])
    return field


async def list_form_fields(session: AsyncSession, context: str) -> Sequence[CustomField]:
    """The fields of tickets that were opened to customers and belong to this context, or to all."""
    found = await one(session, "SELECT id FROM contexts WHERE key = %(key)s", key=context_key(context))
    known = found["id"] if found else None
    fields = await list_fields(session, subject="ticket")
    return [
        field
        for field in fields
        if field.customer_access != "hidden" and (not field.context_ids or known in field.context_ids)
    ]
