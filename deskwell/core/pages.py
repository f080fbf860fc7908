"""Lists in pages, as the wire has them: `page`, `page_size` (1–100), and totals that are capped, never counted in full."""

import base64
import binascii
import json
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel

from .errors import Invalid

MAX_PAGE_SIZE = 100
COUNT_CAP = 10_000
SEARCH_CAP = 1_000


class Page(BaseModel):
    """Which piece of a list is asked for."""

    page: int = 1
    page_size: int = 10

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size


async def _page(  # a plain function would run in a thread
    page: Annotated[int, Query(description="From 1.")] = 1,
    page_size: Annotated[int, Query(description="1 to 100.")] = 10,
) -> Page:
    return checked_page(page, page_size)


def checked_page(page: int, page_size: int) -> Page:
    """Return a page within bounds.

    Raises:
        Invalid: the page or its size is out of range.

    """
    if page < 1 or page > 1_000_000:
        raise Invalid.field("page", "The page must be at least 1.")
    if not 1 <= page_size <= MAX_PAGE_SIZE:
        raise Invalid.field("page_size", "The page size must be between 1 and 100.")
    return Page(page=page, page_size=page_size)


PageParams = Annotated[Page, Depends(_page)]


class Pagination(BaseModel):
    """The envelope's second half."""

    page: int
    page_size: int
    total_count: int
    total_pages: int
    has_next: bool
    has_prev: bool
    total_is_capped: bool = False
    next_cursor: str | None = None


def pagination(
    page: Page,
    total: int,
    *,
    cap: int | None = COUNT_CAP,
    has_more: bool | None = None,
    cursor: str | None = None,
) -> Pagination:
    """Describe a page. `total` may be one above the cap, which says that there are more."""
    is_capped = cap is not None and total > cap
    total = min(total, cap) if cap is not None else total
    pages = -(-total // page.page_size)
    return Pagination(
        page=page.page,
        page_size=page.page_size,
        total_count=total,
        total_pages=pages,
        has_next=has_more if has_more is not None else (page.page < pages or is_capped),
        has_prev=page.page > 1,
        total_is_capped=is_capped,
        next_cursor=cursor,
    )


def encode_cursor(*values: Any) -> str:
    """Pack the sort key of the last row of a page."""
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """Unpack a cursor.

    Raises:
        Invalid: it is not one of ours.

    """
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, UnicodeDecodeError):
        values = None
    if not isinstance(values, list) or len(values) != length:
        raise Invalid.field("cursor", "This cursor is not valid. Please start from the first page.")
    return values
