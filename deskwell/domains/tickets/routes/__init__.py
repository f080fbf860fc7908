"""The calls about tickets."""

from fastapi import APIRouter

from . import activity, attachments, combining, conversation, drafts, editing, trash

reading, writing = conversation.reading, conversation.writing
router = APIRouter()
for part in (trash, conversation, attachments, editing, combining, drafts, activity):
    router.include_router(part.router)

__all__ = ["reading", "router", "writing"]
