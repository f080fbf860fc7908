from typing import Any

from fastapi import APIRouter

from deskwell.core.db import Session
from deskwell.core.pages import PageParams, pagination
from deskwell.domains.accounts.access import Staff

from . import queries, schemas, service
from .logic import KINDS, sentence

router = APIRouter(tags=["Notifications"])


@router.get("/notifications")
async def list_notifications(
    actor: Staff, session: Session, page: PageParams, *, unread: bool = False
) -> schemas.Notifications:
    """What concerns me, newest first."""
    found, total = await queries.list_notifications(session, actor, page, unread_only=unread)
    return schemas.Notifications(
        notifications=[_read(row) for row in found],
        unread_count=await queries.count_unread(session, actor),
        pagination=pagination(page, total),
    )


def _read(row: dict[str, Any]) -> schemas.NotificationRead:
    ticket = f"#{row['ticket_number']} {row['ticket_subject']}" if row["ticket_number"] else ""
    actor = row["actor_name"] or {"ai": "The AI", "rule": "A rule"}.get(row["actor_kind"], "")
    text = sentence(row["kind"], actor=actor, ticket=ticket, text=str(row["data"].get("text", "")))
    return schemas.NotificationRead.model_validate({**row, "text": text})


@router.get("/notifications/count")
async def count_unread(actor: Staff, session: Session) -> schemas.UnreadCount:
    """How many I have not read; 100 stands for 100 or more."""
    return schemas.UnreadCount(unread_count=await queries.count_unread(session, actor))


@router.post("/notifications/read")
async def mark_read(data: schemas.MarkRead, actor: Staff, session: Session) -> schemas.UnreadCount:
    """Mark notifications as read or unread."""
    await service.mark_read(session, actor, data)
    return schemas.UnreadCount(unread_count=await queries.count_unread(session, actor))


@router.get("/notifications/preferences")
async def list_preferences(actor: Staff, session: Session) -> schemas.Preferences:
    """How I want to hear of each kind of thing."""
    assert actor.user_id is not None
    own = await queries.preferences(session, actor.user_id)
    return schemas.Preferences(
        preferences=[
            schemas.Preference(kind=key, label=KINDS[key].label, in_app=row["in_app"], by_mail=row["by_mail"])
            for key, row in own.items()
        ]
    )


@router.put("/notifications/preferences")
async def set_preferences(
    data: schemas.PreferencesWrite, actor: Staff, session: Session
) -> schemas.Preferences:
    await service.set_preferences(session, actor, data.preferences)
    return await list_preferences(actor, session)
