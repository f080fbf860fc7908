"""The knowledge base over the API, for staff."""

from fastapi import APIRouter

from . import articles, categories, drafting, insights

router = APIRouter()
for part in (drafting, insights, categories, articles):  # fixed names before `/admin/articles/{article_id}`
    router.include_router(part.router)
