"""The calls about tickets."""

from fastapi import APIRouter

from . import attachments, conversation

router = APIRouter()
for part in (conversation, attachments):
    router.include_router(part.router)

__all__ = ["router"]
