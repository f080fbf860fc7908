"""Writes of the inbox: views, and the row a ticket is found by."""

from .indexing import index_message, index_names, index_ticket, reindex, unindex
from .views import change_view, remove_view, save_view

__all__ = [
    "change_view",
    "index_message",
    "index_names",
    "index_ticket",
    "reindex",
    "remove_view",
    "save_view",
    "unindex",
]
