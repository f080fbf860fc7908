"""What changes the knowledge base: one function a verb, none commits."""

from .categories import add_category, arrange_categories, change_category, delete_category
from .images import add_image
from .reading import count_view, record_deflection, record_search, say_helpful
from .words import refresh_search_words
from .writing import (
    change_article,
    delete_article,
    discard_draft,
    draft_from_ticket,
    restore_version,
    save_draft,
    write_article,
)

__all__ = [
    "add_category",
    "add_image",
    "arrange_categories",
    "change_article",
    "change_category",
    "count_view",
    "delete_article",
    "delete_category",
    "discard_draft",
    "draft_from_ticket",
    "record_deflection",
    "record_search",
    "refresh_search_words",
    "restore_version",
    "save_draft",
    "say_helpful",
    "write_article",
]
