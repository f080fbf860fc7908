"""The verbs of tickets. None commits; each announces its fact."""

from .assigning import assign, assign_team, give_back_to_ai
from .attaching import attach, detach, link_files
from .changing import refuse_conflicts, set_context, set_requester, set_subject
from .closing import close, reopen, snooze, wake
from .copying import set_copies
from .drafting import find_draft, refuse_stale, release, save_draft, send_later, take_back
from .editing import set_category, set_priority, set_tags, touch
from .escalating import escalate, hand_over
from .filling import refuse_unfilled, set_custom_fields, set_watchers
from .linking import link, unlink
from .locking import lock_survivor, lock_ticket
from .merging import check_mergeable, merge, unmerge
from .opening import Opened, open_or_continue, open_ticket
from .rating import rate
from .splitting import split, split_off
from .trashing import bring_back, erase, trash
from .turns import limit_turn, settle_pending_turns, settle_turn, wait_again
from .writing import add_system_message, reply_as_customer, reply_as_staff, write_message

__all__ = [
    "Opened",
    "add_system_message",
    "assign",
    "assign_team",
    "attach",
    "bring_back",
    "check_mergeable",
    "close",
    "detach",
    "erase",
    "escalate",
    "find_draft",
    "give_back_to_ai",
    "hand_over",
    "limit_turn",
    "link",
    "link_files",
    "lock_survivor",
    "lock_ticket",
    "merge",
    "open_or_continue",
    "open_ticket",
    "rate",
    "refuse_conflicts",
    "refuse_stale",
    "refuse_unfilled",
    "release",
    "reopen",
    "reply_as_customer",
    "reply_as_staff",
    "save_draft",
    "send_later",
    "set_category",
    "set_context",
    "set_copies",
    "set_custom_fields",
    "set_priority",
    "set_requester",
    "set_subject",
    "set_tags",
    "set_watchers",
    "settle_pending_turns",
    "settle_turn",
    "snooze",
    "split",
    "split_off",
    "take_back",
    "touch",
    "trash",
    "unlink",
    "unmerge",
    "wait_again",
    "wake",
    "write_message",
]
