"""What a file may be called, and how its name travels in a header."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 180
UNWANTED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
DEVICES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def clean_name(raw: str | None) -> str:
    """The name without folders, invisible characters, leading dots and characters no disk takes."""
    name = (raw or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = unicodedata.normalize("NFC", name)
    name = UNWANTED.sub("_", "".join(c for c in name if not _is_invisible(c)))
    name = " ".join(name.split()).strip(". ")
    if DEVICES.match(name):
        name = f"_{name}"
    return _shortened(name) or "file"


def _is_invisible(character: str) -> bool:
    """Zero-width, direction marks, surrogates: they make one name look like another."""
    return unicodedata.category(character) in {"Cf", "Cs", "Co", "Cn", "Cc"}


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 12:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(extension) - 1]}.{extension}"


def content_disposition(name: str, *, inline: bool = False) -> str:
    """The header of RFC 6266: a plain form for old clients and the real name by RFC 5987."""
    kind = "inline" if inline else "attachment"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%;\r\n]', "_", plain).strip() or "file"
    if plain.startswith("."):
        plain = f"file{plain}"
    header = f'{kind}; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"
