"""Reads of tickets."""

from .activity import Wanted, list_activity
from .attachments import find_attachment, get_attachment, list_attachments
from .relations import list_copies, list_links, list_merged, list_trash, list_watchers, preview_merge
from .threads import (
    STAFF_TICKET_COLUMNS,
    STAFF_TICKET_JOINS,
    TICKET_COLUMNS,
    TICKET_JOINS,
    count_ai_replies_since,
    find_ticket_row,
    find_turn_of_message,
    get_conversation,
    get_message,
    get_thread,
    get_ticket_row,
    look_up_turn,
    staff_ticket_read,
)

__all__ = [
    "STAFF_TICKET_COLUMNS",
    "STAFF_TICKET_JOINS",
    "TICKET_COLUMNS",
    "TICKET_JOINS",
    "Wanted",
    "count_ai_replies_since",
    "find_attachment",
    "find_ticket_row",
    "find_turn_of_message",
    "get_attachment",
    "get_conversation",
    "get_message",
    "get_thread",
    "get_ticket_row",
    "list_activity",
    "list_attachments",
    "list_copies",
    "list_links",
    "list_merged",
    "list_trash",
    "list_watchers",
    "look_up_turn",
    "preview_merge",
    "staff_ticket_read",
]
