"""Which parts of a mail are its body and which are attached."""

import re
from dataclasses import dataclass, field

from .charsets import clean
from .mime import Part
from .subjects import without_prefixes
from .tnef import read_tnef
from .uuencoded import take_uuencoded

MAX_ATTACHMENTS = 1000
_EXTENSIONS = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/bmp": "bmp", "image/tiff": "tif", "image/svg+xml": "svg",
    "application/pdf": "pdf", "application/zip": "zip", "text/plain": "txt", "text/html": "html", "text/csv": "csv", "text/calendar": "ics",
    "application/ics": "ics", "text/vcard": "vcf", "text/x-vcard": "vcf", "message/rfc822": "eml", "application/msword": "doc", "application/rtf": "rtf", "text/rtf": "rtf",
    "application/pgp-signature": "asc", "application/pgp-encrypted": "asc", "application/pkcs7-signature": "p7s", "application/x-pkcs7-signature": "p7s",
    "application/pkcs7-mime": "p7m", "application/x-pkcs7-mime": "p7m", "application/ms-tnef": "dat", "audio/mpeg": "mp3", "audio/wav": "wav", "video/mp4": "mp4",
    "application/json": "json", "application/xml": "xml", "text/xml": "xml", "message/delivery-status": "txt", "text/rfc822-headers": "txt", "message/disposition-notification": "txt",
    "application/vnd.ms-excel": "xls", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx", "message/feedback-report": "txt",
}  # fmt: skip
_NAMES = {
    "text/calendar": "invite", "message/delivery-status": "delivery-status", "text/rfc822-headers": "original-headers", "application/pgp-signature": "signature",
    "application/pkcs7-signature": "smime", "application/x-pkcs7-signature": "smime", "application/pkcs7-mime": "smime", "application/x-pkcs7-mime": "smime",
    "application/pgp-encrypted": "version", "message/disposition-notification": "receipt", "message/feedback-report": "report",
}  # fmt: skip


