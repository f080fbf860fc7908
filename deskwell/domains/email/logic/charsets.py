"""Bytes to text for mail: WHATWG labels first, then what mail really carries, and never an empty result.

The standard library's codec names are not used directly: they hold `punycode` and `rot13`, which turn text
into other text, and they lack what mail programs write (`cp-850`, `ks_c_5601-1987`, `unicode-1-1-utf-7`).
"""

import codecs
import re

_LABELS = {
    "utf-8": "utf-8 utf8 utf8mb4 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig cp65001",
    "utf-7": "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7 csunicode11utf7",
    "utf-16": "utf-16 utf16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
    "utf-16-le": "utf-16le unicodefffe utf-16-le",
    "utf-16-be": "utf-16be utf-16-be",
    "utf-32": "utf-32 utf32 ucs-4",
    "cp1252": "windows-1252 cp1252 x-cp1252 ansi ascii us-ascii usascii ansi_x3.4-1968 ansi_x3.110-1983 "
    "iso646-us 646 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 latin1 latin-1 l1 cp819 "
    "ibm819 csisolatin1 iso-8859-1-windows-3.1-latin-1 win-1252 x-ansi western iso-8859",
    "cp1250": "windows-1250 cp1250 x-cp1250 win-1250",
    "cp1251": "windows-1251 cp1251 x-cp1251 win-1251 cyrillic-windows",
    "cp1253": "windows-1253 cp1253 x-cp1253",
    "cp1254": "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 iso-ir-148 "
    "latin5 latin-5 l5 csisolatin5",
    "cp1255": "windows-1255 cp1255 x-cp1255",
    "cp1256": "windows-1256 cp1256 x-cp1256",
    "cp1257": "windows-1257 cp1257 x-cp1257",
    "cp1258": "windows-1258 cp1258 x-cp1258",
    "cp874": "windows-874 cp874 dos-874 tis-620 tis620 iso-8859-11 iso8859-11 iso885911 tis-620-2533",
    "iso8859-2": "iso-8859-2 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 latin2 latin-2 l2 csisolatin2",
    "iso8859-3": "iso-8859-3 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 latin3 latin-3 l3 csisolatin3",
    "iso8859-4": "iso-8859-4 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 latin4 latin-4 l4 csisolatin4",
    "iso8859-5": "iso-8859-5 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 cyrillic csisolatincyrillic",
    "iso8859-6": "iso-8859-6 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 iso-ir-127 arabic asmo-708 csiso88596e "
    "csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i",
    "iso8859-7": "iso-8859-7 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 greek greek8 csisolatingreek "
    "ecma-118 elot_928 sun_eu_greek",
    "iso8859-8": "iso-8859-8 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 iso-ir-138 hebrew visual logical "
    "csiso88598e csiso88598i csisolatinhebrew iso-8859-8-e iso-8859-8-i",
    "iso8859-10": "iso-8859-10 iso8859-10 iso885910 iso-ir-157 latin6 latin-6 l6 csisolatin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913 latin7 latin-7",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914 latin8 latin-8",
    "iso8859-15": "iso-8859-15 iso8859-15 iso885915 iso_8859-15 csisolatin9 l9 latin9 latin-9 latin0",
    "iso8859-16": "iso-8859-16 iso8859-16 iso885916 latin10",
    "koi8-r": "koi8-r koi8 koi koi8_r cskoi8r",
    "koi8-u": "koi8-u koi8-ru",
    "cp866": "ibm866 cp866 866 csibm866 dos-866",
    "mac-roman": "macintosh mac x-mac-roman csmacintosh macroman mac-roman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian mac-cyrillic",
    "mac-latin2": "x-mac-ce x-mac-centraleurroman mac-ce",
    "mac-greek": "x-mac-greek",
    "mac-turkish": "x-mac-turkish",
    "cp437": "ibm437 cp437 437 dos-us",
    "cp850": "ibm850 cp850 cp-850 850",
    "cp852": "ibm852 cp852 852",
    "cp855": "ibm855 cp855",
    "cp857": "ibm857 cp857",
    "cp858": "ibm858 cp858 ibm00858",
    "cp862": "ibm862 cp862 dos-862",
    "gb18030": "gb18030 gbk x-gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58 cp936 ms936 "
    "windows-936 euc-cn euccn gb-2312 cn-gb gb",
    "hz": "hz-gb-2312 hz",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 big-5 cp950 windows-950 big5hk x-big5",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji ms932 cp932 windows-31j csshiftjis cswindows31j shiftjis",
    "euc-jp": "euc-jp eucjp x-euc-jp cseucpkdfmtjapanese x-euc ujis cp51932",
    "iso-2022-jp": "iso-2022-jp iso2022-jp iso2022jp csiso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 "
    "iso-2022-jp-ms cp50220 cp50221 cp50222 jis _iso-2022-jp$esc",
    "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 iso-ir-149 korean cseuckr "
    "csksc56011987 windows-949 cp949 ms949 uhc x-windows-949",
    "iso2022_kr": "iso-2022-kr csiso2022kr",
    "johab": "johab cp1361",
    "hp-roman8": "hp-roman8 roman8",
    "cp037": "ibm037 cp037",
    "cp500": "ibm500 cp500",
}
_BY_LABEL = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
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
        if _is_nearly_utf8(data):
            return data.decode("utf-8", "replace")
        return _decode_unlabelled(data, fallback)


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
    if codec == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("utf-8")  # the label lied
    except UnicodeDecodeError:
        return data.decode(codec, "c1-controls" if codec.startswith("cp125") else "replace")


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
