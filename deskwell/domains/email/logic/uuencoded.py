"""Files written into the text by uuencode, as old programs still do."""

import binascii
import re

from .charsets import clean, decode

MAX_UU = 30_000_000
UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.MULTILINE)


def take_uuencoded(data: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Text without its uuencoded files, and those."""
    files: list[tuple[str, bytes]] = []
    kept = bytearray()
    position = failed = 0
    for match in UU_BEGIN.finditer(data):
        if match.start() < position:
            continue
        content, length = undo_uu(data[match.end() : match.end() + MAX_UU])
        if length < 0:
            failed += 1
            if failed > 20:
                break
            continue
        kept += data[position : match.start()]
        files.append((clean(decode(match[1].strip())), content))
        position = match.end() + length
        if len(files) >= 100:
            break
    return bytes(kept + data[position:]), files


def undo_uu(data: bytes) -> tuple[bytes, int]:
    """The decoded file and how many bytes it took; -1 when it has no proper end."""
    out, position = bytearray(), 0
    while position < len(data):
        stop = data.find(b"\n", position)
        after = len(data) if stop < 0 else stop + 1
        line = data[position:after].rstrip(b"\r\n")
        position = after
        if line.strip() == b"end":
            return bytes(out), position
        if not line or line in {b"`", b" "}:
            continue
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out += binascii.a2b_uu(line[:wanted])
            except binascii.Error:
                return bytes(out), -1
    return bytes(out), -1
