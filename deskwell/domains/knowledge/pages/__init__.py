"""The help center: HTML that works without JavaScript, rendered on the server, cached by validators."""

from fastapi import APIRouter

from . import assets, reading, saying, searching

router = APIRouter(tags=["Help center"])
for part in (assets, searching, saying, reading):  # fixed names before `/help/{center}`
    router.include_router(part.router)
