"""`winmail.dat`: what Outlook packs into application/ms-tnef, unpacked with bounds."""

import re
import struct
from dataclasses import dataclass, field

from .charsets import clean, decode

_SIGNATURE = 0x223E9F78
_MAX_ATTRIBUTES = 10_000
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = {0x0D, 0x1E, 0x1F, 0x102}
_RTF_PRELOAD = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


@dataclass
class TnefFile:
    """A file inside winmail.dat."""

    name: str = ""
    content: bytes = b""
    content_type: str = ""
    content_id: str = ""


@dataclass
class Tnef:
    """What was found: the body in up to three forms, and the files."""

    text: str = ""
    html: str = ""
    rtf: str = ""
    files: list[TnefFile] = field(default_factory=list)


def read_tnef(data: bytes) -> Tnef | None:
    """The content of a TNEF stream, None when it is none. A damaged one is read up to the damage."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return None
    found, codepage, position = Tnef(), "cp1252", 6
    current: TnefFile | None = None
    for _ in range(_MAX_ATTRIBUTES):
        if position + 9 > len(data):
            break
        _level, attribute, length = struct.unpack_from("<BII", data, position)
        position += 9
        value = data[position : position + length]
        position += length + 2
        tag = attribute & 0xFFFF
        if tag == 0x9007 and len(value) >= 4:
            codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif tag == 0x800C:
            found.text = clean(decode(value.rstrip(b"\0"), codepage))
        elif tag == 0x9003:
            _read_message(value, codepage, found)
        elif tag == 0x9002:
            current = TnefFile()
            found.files.append(current)
        elif current and tag == 0x8010:
            current.name = current.name or clean(decode(value.rstrip(b"\0"), codepage))
        elif current and tag == 0x800F:
            current.content = value
        elif current and tag == 0x9005:
            _read_file(value, codepage, current)
    found.files = [file for file in found.files if file.content or file.name]
    return found


def _read_message(value: bytes, codepage: str, found: Tnef) -> None:
    properties = _properties(value)
    if 0x1000 in properties:
        found.text = _text(properties[0x1000], codepage) or found.text
    if 0x1013 in properties:
        found.html = _text(properties[0x1013], codepage)
    if 0x1009 in properties:
        found.rtf = rtf_to_text(_decompress_rtf(properties[0x1009][1]))


def _read_file(value: bytes, codepage: str, file: TnefFile) -> None:
    properties = _properties(value)
    for tag, attribute in ((0x3707, "name"), (0x370E, "content_type"), (0x3712, "content_id")):
        if tag in properties:
            setattr(file, attribute, _text(properties[tag], codepage) or getattr(file, attribute))
    if 0x3701 in properties and not file.content:
        content = properties[0x3701][1]
        # An embedded message starts with the identifier of its interface.
        file.content = content[16:] if properties[0x3701][0] == 0x0D else content
        if properties[0x3701][0] == 0x0D:
            file.name = file.name or "message.dat"


def _text(value: tuple[int, bytes], codepage: str) -> str:
    kind, data = value
    text = data.decode("utf-16-le", "replace") if kind == 0x1F else decode(data, codepage)
    return clean(text.rstrip("\0"))


def _properties(data: bytes) -> dict[int, tuple[int, bytes]]:
    """MAPI properties by number: their type and, for lists, the first value."""
    found: dict[int, tuple[int, bytes]] = {}
    try:
        (count,) = struct.unpack_from("<I", data)
        position = 4
        for _ in range(min(count, _MAX_ATTRIBUTES)):
            kind, number = struct.unpack_from("<HH", data, position)
            position += 4
            if number >= 0x8000:
                (by_name,) = struct.unpack_from("<I", data, position + 16)
                position += 20
                (size,) = struct.unpack_from("<I", data, position)
                position += 4 + (_padded(size) if by_name else 0)
            is_list, base = bool(kind & 0x1000), kind & 0x0FFF
            if base in _VARIABLE:
                (values,) = struct.unpack_from("<I", data, position)
                position += 4
                for index in range(min(values, _MAX_ATTRIBUTES)):
                    (size,) = struct.unpack_from("<I", data, position)
                    if index == 0:
                        found.setdefault(number, (base, data[position + 4 : position + 4 + size]))
                    position += 4 + _padded(size)
            else:
                values = 1
                if is_list:
                    (values,) = struct.unpack_from("<I", data, position)
                    position += 4
                position += _FIXED.get(base, 4) * min(values, _MAX_ATTRIBUTES)
    except struct.error:
        pass  # cut off: what was read so far counts
    return found


def _padded(size: int) -> int:
    return size + (-size % 4)


def _decompress_rtf(data: bytes) -> bytes:
    """The LZFu compression of MAPI."""
    if len(data) < 16:
        return b""
    _packed, unpacked, magic = struct.unpack_from("<III", data)
    if magic == 0x414C454D:
        return data[16 : 16 + unpacked]
    if magic != 0x75465A4C or unpacked > 50_000_000:
        return b""
    window = bytearray(_RTF_PRELOAD.ljust(4096, b" "))
    write, out, position = len(_RTF_PRELOAD), bytearray(), 16
    while position < len(data) and len(out) < unpacked:
        flags = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data):
                break
            if not flags >> bit & 1:
                out.append(data[position])
                window[write] = data[position]
                write = (write + 1) % 4096
                position += 1
                continue
            if position + 1 >= len(data):
                return bytes(out)
            token = data[position] << 8 | data[position + 1]
            position += 2
            offset = token >> 4
            if offset == write:
                return bytes(out)
            for step in range((token & 15) + 2):
                byte = window[(offset + step) % 4096]
                out.append(byte)
                window[write] = byte
                write = (write + 1) % 4096
    return bytes(out)


_RTF = re.compile(
    rb"\\(?:'([0-9a-fA-F]{2})|u(-?\d{1,6}) ?\??|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_RTF_SKIPPED = {
    b"fonttbl",
    b"colortbl",
    b"stylesheet",
    b"info",
    b"pict",
    b"listtable",
    b"generator",
    b"themedata",
    b"header",
    b"footer",
}


def rtf_to_text(data: bytes) -> str:
    """The plain text of an RTF document; markup it carries for HTML is left out."""
    out: list[str] = []
    stack: list[bool] = []
    is_skipped, pending = False, bytearray()
    codepage = "cp1252"

    def flush() -> None:
        if pending:
            out.append(decode(bytes(pending), codepage))
            pending.clear()

    for match in _RTF.finditer(data[:5_000_000]):
        hex_byte, number, word, argument, symbol, brace, plain = match.groups()
        if brace == b"{":
            stack.append(is_skipped)
        elif brace == b"}":
            is_skipped = stack.pop() if stack else False
        elif symbol == b"*" or word in _RTF_SKIPPED:
            is_skipped = True
        elif word == b"ansicpg" and argument:
            codepage = f"cp{argument.decode()}"
        elif word == b"htmlrtf":
            is_skipped = argument != b"0"
        elif is_skipped:
            continue
        elif hex_byte:
            pending.append(int(hex_byte, 16))
        elif number:
            flush()
            out.append(chr(int(number) % 65536))
        elif word in {b"par", b"line"}:
            flush()
            out.append("\n")
        elif word == b"tab":
            flush()
            out.append("\t")
        elif symbol in {b"\\", b"{", b"}"}:
            pending += symbol
        elif symbol == b"~":
            pending += b" "
        elif plain:
            pending += plain
    flush()
    return clean("".join(out)).strip()
