"""The calls about tickets."""

from fastapi import APIRouter

from . import activity, attachments, combining, conversation, drafts, editing, trash

router = APIRouter()
for part in (conversation, trash, attachments, editing, combining, drafts, activity):
    router.include_router(part.router)

__all__ = ["router"]
