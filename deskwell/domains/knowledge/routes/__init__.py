"""The knowledge base over the API, for staff."""

from fastapi import APIRouter

from . import articles, categories, drafting, insights, transfer

router = APIRouter()
for part in (
    drafting,
    transfer,
    insights,
    categories,
    articles,
):  # fixed names before `/admin/articles/{article_id}`
    router.include_router(part.router)
