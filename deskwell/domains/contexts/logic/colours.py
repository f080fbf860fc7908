"""A brand's colour made readable: on paper, on black, and under its own label."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
DEFAULT = "#3d4fb8"
PALETTE: Mapping[str, str] = {
    "neutral": "#5b6470",
    "accent": "#0f7c80",
    "blue": "#2563c4",
    "green": "#1f7f4c",
    "amber": "#a76a00",
    "orange": "#c2570c",
    "red": "#c5303a",
    "violet": "#7445c9",
}
"""The colours a context can be given by name."""
LIGHT_PAPER, DARK_PAPER = "#f3f1ec", "#1c1d20"
READABLE = 4.9  # above the 4.5 of WCAG AA, so that tinted backgrounds still pass

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """A brand's colour as it is used: a fill, the label on it, and as text on paper and on black."""

    fill: str
    ink: str
    on_light: str
    on_dark: str


def look_of(colour: str | None) -> Look:
    """Make a brand's colour, a hex value or a name of the palette, readable wherever it is used."""
    brand = _parse(colour) or _rgb(DEFAULT)
    ink = "#ffffff" if contrast(brand, (1, 1, 1)) >= contrast(brand, _rgb("#16161a")) else "#16161a"
    return Look(
        fill=_hex(_until_readable(brand, _rgb(ink), towards=(0, 0, 0) if ink == "#ffffff" else (1, 1, 1))),
        ink=ink,
        on_light=_hex(_until_readable(brand, _rgb(LIGHT_PAPER), towards=(0, 0, 0))),
        on_dark=_hex(_until_readable(brand, _rgb(DARK_PAPER), towards=(1, 1, 1))),
    )


def brand_style(colour: str | None) -> str:
    """CSS variables of a brand: its colour, a label on it, and readable versions for both themes."""
    look = look_of(colour)
    return (
        f":root{{--brand:{look.fill};--brand-ink:{look.ink};"
        f"--brand-on-light:{look.on_light};--brand-on-dark:{look.on_dark}}}"
    )


def contrast(a: Rgb, b: Rgb) -> float:
    """The contrast ratio of WCAG, from 1 to 21."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _until_readable(colour: Rgb, against: Rgb, *, towards: Rgb) -> Rgb:
    for step in range(21):
        share = step / 20
        mixed = tuple(c + (t - c) * share for c, t in zip(colour, towards, strict=True))
        if contrast(mixed, against) >= READABLE:  # type: ignore[arg-type]
            return mixed  # type: ignore[return-value]
    return towards


def _luminance(colour: Rgb) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parse(text: str | None) -> Rgb | None:
    text = PALETTE.get(text or "", text)
    return _rgb(text) if text and _HEX.fullmatch(text.strip()) else None


def _rgb(text: str) -> Rgb:
    digits = text.strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    r, g, b = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return (r, g, b)


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in colour)
