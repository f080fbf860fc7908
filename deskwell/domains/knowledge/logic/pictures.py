"""Kind and size of a picture, read from its first bytes."""

import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    mime_type: str
    extension: str
    width: int
    height: int


def picture_facts(content: bytes) -> Picture | None:
    """Kind, width and height of a PNG, JPEG, GIF or WebP; None for anything else."""
    for read in (_png, _gif, _webp, _jpeg):
        try:
            found = read(content)
        except (struct.error, IndexError):
            continue
        if found and 0 < found.width <= 20_000 and 0 < found.height <= 20_000:
            return found
    return None


def _png(content: bytes) -> Picture | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return Picture("image/png", "png", width, height)


def _gif(content: bytes) -> Picture | None:
    if content[:6] not in {b"GIF87a", b"GIF89a"}:
        return None
    width, height = struct.unpack("<HH", content[6:10])
    return Picture("image/gif", "gif", width, height)


def _webp(content: bytes) -> Picture | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
    elif kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", content[26:30]))
    else:
        return None
    return Picture("image/webp", "webp", width, height)


def _jpeg(content: bytes) -> Picture | None:
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at < len(content) - 9:
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture("image/jpeg", "jpg", width, height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
