"""Bytes to text for mail: WHATWG labels first, then what mail really carries, and never an empty result.

The standard library's codec names are not used directly: they hold `punycode` and `rot13`, which turn text
into other text, and they lack what mail programs write (`cp-850`, `ks_c_5601-1987`, `unicode-1-1-utf-7`).
"""

import codecs
import re

from .charset_labels import LABELS

_BY_LABEL = {label: codec for codec, labels in LABELS.items() for label in labels.split()}
_BY_SQUEEZED = {re.sub(r"[^a-z0-9]", "", label): codec for label, codec in _BY_LABEL.items()}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED_BY_HABIT = {"cp1252"}  # programs write "iso-8859-1" or "us-ascii" whatever the bytes are
_WEAK_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE
)
_XML_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.\-]{2,40})""")


def codec_of(label: str | None) -> str | None:
    """The codec for a charset label as mail and web know it, None for an unknown one."""
    if not label:
        return None
    cleaned = label.strip().strip("\"'").lower()
    if cleaned.startswith("3d"):  # a quoted-printable "=3D" that lost its sign
        cleaned = cleaned[2:].strip("\"'")
    if cleaned in _BY_LABEL:
        return _BY_LABEL[cleaned]
    squeezed = re.sub(r"[^a-z0-9]", "", cleaned)
    return _BY_SQUEEZED.get(squeezed) or _BY_SQUEEZED.get(squeezed.removeprefix("charset"))


def decode(data: bytes, label: str | None = None, *, fallback: str | None = None) -> str:
    """Text of `data`, which claims the charset `label`; `fallback` is tried when the label says nothing.

    A label that the bytes contradict loses against valid UTF-8; in the end windows-1252 reads anything.
    """
    for bom, marked in _BOMS:
        if data.startswith(bom) and (
            marked == "utf-8" or codec_of(label) not in {"cp1252", "utf-8"} or len(data) % 2 == 0
        ):
            return data.decode(marked, "replace").removeprefix("\ufeff")
    if data.isascii() and b"\x1b" not in data and codec_of(label) not in _NOT_ASCII:
        return data.decode("ascii")
    codec = codec_of(label)
    if codec is None or codec in _DECLARED_BY_HABIT:
        return _decode_unlabelled(data, None if codec else fallback)
    if codec == "utf-8":
        return _decode_utf8(data, fallback)
    return _decode_by(codec, data)


_NOT_ASCII = {
    "utf-7",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "hz",
    "iso-2022-jp",
    "iso2022_kr",
    "cp037",
    "cp500",
}


def declared_in_html(data: bytes) -> str | None:
    """The charset an HTML or XML document names itself."""
    head = data[:4096]
    found = _WEAK_META.search(head) or _XML_DECLARATION.search(head)
    if not found:
        return None
    label = found.group(1).decode("ascii")
    # A document that says UTF-16 in ASCII letters is not UTF-16.
    return None if label.lower().startswith(("utf-16", "utf-32")) else label


def clean(text: str) -> str:
    """Text the database accepts: newlines unified, no NUL, no lone surrogate, no control characters."""
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if _UNWANTED.search(text):
        text = _SURROGATES.sub("\ufffd", text).translate(_CONTROLS)
    return text


_CONTROLS = {c: None for c in range(32) if c not in {9, 10}} | {127: None}
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def _decode_unlabelled(data: bytes, fallback: str | None) -> str:
    if _looks_like_iso_2022_jp(data):
        return _decode_iso_2022_jp(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    codec = codec_of(fallback)
    if codec and codec not in {"utf-8", "cp1252"}:
        return _decode_by(codec, data)
    if _is_nearly_utf8(data):
        return data.decode("utf-8", "replace")
    return data.decode("cp1252", "c1-controls")


def _decode_utf8(data: bytes, fallback: str | None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if (joined := _with_joined_surrogates(data)) is not None:
            return joined
        if _is_nearly_utf8(data):
            return data.decode("utf-8", "replace")
        return _decode_unlabelled(data, fallback)


def _with_joined_surrogates(data: bytes) -> str | None:
    """CESU-8: characters outside the first plane as two halves of three bytes each, as Oracle and Java write them."""
    if b"\xed\xa0" not in data and not _HALVES.search(data):
        return None
    try:
        return (
            data.decode("utf-8", "surrogatepass")
            .encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
        )
    except UnicodeDecodeError:
        return None


_HALVES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf]")


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is well-formed UTF-8: a cut character, not another charset."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return good > 0 and broken <= max(1, good // 4)


def _decode_by(codec: str, data: bytes) -> str:
    if codec == "iso-2022-jp":
        return _decode_iso_2022_jp(data)
    if codec == "euc-jp":
        return _decode_euc_jp(data)
    if codec not in _MULTIBYTE and (text := _is_really_utf8(data, at_least=4 if codec == "cp874" else 1)):
        return text
    if codec in _WINDOWS_TWINS and _C1.search(data):
        codec = _WINDOWS_TWINS[codec]
    if codec == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8")  # the label lied
    except UnicodeDecodeError:
        if codec == "iso8859-8":
            codec = "cp1255"  # with vowel points
        return data.decode(codec, "c1-controls" if codec.startswith("cp125") else "replace")


_MULTIBYTE = {
    "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "hz", "big5hkscs", "cp932", "cp949", "iso2022_kr", "johab", "cp037", "cp500",
}  # fmt: skip


def _is_really_utf8(data: bytes, *, at_least: int) -> str | None:
    """The text when a label of single bytes lies: hardly any such text is well-formed UTF-8 by chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if sum(c > "\x7f" for c in text) >= at_least else None


