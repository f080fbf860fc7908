"""What there is to be told of, and who is mentioned in a note. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Kind:
    """One kind of notification: its words on the preferences page, its sentence, and its defaults."""

    label: str
    sentence: str
    in_app: bool = True
    by_mail: bool = False


KINDS: Mapping[str, Kind] = {
    "mentioned": Kind(
        "Somebody mentions me or my team in a note", "{actor} mentioned you on {ticket}", by_mail=True
    ),
    "assigned": Kind("A ticket is given to me", "{actor} gave you {ticket}", by_mail=True),
    "team_assigned": Kind("A ticket comes to one of my teams", "{ticket} came to your team"),
    "customer_replied": Kind("A customer writes on a ticket of mine", "{actor} replied on {ticket}"),
    "agent_replied": Kind("A colleague answers on a ticket of mine", "{actor} answered on {ticket}"),
    "note_added": Kind("A colleague writes a note on a ticket of mine", "{actor} left a note on {ticket}"),
    "escalated": Kind("A customer waits for a person", "{ticket} waits for a person"),
    "new_ticket": Kind("Any new ticket arrives", "{actor} opened {ticket}", in_app=False),
    "rated_low": Kind("An answer on a ticket of mine is rated 1 or 2", "{actor} was not happy on {ticket}"),
    "sla_warned": Kind("A ticket of mine is close to its deadline", "{ticket} is close to its deadline"),
    "sla_broken": Kind(
        "A ticket of mine is past its deadline", "{ticket} is past its deadline", by_mail=True
    ),
    "rule": Kind("A rule tells me something", "{text}"),
}


def sentence(kind: str, *, actor: str, ticket: str, text: str = "") -> str:
    """The sentence a person reads; names are put in as they are, never as patterns."""
    known = KINDS.get(kind)
    words = {"actor": actor or "Somebody", "ticket": ticket or "a ticket", "text": text}
    return re.sub(r"\{(\w+)\}", lambda m: words[m.group(1)], known.sentence if known else "{text}")


@dataclass(frozen=True)
class Mentions:
    """The people and teams a note calls."""

    people: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()


_LINK = re.compile(r"@\[[^\]\n]{1,200}\]\((?:(user|team|agent):)?([0-9a-fA-F-]{36})\)")
_WORD_BEFORE = re.compile(r"[\w.@]$")


def find_mentions(text: str, people: Mapping[UUID, tuple[str, str]], teams: Mapping[UUID, str]) -> Mentions:
    """Find `@Name`, `@address`, `@Team name` and the composer's `@[Name](id)` in a note.

    people: name and address by id. Of several names that fit, the longest is meant; a name that
    two people share calls both, so that nobody is missed.
    """
    found_people, found_teams = set[UUID](), set[UUID]()
    for kind, text_id in _LINK.findall(text):
        target = _uuid(text_id)
        if target in teams and kind in {"team", ""}:
            found_teams.add(target)
        elif target in people and kind != "team":
            found_people.add(target)
    called: dict[str, list[tuple[str, UUID]]] = {}
    for person, words in people.items():
        for word in words:
            called.setdefault(word.casefold().strip(), []).append(("person", person))
    for team, title in teams.items():
        called.setdefault(title.casefold().strip(), []).append(("team", team))
    called.pop("", None)
    names = sorted(called, key=len, reverse=True)
    folded = text.casefold()
    for start in (m.end() for m in re.finditer("@", folded)):
        if _WORD_BEFORE.search(folded[: start - 1]):
            continue
        name: str | None = next((n for n in names if _is_called(folded, start, n)), None)
        for what, key in called.get(name or "", ()):
            (found_people if what == "person" else found_teams).add(key)
    return Mentions(frozenset(found_people), frozenset(found_teams))


def _uuid(text: str) -> UUID:
    """The id in the text; a made-up one where the digits are in the wrong places, so that it fits nobody."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _is_called(text: str, start: int, name: str) -> bool:
    end = start + len(name)
    return text.startswith(name, start) and not (
        end < len(text) and (text[end].isalnum() or text[end] == "_")
    )
