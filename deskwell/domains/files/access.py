"""How bytes come in and go out over HTTP; who may have them is the owner's question."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.requests import ClientDisconnect

from deskwell.core.errors import Invalid, Problem
from deskwell.core.storage import FileStore, ObjectMissing, StorageDown

from .errors import FileMissing, FileNotFound, FileTooLarge, StorageUnavailable
from .logic.forms import FormBroken, FormReader
from .logic.names import content_disposition
from .logic.ranges import Unsatisfiable, parse_range
from .models import File
from .service import UPLOAD_LIMIT, Received

FORM_ROOM = 64 * 1024
DRAINED = 64 * 1024 * 1024
UPLOAD_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "message_id": {"type": "string", "format": "uuid", "nullable": True},
                        "hold": {
                            "type": "boolean",
                            "description": "Keep it back until a message takes it (`file_ids`).",
                        },
                    },
                }
            }
        },
    }
}


@asynccontextmanager
async def receiving(request: Request, *, limit: int = UPLOAD_LIMIT) -> AsyncIterator[Received]:
    """Read a form with a file from the request, counting while it streams.

    Raises:
        FileTooLarge: as soon as the bytes are too many; what was read is gone.
        FileMissing: no form, or a form without a file.

    """
    received = Received(limit=limit)
    try:
        await _read(request, received)
        yield received
    finally:
        received.close()


async def _read(request: Request, received: Received) -> None:
    try:
        form = FormReader(request.headers.get("content-type", ""), received.write)
    except FormBroken as error:
        raise FileMissing from error
    stream = request.stream()
    try:
        _refuse_announced(request, received.limit)
        async for chunk in stream:
            if received.size + len(chunk) > received.limit + FORM_ROOM:
                raise FileTooLarge(received.limit)
            form.feed(chunk)
    except FormBroken as error:
        raise Invalid(
            "The form could not be read. Please send the file again.", code="form_broken"
        ) from error
    except ClientDisconnect as error:
        raise Invalid("The upload was cut off.", code="upload_cut_off") from error
    except Problem:
        await _drain(stream)
        raise
    if not form.has_file:
        raise FileMissing
    if not form.is_complete:
        raise Invalid("The upload was cut off. Please send the file again.", code="upload_cut_off")
    received.name = form.file_name or "file"
    received.fields = form.fields


def _refuse_announced(request: Request, limit: int) -> None:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit + FORM_ROOM:
        raise FileTooLarge(limit)


async def _drain(stream: AsyncIterator[bytes]) -> None:
    """Read the rest and forget it: a client that is cut off while sending never sees why."""
    drained = 0
    try:
        async for chunk in stream:
            drained += len(chunk)
            if drained > DRAINED:
                return
    except (ClientDisconnect, RuntimeError, Problem):
        return


async def file_response(request: Request, files: FileStore, file: File, *, inline: bool = False) -> Response:
    """Answer with the bytes: ranges, revalidation, and headers under which nothing of it can run."""
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": content_disposition(file.name, inline=inline),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-site",
        "ETag": f'"{file.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    wanted = None
    if request.headers.get("if-range", headers["ETag"]) == headers["ETag"]:
        try:
            wanted = parse_range(request.headers.get("range"), file.size)
        except Unsatisfiable:
            detail = {"detail": "The file has fewer bytes than that.", "code": "range_not_satisfiable"}
            return JSONResponse(detail, 416, {"Content-Range": f"bytes */{file.size}"})
    start, end = (wanted.start, wanted.end) if wanted else (0, file.size)
    headers["Content-Length"] = str(end - start)
    if wanted:
        headers["Content-Range"] = wanted.content_range
    if request.method == "HEAD":
        return Response(status_code=200, headers=headers, media_type=file.mime_type)
    pieces = await _opened(files.get(file.storage_key, start=start, end=end))
    return StreamingResponse(pieces, 206 if wanted else 200, headers, media_type=file.mime_type)


async def _opened(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Fetch the first piece before the status is sent: a missing object must not be a broken 200."""
    try:
        first = await anext(pieces, b"")
    except ObjectMissing as error:
        raise FileNotFound from error
    except StorageDown as error:
        raise StorageUnavailable from error

    async def rest() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return rest()
