"""The knowledge base over the API, for staff."""

from fastapi import APIRouter

from . import articles, categories, drafting, insights, synonyms, transfer

router = APIRouter()
for part in (
    drafting,
    transfer,
    insights,
    synonyms,
    categories,
    articles,
):  # fixed names before `/admin/articles/{article_id}`
    router.include_router(part.router)
