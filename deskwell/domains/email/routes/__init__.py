"""E-mail over HTTP."""

from fastapi import APIRouter

from . import accounts, mails, operations, templates, webhooks

router = APIRouter(tags=["E-mail"])
for part in (accounts, templates, mails, operations, webhooks):
    router.include_router(part.router)
