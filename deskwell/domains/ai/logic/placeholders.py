"""Personal data goes to a provider as placeholders and comes back as itself."""

import re
from dataclasses import dataclass, field

from deskwell.core.redaction import Kind, find_personal_data

_MARK = re.compile(r"\[\[?(EMAIL|PHONE|CARD|IBAN)_(\d+)\]?\]")


@dataclass
class Placeholders:
    """One table for a whole prompt: the same value gets the same mark in every text."""

    values: dict[str, str] = field(default_factory=dict)

    def hide(self, text: str) -> str:
        parts: list[str] = []
        position = 0
        for finding in find_personal_data(text):
            parts += [
                text[position : finding.start],
                self._mark(finding.kind, text[finding.start : finding.end]),
            ]
            position = finding.end
        return "".join([*parts, text[position:]])

    def restore(self, text: str) -> str:
        """Marks back to values; a mark that nobody gave out is dropped."""
        return _MARK.sub(lambda m: self.values.get(f"[[{m[1]}_{m[2]}]]", ""), text)

    def _mark(self, kind: Kind, value: str) -> str:
        for mark, known in self.values.items():
            if known == value:
                return mark
        mark = f"[[{kind.upper()}_{len(self.values) + 1}]]"
        self.values[mark] = value
        return mark
