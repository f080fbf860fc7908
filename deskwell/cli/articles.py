"""`deskwell articles import FOLDER` and `deskwell articles export FOLDER`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from deskwell.core.settings import Settings

from .desk import opened
from .errors import CommandError

DataDir = Annotated[Path | None, typer.Option(help="Where database, files and keys live.")]
articles = typer.Typer(
    help="Bring articles in from a folder of Markdown, and out again.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(articles, name="articles")


@articles.command(name="import")
def import_folder(
    folder: Annotated[Path, typer.Argument(help="A folder of Markdown files; folders in it become topics.")],
    context: Annotated[str | None, typer.Option(help="The brand of files that name none.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Import articles with their pictures; repeating it changes nothing."""
    if not folder.is_dir():
        raise CommandError(f"There is no folder {folder}.")
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    with opened(data_dir) as settings:
        problems = asyncio.run(_import(settings, files, context))
    if problems:
        raise typer.Exit(1)


async def _import(settings: Settings, files: dict[str, bytes], context: str | None) -> list[str]:
    from deskwell.app.context import build_context
    from deskwell.core.actor import SYSTEM
    from deskwell.domains.knowledge.service.transfer import import_files

    desk = build_context(settings)
    try:
        async with desk.transaction() as session:
            report = await import_files(session, SYSTEM, files, context=context)
    finally:
        await desk.database.close()
    print(f"{report.created} new, {report.changed} changed, {report.unchanged} as they were.")
    for problem in report.problems:
        print(f"Left out: {problem}")
    return report.problems


@articles.command(name="export")
def export_folder(
    folder: Annotated[Path, typer.Argument(help="Where to write; must be empty or new.")],
    data_dir: DataDir = None,
) -> None:
    """Write all articles, topics and pictures as files; importing them gives the same again."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder} is not an empty folder.")
    with opened(data_dir) as settings:
        files = asyncio.run(_export(settings))
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    count = sum(path.endswith(".md") for path in files)
    print(f"{count} articles written to {folder}.")


async def _export(settings: Settings) -> dict[str, bytes]:
    from deskwell.app.context import build_context
    from deskwell.domains.knowledge.service.transfer import export_files

    desk = build_context(settings)
    try:
        async with desk.transaction() as session:
            return await export_files(session)
    finally:
        await desk.database.close()
