import io
import zipfile
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from deskwell.core.clock import now
from deskwell.core.db import Session
from deskwell.core.errors import Invalid, TooLarge
from deskwell.domains.accounts.access import COUNTED_EXPORT, Staff

from .. import schemas
from ..access import Writer
from ..service.transfer import export_files, import_files

router = APIRouter(prefix="/admin/articles", tags=["Knowledge base"])
MAX_UNPACKED = 200 * 1024 * 1024
MAX_FILES = 20_000


@router.post("/import")
async def import_archive(
    session: Session,
    actor: Writer,
    file: Annotated[
        UploadFile, File(description="A ZIP of Markdown files and pictures, or one Markdown file.")
    ],
    context: Annotated[str | None, Form(max_length=120, description="For files that name none.")] = None,
) -> schemas.ImportReport:
    """Import articles. Repeating it changes nothing; a changed file changes its article."""
    content = await file.read()
    name = file.filename or "article.md"
    files = _unpacked(content) if content.startswith(b"PK") else {name: content}
    report = await import_files(session, actor, files, context=context or None)
    return schemas.ImportReport(
        created=report.created, changed=report.changed, unchanged=report.unchanged, problems=report.problems
    )


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise TooLarge("The archive holds too much: at most 20,000 files and 200 MB.")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise Invalid.field("file", "This is not a ZIP archive that can be read.") from error


@router.get("/export", dependencies=[COUNTED_EXPORT])
async def export_archive(session: Session, _: Staff) -> Response:
    """All articles as a ZIP of Markdown files, with topics and pictures; importing it gives the same again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in (await export_files(session)).items():
            archive.writestr(path, content)
    name = f"articles-{now():%Y-%m-%d}.zip"
    return Response(
        packed.getvalue(),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