# What says ISO and holds bytes that are letters only on Windows was written there.
_WINDOWS_TWINS = {
    "iso8859-2": "cp1250", "iso8859-6": "cp1256", "iso8859-7": "cp1253", "iso8859-13": "cp1257", "iso8859-15": "cp1252",
}  # fmt: skip
_C1 = re.compile(rb"[\x80-\x9f]")


def _looks_like_iso_2022_jp(data: bytes) -> bool:
    return b"\x1b$B" in data or b"\x1b$@" in data


def _decode_iso_2022_jp(data: bytes) -> str:
    """JIS by its escapes, through Shift_JIS so that the NEC and IBM extensions (①, ㈱, 髙) are read too."""
    try:
        return data.decode("iso2022_jp_2")
    except UnicodeDecodeError:
        pass
    out: list[str] = []
    mode = b"(B"
    for index, chunk in enumerate(re.split(rb"\x1b(\$\(D|\$B|\$@|\(B|\(J|\(I|\$A|\$\(C)", data)):
        if index % 2:
            mode = chunk
        elif mode in {b"$B", b"$@"}:
            lines = re.split(rb"(\r?\n)", chunk)
            out.extend(_jis_to_text(x) if i % 2 == 0 else x.decode() for i, x in enumerate(lines))
        elif mode == b"(I":
            out.append(bytes(b | 0x80 for b in chunk).decode("cp932", "replace"))
        elif mode == b"$(D":
            out.append(
                bytes(b"\x8f".join([b"", *[bytes((a | 0x80, c | 0x80)) for a, c in _pairs(chunk)]])).decode(
                    "euc_jp", "replace"
                )
            )
        else:
            out.append(_decode_unlabelled_ascii(chunk))
    return "".join(out)


def _decode_unlabelled_ascii(chunk: bytes) -> str:
    return chunk.decode("ascii") if chunk.isascii() else chunk.decode("cp932", "replace")


def _pairs(chunk: bytes) -> list[tuple[int, int]]:
    return list(zip(chunk[::2], chunk[1::2], strict=False))


def _jis_to_text(chunk: bytes) -> str:
    shifted = bytearray()
    for first, second in _pairs(chunk):
        a, b = first & 0x7F, second & 0x7F
        shifted.append(((a - 0x21) >> 1) + (0x81 if a < 0x5F else 0xC1) & 0xFF)
        shifted.append((b + (0x1F if b < 0x60 else 0x20) if a & 1 else b + 0x7E) & 0xFF)
    return bytes(shifted).decode("cp932", "replace")


def _decode_euc_jp(data: bytes) -> str:
    try:
        return data.decode("euc_jp")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("euc_jis_2004", "replace")


def _keep_c1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("c1-controls", _keep_c1)
