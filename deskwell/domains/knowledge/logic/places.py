"""Where articles live: help centers by context, and the addresses of their pages."""

from .slugs import slugify

GENERAL = "general"
RESERVED = frozenset({"a", "assets", "images", "search", "suggest", "deflections", "sitemap.xml", "feed.xml"})


def center_of(context: str | None) -> str:
    """The address part of a context's help center; articles without a context live in `general`."""
    if not context or not context.strip():
        return GENERAL
    slug = slugify(context, fallback=GENERAL)
    return f"{slug}-help" if slug in RESERVED else slug


def article_url(center: str, slug: str) -> str:
    return f"/help/{center}/articles/{slug}"


def article_base(center: str) -> str:
    return f"/help/{center}/articles/"


def category_url(center: str, slug: str) -> str:
    return f"/help/{center}/topics/{slug}"


def stable_url(article_id: object) -> str:
    """An address that survives every change of title and context; it leads to the current one."""
    return f"/help/a/{article_id}"
