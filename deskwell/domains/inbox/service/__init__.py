"""Writes of the inbox: views, and the row a ticket is found by."""

from .indexing import first_words, index_names, more_words, reindex, unindex
from .views import change_view, remove_view, save_view

__all__ = [
    "change_view",
    "first_words",
    "index_names",
    "more_words",
    "reindex",
    "remove_view",
    "save_view",
    "unindex",
]
