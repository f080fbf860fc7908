"""Filters as the small numbers that stand in the columns, and what they pick."""

from dataclasses import dataclass

from .columns import Columns, Ints
from .months import CODES, COLUMNS, Scope

UNKNOWN = -1
"""The code of a name that nobody ever used; it matches nothing."""


@dataclass(frozen=True)
class Codes:
    """What a report is narrowed to; `tag` 0 is every ticket."""

    contexts: int | None = None
    teams: int | None = None
    agents: int | None = None
    tag: int = 0

    @property
    def columns(self) -> dict[str, int]:
        """The codes that entries must have, by column."""
        return {name: code for name in CODES if (code := getattr(self, name)) is not None}

    @property
    def scope(self) -> tuple[Scope, int]:
        """The smallest part of the rolled-up months that holds all that is picked."""
        if self.tag:
            return Scope.TAG, self.tag
        for scope in (Scope.AGENT, Scope.TEAM, Scope.CONTEXT):
            if (code := getattr(self, COLUMNS[scope])) is not None:
                return scope, code
        return Scope.ALL, 0

    @property
    def besides(self) -> dict[str, int]:
        """The codes that entries of that part must have besides."""
        own = COLUMNS.get(self.scope[0])
        return {name: code for name, code in self.columns.items() if name != own}

    def apply(self, entries: Columns) -> Columns:
        """The entries that are picked."""
        mask: Ints | None = None
        for name, code in self.columns.items():
            holds = getattr(entries, name) == code
            mask = holds if mask is None else mask & holds
        return entries if mask is None else entries.where(mask)
