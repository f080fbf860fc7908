"""Templates: which placeholders there are, and a template filled in as text and as HTML."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from deskwell.core.placeholders import render, unknown

from .composing import html_to_plain, in_layout, markdown_to_html, one_header_line, text_to_html
from .html import sanitise

PLACEHOLDERS = (
    "ticket_id",
    "ticket_number",
    "ticket_subject",
    "ticket_status",
    "ticket_priority",
    "ticket_url",
    "customer_name",
    "customer_first_name",
    "customer_email",
    "agent_name",
    "agent_email",
    "message",
    "signature",
    "context",
    "company_name",
    "created_at",
)
_RICH = frozenset({"message", "signature"})


@dataclass(frozen=True)
class Words:
    """A template's words, stored or still being written."""

    subject: str
    text: str
    html: str | None = None
    constants: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Filled:
    """A template with a ticket's values in it."""

    subject: str
    text: str
    html: str


def unknown_placeholders(words: Words) -> list[str]:
    """Placeholders that nothing will ever fill."""
    known = {*PLACEHOLDERS, *(words.constants or {})}
    found = [name for part in (words.subject, words.text, words.html or "") for name in unknown(part, known)]
    return list(dict.fromkeys(found))


def fill(
    words: Words, values: Mapping[str, str], *, message_html: str | None = None, footer: str = ""
) -> Filled:
    """Subject, text and HTML in the layout; a value without content leaves no hole of empty lines."""
    full = dict.fromkeys(PLACEHOLDERS, "") | dict(words.constants or {}) | dict(values)
    subject = one_header_line(render(words.subject, full))
    text = _without_holes(render(words.text, full | {"message": unescaped(full["message"])}))
    rich = {name: value if name not in _RICH else f"\ue010{name}\ue011" for name, value in full.items()}
    if words.html:
        body = sanitise(render(words.html, rich, as_html=True)).replace('src="remote:', 'src="')
    else:
        body = text_to_html(
            _without_holes(render(words.text, {k: v if v or k not in _RICH else "" for k, v in rich.items()}))
        )
    for name in _RICH:
        value = full.get(name, "")
        shown = message_html if name == "message" and message_html else markdown_to_html(value)
        mark = f"\ue010{name}\ue011"
        body = body.replace(f"<p>{mark}</p>", shown).replace(mark, shown)
    return Filled(subject, text, in_layout(body, title=subject, footer=html.escape(footer)))


def unescaped(markdown: str) -> str:
    """Markdown as plain text has it: a mark that was meant as a sign stands without its backslash."""
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!~>|=@])", r"\1", markdown)


def plain_twin(source: str) -> str:
    """The text of an HTML body that has none."""
    return html_to_plain(source)


def _without_holes(text: str) -> str:
    lines = text.split("\n")
    kept = [line for i, line in enumerate(lines) if line.strip() or (i and lines[i - 1].strip())]
    return "\n".join(kept).strip()
