"""Signing in, one's own account, people and roles, customers and companies, API keys, the audit log."""

from fastapi import APIRouter

from . import audit, companies, keys, people, signing

router = APIRouter()
for part in (signing, people, companies, keys, audit):
    router.include_router(part.router)

__all__ = ["router"]
