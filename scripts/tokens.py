"""Whether every colour, type size, radius, space, shadow and motion of the web app comes from its tokens.

python -m scripts.tokens

Sizes that follow the window, the parent or a grid are layout and free: `max-h-[80vh]`, `grid-cols-[1fr_auto]`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).resolve().parent.parent / "web" / "src"

# What holds the values, and files whose values are not the product's own look.
ALLOWED = {
    "ui/tokens.css": "the tokens",
    "ui/styles.css": "gives the tokens their Tailwind names",
    "features/contexts/look.tsx": "colours a brand may choose, and the ink that is readable on them",
    "features/contexts/context-form.tsx": "the colour a new brand starts with",
    "features/contexts/strings.ts": "an example of a colour's notation",
    "features/portal/brand.tsx": "compares the ink of a brand the server has chosen",
    "features/email/html-frame.tsx": "a strange mail in a document of its own, which is always paper",
}

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\b(?:rgba?|hsla?|oklch|oklab)\(")
BRACKETS = re.compile(r"(?<![\w-])((?:[\w-]+:)*)(-?[a-z][\w-]*)-\[([^\]\s]+)\]")
# Of these the value in brackets must be layout: relative to window, parent, grid, or a list of properties.
STRAY = {
    "colour, type, radius, shadow or motion": re.compile(
        r"^(text|bg|border|ring|outline|fill|stroke|from|via|to|rounded|shadow|leading|tracking|font|duration|delay|ease|animate|blur)(-|$)"
    ),
    "space": re.compile(
        r"^-?(p|m|px|py|pt|pr|pb|pl|mx|my|mt|mr|mb|ml|gap|gap-x|gap-y|space-x|space-y|inset|top|left|right|bottom)$"
    ),
    "size": re.compile(r"^(size|w|h|min-w|max-w|min-h|max-h|basis)$"),
}
LAYOUT = re.compile(r"%|\dd?v[hw]|\dem$|inherit|^calc\(|^min\(|^max\(|^image:|^length:")
TAILWIND = re.compile(
    r"\b(?:duration|delay)-\d+\b|\b(?:text|bg|border|ring|fill|stroke)-(?:slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|"
    r"emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\d{2,3}\b"
)


def strays_in(path: str, text: str) -> Iterator[str]:
    """One line for each value of the file's own."""
    if path in ALLOWED:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(("//", "*", "/*")):
            continue
        for found in (*COLOUR.finditer(line), *TAILWIND.finditer(line)):
            yield f"{path}:{number}: value of its own: {found[0]}"
        for found in BRACKETS.finditer(line):
            _, name, value = found.groups()
            kind = next((kind for kind, names in STRAY.items() if names.match(name)), None)
            if kind and not LAYOUT.search(value):
                yield f"{path}:{number}: {kind} of its own: {found[0]}"


def main() -> int:
    """Name every stray value."""
    files = [p for p in SRC.rglob("*") if p.suffix in {".ts", ".tsx", ".css"} and ".test." not in p.name]
    strays = [
        stray
        for file in sorted(files)
        if file.name != "schema.d.ts"
        for stray in strays_in(file.relative_to(SRC).as_posix(), file.read_text())
    ]
    strays += [f"{name}: allowed, but is no more" for name in ALLOWED if not (SRC / name).exists()]
    print("\n".join(strays) or f"{len(files)} files use tokens only.")
    if strays:
        print("\nTake a token of web/src/ui/tokens.css or styles.css, or add one there.")
    return 1 if strays else 0


if __name__ == "__main__":
    sys.exit(main())
