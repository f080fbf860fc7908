"""What is read of the knowledge base: articles for staff, pages for readers, search, figures."""

from .articles import (
    SORTS,
    find_article_at,
    find_place,
    find_redirect,
    get_article,
    get_category,
    get_version,
    list_articles,
    list_categories,
    list_feedback,
    list_versions,
    read_article,
    taken_slugs,
)
from .passages import passages_of

__all__ = [
    "SORTS",
    "find_article_at",
    "find_place",
    "find_redirect",
    "get_article",
    "get_category",
    "get_version",
    "list_articles",
    "list_categories",
    "list_feedback",
    "list_versions",
    "passages_of",
    "read_article",
    "taken_slugs",
]
