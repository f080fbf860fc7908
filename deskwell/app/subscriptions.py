"""Who reacts to what, in which order. Vital reactions share the fate of the fact; the others may fail alone.

Order matters: the clock starts before rules look at it, and rules come before the AI, because a rule may give the
ticket to a person. One line a domain and event.
"""

from deskwell.core.events import Bus


def build_bus() -> Bus:
    """Return the bus with all reactions subscribed."""
    return Bus()
