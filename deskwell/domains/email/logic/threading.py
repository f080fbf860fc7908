"""Which ticket a mail belongs to, decided from clues. Pure: the clues are looked up elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID


class Trust(IntEnum):
    """How good a clue is; a lower number is better."""

    REPLY_TOKEN = 0
    SIGNED_ID = 1
    KNOWN_ID = 2
    LATER_REPLY = 3
    SAME_PARENT = 4
    SUBJECT = 5


@dataclass(frozen=True)
class Clue:
    """Something in a mail that points to a ticket. `position` orders clues of one kind, the nearest first."""

    trust: Trust
    ticket_id: UUID
    position: int = 0


@dataclass(frozen=True)
class Decision:
    """Where a mail goes: into `ticket_id`, or into a new ticket, perhaps linked to `linked_to`."""

    ticket_id: UUID | None = None
    linked_to: UUID | None = None
    by: Trust | None = None


def decide(
    clues: Sequence[Clue], participants: Mapping[UUID, frozenset[str]], sender: str | None
) -> Decision:
    """The ticket of the best clue whose participants know the sender; a stranger gets a linked ticket of their own.

    A subject alone is no clue for a stranger: it would only tell that a ticket with this subject exists; nor is a
    parent in common that never came here.
    """
    ordered = sorted(clues, key=lambda clue: (clue.trust, clue.position))
    for clue in ordered:
        if sender and sender in participants.get(clue.ticket_id, frozenset()):
            return Decision(ticket_id=clue.ticket_id, by=clue.trust)
    for clue in ordered:
        if clue.trust < Trust.SAME_PARENT and clue.ticket_id in participants:
            return Decision(linked_to=clue.ticket_id, by=clue.trust)
    return Decision()
