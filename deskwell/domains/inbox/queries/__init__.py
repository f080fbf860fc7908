"""Reads of the inbox: lists, search, counts, views."""

from .counting import count_views
from .listing import Listing, list_tickets
from .searching import search_tickets
from .views import get_view, list_views

__all__ = [
    "Listing",
    "count_views",
    "get_view",
    "list_tickets",
    "list_views",
    "search_tickets",
]
