"""What a file really is, by its bytes; its name only has to agree.

`filetype` knows the binary formats by their first bytes. It calls every Office file of the last
twenty years "zip" or nothing at all, and knows no text: containers are looked into here, and text
is text only when it decodes and no browser would take it for a page.
"""

import codecs
import re
import zipfile
from typing import BinaryIO

import filetype  # type: ignore[import-untyped]

from .kinds import (
    ACCEPTED,
    CSV,
    DOC,
    DOCX,
    EXTENSIONS,
    LISTED,
    MP3,
    MP4,
    MPEG,
    OCTETS,
    OFFICE,
    QUICKTIME,
    TEXT,
    WAV,
    XLS,
    XLSX,
    ZIP,
    extension_of,
)

HEAD = 8192
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
MP3_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa", b"ID3")
STILL_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"crx ", b"jp2 ")
NAMES_OF_FILETYPE = {"audio/x-wav": WAV, "video/x-m4v": MP4}
MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|svg|script|iframe|object|embed|\?xml)\b", re.IGNORECASE
)
MARKUP_XML = re.compile(rb"^\s*<(?:\?xml|!--|[a-z][\w:-]*[\s/>])", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Refused(ValueError):
    """The file may not be uploaded; the text says why, to the person who tried."""


def kind_of_upload(name: str, content: BinaryIO) -> str:
    """The MIME type of a file that may be kept.

    Raises:
        Refused: its type is not in the list, or the bytes are not what the name says.

    """
    extension = extension_of(name)
    if extension and extension not in EXTENSIONS:
        raise Refused(f"Files of the type .{extension} cannot be attached. Allowed are {LISTED}.")
    kind = sniff(content, extension)
    if kind not in ACCEPTED:
        raise Refused(f"This kind of file cannot be attached. Allowed are {LISTED}.")
    if extension and not agrees(extension, kind):
        raise Refused(f"The content of “{name}” is not what its name says: it looks like {kind}.")
    return kind


def kind_of_foreign(name: str, content: BinaryIO) -> str:
    """The MIME type of a part of a mail: a listed type when name and bytes agree, else octets."""
    try:
        return kind_of_upload(name, content)
    except Refused:
        return OCTETS


def agrees(extension: str, kind: str) -> bool:
    """Whether a file of this kind may go by this extension."""
    expected = EXTENSIONS[extension]
    films = {MP4, QUICKTIME}  # the same container; phones name one as the other
    return kind == expected or {kind, expected} == films


def sniff(content: BinaryIO, extension: str = "") -> str:
    """The MIME type by the bytes; the extension decides only between kinds that share a container."""
    content.seek(0)
    head = content.read(HEAD)
    if head.startswith(ZIP_MAGIC):
        return _inside_zip(content)
    if head.startswith(OLE_MAGIC):
        return _inside_ole(content, extension)
    if kind := _by_first_bytes(head):
        return kind
    return _as_text(content, extension)


def _by_first_bytes(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if head.startswith(MP3_FRAMES):
        return MP3
    if head[4:8] in {b"moov", b"mdat", b"wide"}:  # QuickTime older than the ftyp atom
        return QUICKTIME
    if head.startswith((b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")):
        return MPEG
    guessed = filetype.guess(head)
    if guessed is None:
        return None
    mime = str(guessed.mime)
    return OCTETS if mime in OFFICE else NAMES_OF_FILETYPE.get(mime, mime)


def _by_brand(brand: bytes) -> str:
    if brand == b"qt  ":
        return QUICKTIME
    return "image/heif" if brand in STILL_BRANDS else MP4


def _inside_zip(content: BinaryIO) -> str:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return OCTETS
    if "[Content_Types].xml" not in names:
        return ZIP
    if any(name.endswith("vbaProject.bin") for name in names):
        return "application/vnd.ms-office.macro"
    if any(name.startswith("word/") for name in names):
        return DOCX
    if any(name.startswith("xl/") for name in names):
        return XLSX
    return ZIP


OLE_STREAMS = {
    "WordDocument": DOC,
    "Workbook": XLS,
    "Book": XLS,
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "__properties_version1.0": "application/vnd.ms-outlook",
}
MSI_CLASS = bytes.fromhex("84100C0000000000C000000000000046")


def _inside_ole(content: BinaryIO, extension: str) -> str:
    """Old Office files name their main stream in a directory of UTF-16 names."""
    content.seek(0)
    everything = content.read()
    if MSI_CLASS in everything:
        return "application/x-msi"
    if _holds(everything, "EncryptedPackage"):  # a docx or xlsx with a password
        return EXTENSIONS.get(extension, OCTETS) if extension in {"docx", "xlsx"} else OCTETS
    for stream, kind in OLE_STREAMS.items():
        if _holds(everything, stream):
            return kind
    return EXTENSIONS[extension] if extension in {"doc", "xls"} else OCTETS


def _holds(everything: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") + b"\0\0" in everything


def _as_text(content: BinaryIO, extension: str) -> str:
    content.seek(0)
    everything = content.read()
    text = _decoded(everything)
    if text is None or CONTROLS.search(text):
        return OCTETS
    start = text[:2048].lstrip("\ufeff \t\r\n").encode("utf-8", "replace")
    if MARKUP.search(start) or MARKUP_XML.match(start):
        return "text/html"
    return CSV if extension == "csv" else TEXT


def _decoded(everything: bytes) -> str | None:
    if not everything:
        return None
    utf16 = everything.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            return everything.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
