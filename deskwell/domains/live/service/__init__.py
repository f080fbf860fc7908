"""Signals, presence, and the feed that streams them together with the facts of the log."""

from .feed import Feed, Item
from .presence import list_presence, set_presence, signal, sweep

__all__ = ["Feed", "Item", "list_presence", "set_presence", "signal", "sweep"]
