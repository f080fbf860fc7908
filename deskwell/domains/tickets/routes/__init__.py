"""The calls about tickets."""

from fastapi import APIRouter

from . import activity, attachments, combining, conversation, drafts, editing, trash

reading = conversation.reading
router = APIRouter()
for part in (trash, conversation, attachments, editing, combining, drafts, activity):
    router.include_router(part.router)

__all__ = ["reading", "router"]
