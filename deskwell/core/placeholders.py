"""`{{placeholders}}` in templates, macros and canned responses: a fixed dictionary, one pass, no logic."""

import html
import re
from collections.abc import Iterable, Mapping

_PLACEHOLDER = re.compile(r"\{\{\s*([a-zA-Z_][\w.]{0,63})\s*\}\}")
_LOOSE = re.compile(r"\{\{([^{}]{0,200})\}\}")


def names(text: str) -> list[str]:
    """Return the placeholders of a text in order of appearance, also ill-formed ones, each once."""
    return list(dict.fromkeys(match.group(1).strip() for match in _LOOSE.finditer(text)))


def unknown(text: str, known: Iterable[str]) -> list[str]:
    """Return the placeholders of a text that do not exist."""
    allowed = set(known)
    return [name for name in names(text) if name not in allowed]


def render(text: str, values: Mapping[str, str], *, as_html: bool = False) -> str:
    """Fill the placeholders in; one without a value stays as it is. A value's own braces are not looked at again."""

    def fill(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        if value is None:
            return match.group(0)
        return html.escape(value) if as_html else value

    return _PLACEHOLDER.sub(fill, text)
