"""Small true files of every kind, made here."""

import io
import struct
import zipfile
import zlib

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" + b"\xff\0\0" * 2 + b"\0" + b"\0\xff\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return buffer.getvalue()


def ole(*streams: str) -> bytes:
    directory = b"".join(stream.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for stream in streams)
    return OLE + bytes(504) + directory + bytes(512)


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")
GOOD = {
    "photo.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(50), "image/jpeg"),
    "photo.JPEG": (b"\xff\xd8\xff\xe1\x00\x10Exif\0" + bytes(50), "image/jpeg"),
    "shot.png": (png(), "image/png"),
    "dance.gif": (b"GIF89a" + bytes(30), "image/gif"),
    "new.webp": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(40), "image/webp"),
    "invoice.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "application/pdf"),
    "old.doc": (ole("Root Entry", "WordDocument"), "application/msword"),
    "bare.doc": (OLE + bytes(1024), "application/msword"),
    "letter.docx": (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "secret.docx": (
        ole("Root Entry", "EncryptedPackage"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "old.xls": (ole("Root Entry", "Workbook"), "application/vnd.ms-excel"),
    "sums.xlsx": (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "notes.txt": ("Grüße, 2 < 3 and <b>bold</b> is text\n".encode(), "text/plain"),
    "latin.txt": ("Grüße\n".encode("cp1252"), "text/plain"),
    "wide.csv": ("name;sum\nä;1\n".encode("utf-16"), "text/csv"),
    "table.csv": (b"a,b\n1,2\n", "text/csv"),
    "all.zip": (zipped("a.txt", "b/c.txt"), "application/zip"),
    "film.mp4": (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(40), "video/mp4"),
    "phone.mp4": (b"\0\0\0\x1cftypmp42\0\0\0\0mp42isom" + bytes(40), "video/mp4"),
    "film.mov": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(40), "video/quicktime"),
    "renamed.mp4": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(40), "video/quicktime"),
    "film.mpeg": (b"\0\0\1\xba" + bytes(60), "video/mpeg"),
    "song.mp3": (b"ID3\x03\0\0\0\0\0\0" + bytes(60), "audio/mpeg"),
    "frames.mp3": (b"\xff\xfb\x90\x44" + bytes(60), "audio/mpeg"),
    "voice.wav": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "audio/wav"),
    "no extension": (png(), "image/png"),
}
BAD = {
    "page.html": b"<html></html>",
    "page.txt": b"  \n<!DOCTYPE html><p>hi",
    "tail.txt": b"Hello <html><script>alert(1)</script>",
    "svg.txt": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "bom.csv": b"\xef\xbb\xbf<script>alert(1)</script>",
    "wide.txt": "<script>alert(1)</script>".encode("utf-16"),
    "feed.txt": b'<?xml version="1.0"?><rss/>',
    "icon.svg": b"<svg/>",
    "page.png": b"<html></html>",
    "photo.jpg": png(),
    "report.pdf": png(),
    "tool.txt": b"MZ\x90\0\3\0\0\0\4",
    "tool.exe": b"MZ\x90\0\3\0\0\0\4",
    "elf.zip": b"\x7fELF\2\1\1" + bytes(30),
    "plain.docx": zipped("a.txt"),
    "sheet.docx": XLSX,
    "macro.docx": zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "broken.docx": DOCX[: len(DOCX) // 2],
    "sheet.doc": ole("Root Entry", "Workbook"),
    "mail.doc": ole("Root Entry", "__properties_version1.0"),
    "setup.doc": OLE + bytes(80) + bytes.fromhex("84100C0000000000C000000000000046"),
    "letter.zip": b"\xff\xd8\xff\xe0",
    "photo.mp4": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(30),
    "rtf.doc": rb"{\rtf1\ansi hello}",
    "script.php": b"<?php echo 1;",
    "image.tiff": b"II*\0" + bytes(20),
    "binary.txt": b"abc\0def",
}
