"""What one can do with service levels, calendars and clocks."""

from .calendars import delete_calendar, preview_calendar, save_calendar
from .clocks import begin, follow, rebuild, rematch, settle
from .definitions import delete_sla, order_slas, preview_sla, save_sla
from .status import explain, status_of
from .versions import renew_versions

__all__ = [
    "begin",
    "delete_calendar",
    "delete_sla",
    "explain",
    "follow",
    "order_slas",
    "preview_calendar",
    "preview_sla",
    "rebuild",
    "rematch",
    "renew_versions",
    "save_calendar",
    "save_sla",
    "settle",
    "status_of",
]
