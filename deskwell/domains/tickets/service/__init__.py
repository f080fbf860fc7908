"""The verbs of tickets. None commits; each announces its fact."""

from .assigning import assign, assign_team, give_back_to_ai
from .attaching import attach, detach, link_files
from .closing import close, reopen, snooze, wake
from .editing import set_category, set_priority, set_tags, touch
from .escalating import escalate, hand_over
from .filling import refuse_unfilled, set_custom_fields, set_watchers
from .locking import lock_ticket
from .opening import Opened, open_or_continue, open_ticket
from .rating import rate
from .turns import limit_turn, settle_pending_turns, settle_turn
from .writing import add_system_message, reply_as_customer, reply_as_staff, write_message

__all__ = [
    "Opened",
    "add_system_message",
    "assign",
    "assign_team",
    "attach",
    "close",
    "detach",
    "escalate",
    "give_back_to_ai",
    "hand_over",
    "limit_turn",
    "link_files",
    "lock_ticket",
    "open_or_continue",
    "open_ticket",
    "rate",
    "refuse_unfilled",
    "reopen",
    "reply_as_customer",
    "reply_as_staff",
    "set_category",
    "set_custom_fields",
    "set_priority",
    "set_tags",
    "set_watchers",
    "settle_pending_turns",
    "settle_turn",
    "snooze",
    "touch",
    "wake",
    "write_message",
]