@dataclass
class Attached:
    """A file of a mail. `is_inline` says that the HTML shows it."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""
    is_inline: bool = False


@dataclass
class Content:
    """The body in its two forms and the files."""

    text: str = ""
    html: str = ""
    files: list[Attached] = field(default_factory=list)
    report_text: str = ""
    packed_text: str = ""
    packed_html: str = ""
    is_cut: bool = False


@dataclass
class _Body:
    """One piece of the body: plain, HTML, or both as alternatives."""

    text: str = ""
    html: str = ""


def collect(root: Part) -> Content:
    """Body and files of a mail, in the order a reader sees them."""
    content = Content()
    fallback = root.parameters.get("charset")
    pieces = _walk(root, content, fallback, is_root=True)
    content.text = "\n\n".join(p.text.strip("\n") for p in pieces if p.text.strip())
    if any(p.text.strip() and not p.html for p in pieces) and any(p.html for p in pieces):
        content.html = "".join(p.html or _as_html(p.text) for p in pieces)
        if any(not p.text.strip() for p in pieces if p.html):
            content.text = ""  # a part that is only HTML would be missing from it
    else:
        content.html = "".join(p.html for p in pieces)
        if content.html and any(p.html and not p.text.strip() for p in pieces) and content.text:
            content.text = ""
    _finish(content)
    return content


def _as_html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>\n")
    return f"<div>{escaped}</div>"


def _walk(part: Part, content: Content, fallback: str | None, *, is_root: bool = False) -> list[_Body]:
    """The body pieces of a part; its files go into `content`. Depth is bounded by the parser."""
    if part.is_beyond_limits:
        content.is_cut = True
        _attach(part, content)
        return []
    if part.is_multipart:
        kind = part.content_type
        if kind == "multipart/alternative":
            return _alternative(part, content, fallback)
        if kind == "multipart/related":
            return _related(part, content, fallback)
        if kind == "multipart/signed":
            pieces = _walk(part.children[0], content, fallback)
            for child in part.children[1:]:
                _attach(child, content) if not child.is_multipart else pieces.extend(
                    _walk(child, content, fallback)
                )
            return pieces
        if kind == "multipart/appledouble" and len(part.children) > 1:
            return _walk(part.children[1], content, fallback)
        return [piece for child in part.children for piece in _walk(child, content, fallback)]
    if _is_body(part, is_root=is_root):
        return [_body(part, content, fallback)]
    _attach(part, content)
    return []


def _alternative(part: Part, content: Content, fallback: str | None) -> list[_Body]:
    """Plain and HTML of the same; the last HTML counts, what is neither is attached."""
    body = _Body()
    for child in part.children:
        for piece in _walk(child, content, fallback):
            body.text = body.text or piece.text
            if piece.html:
                body.html = piece.html if child.content_type == "text/html" else body.html + piece.html
    return [body] if body.text.strip() or body.html else []


def _related(part: Part, content: Content, fallback: str | None) -> list[_Body]:
    start = part.parameters.get("start", "").strip("<> ")
    root = next((c for c in part.children if start and c.content_id == start), None)
    if root is None:
        root = next(
            (c for c in part.children if c.is_multipart or c.content_type == "text/html"), part.children[0]
        )
    pieces: list[_Body] = []
    for child in part.children:
        if child is root:
            pieces = _walk(child, content, fallback, is_root=True)
        elif (
            child.content_type == "text/plain" and not child.filename and not child.content_id and not pieces
        ):
            _walk(child, content, fallback)
        else:
            for piece in _walk(child, content, fallback) if child.is_multipart else []:
                pieces.append(piece)
            if not child.is_multipart:
                _attach(child, content)
    return pieces


def _is_body(part: Part, *, is_root: bool) -> bool:
    if part.content_type not in {
        "text/plain",
        "text/html",
        "text/enriched",
        "text/richtext",
        "text/x-plain",
        "text/x-markdown",
        "text/markdown",
    }:
        return False
    if part.disposition == "attachment":
        return is_root and not part.filename
    return is_root or not part.filename


def _body(part: Part, content: Content, fallback: str | None) -> _Body:
    if part.content_type == "text/html":
        return _Body(html=part.text(fallback))
    if b"\nbegin " in (raw := part.payload()) or raw.startswith(b"begin "):
        rest, files = take_uuencoded(raw)
        if files:
            content.files += [Attached(name, "application/octet-stream", data) for name, data in files]
            part.data, part.start, part.end, part.encoding = rest, 0, len(rest), ""
    text = part.text(fallback)
    if part.content_type in {"text/enriched", "text/richtext"}:
        text = re.sub(
            r"<<|<param>[^<]{0,500}</param>|</?[A-Za-z][A-Za-z0-9-]{0,40}>",
            lambda m: "<" if m[0] == "<<" else "",
            text,
        )
    if part.parameters.get("format", "").lower() == "flowed":
        text = unflow(text, joins_without_space=part.parameters.get("delsp", "").lower() == "yes")
    return _Body(text=text)


def unflow(text: str, *, joins_without_space: bool = False) -> str:
    """RFC 3676: lines that end in a space go on in the next one of the same quote depth."""
    out: list[str] = []
    is_open, open_depth = False, 0
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        rest = line[depth:]
        rest = rest.removeprefix(" ")
        if is_open and depth == open_depth and rest != "-- " and out:
            out[-1] += rest
        else:
            out.append((">" * depth + " " if depth else "") + rest)
        is_open = rest.endswith(" ") and rest != "-- " and bool(rest.strip())
        open_depth = depth
        if is_open and joins_without_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _attach(part: Part, content: Content) -> None:
    if len(content.files) >= MAX_ATTACHMENTS or part.is_multipart:
        return
    if part.content_type.startswith("message/") or (
        part.content_type in {"text/rfc822-headers", "text/plain"} and part.depth
    ):
        content.report_text += ("\n" + part.text())[: max(0, 200_000 - len(content.report_text))]
    is_nested = part.content_type in {"message/rfc822", "message/global"} and bool(part.children)
    payload = (
        part.payload()
        if not is_nested or part.encoding in {"base64", "quoted-printable"}
        else part.data[part.start : part.end]
    )
    if (
        part.content_type in {"application/ms-tnef", "application/vnd.ms-tnef"}
        or part.filename.lower() == "winmail.dat"
    ):
        tnef = read_tnef(payload)
        if tnef:
            for file in tnef.files:
                content.files.append(
                    Attached(
                        tidy_name(file.name) or f"file-{len(content.files) + 1}.dat",
                        file.content_type or "application/octet-stream",
                        file.content,
                        file.content_id,
                    )
                )
            content.packed_text, content.packed_html = tnef.text or tnef.rtf, tnef.html
            return
    if not payload and not part.filename:
        return
    content.files.append(
        Attached(
            _name(part, len(content.files) + 1),
            part.content_type,
            payload,
            part.content_id,
            bool(part.content_id) and part.main_type == "image",
        )
    )


def _finish(content: Content) -> None:
    """Bodies out of winmail.dat where the mail has none itself; which files the HTML shows."""
    if not content.text.strip() and not content.html.strip():
        content.text, content.html = content.packed_text, content.packed_html
    lowered = content.html.lower().replace("%40", "@")
    for file in content.files:
        file.is_inline = bool(file.content_id) and f"cid:{file.content_id.lower()}" in lowered


def _name(part: Part, number: int) -> str:
    name = tidy_name(part.filename)
    if name:
        return name
    if part.content_type in {"message/rfc822", "message/global"} and part.children:
        subject = without_prefixes(part.children[0].headers.text("subject"))
        return (tidy_name(subject)[:80] or "message") + ".eml"
    location = part.headers.text("content-location").rpartition("/")[2].partition("?")[0]
    if re.fullmatch(r"[\w .-]{1,80}\.\w{2,5}", location):
        return location
    stem = _NAMES.get(part.content_type, "image" if part.main_type == "image" else "file")
    extension = _EXTENSIONS.get(part.content_type, "bin")
    return f"{stem}.{extension}" if stem not in {"image", "file"} else f"{stem}-{number}.{extension}"


def tidy_name(name: str) -> str:
    """A file name as data: no folders, no control or direction characters, not too long."""
    name = clean(name).replace("\n", " ")
    name = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", name)
    name = re.split(r"[\\/]", name)[-1] if re.search(r"[\\/]", name) else name
    name = name.strip() if name.strip(" .	") else ""
    if len(name.encode()) > 200:
        stem, dot, extension = name.rpartition(".")
        if not dot or len(extension) > 10:
            stem, dot, extension = name, "", ""
        name = stem.encode()[: 180 - len(extension)].decode("utf-8", "ignore") + dot + extension
    return name
