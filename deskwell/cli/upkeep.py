"""`deskwell migrate`, `deskwell demo`, and `prepare`, which `serve` calls before it starts the parts."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from deskwell.core.settings import Settings

from .desk import opened
from .errors import CommandError

DataDir = Annotated[Path | None, typer.Option(help="Where database, files and keys live.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(migrate)
    app.command()(demo)
    app.command(hidden=True)(prepare)


def migrate(data_dir: DataDir = None) -> None:
    """Bring the database to the schema of this version; safe to repeat."""
    with opened(data_dir) as settings:
        _migrate(settings)
    print("The database is up to date.")


def demo(data_dir: DataDir = None) -> None:
    """Fill an empty desk with a believable example and print the passwords once."""
    with opened(data_dir) as settings:
        _migrate(settings)
        for line in asyncio.run(_fill_demo(settings)):
            print(line)


def prepare(
    demo: Annotated[bool, typer.Option("--demo")] = False,
) -> None:
    """Make the desk ready: progress goes out as lines with an arrow, notices for the person as plain ones."""
    with opened() as settings:
        _migrate(settings)
        for line in asyncio.run(_notices(settings, is_demo=demo)):
            print(line, flush=True)


def _migrate(settings: Settings) -> None:
    from deskwell import migrations

    try:
        migrations.upgrade(settings.direct_url)
    except migrations.MigrationRefused as error:
        raise CommandError(str(error)) from error


async def _notices(settings: Settings, *, is_demo: bool) -> list[str]:
    if is_demo:
        return await _fill_demo(settings)
    if settings.bootstrap_key.get_secret_value():
        return []
    from deskwell.app.context import build_context
    from deskwell.domains.accounts import service

    context = build_context(settings)
    try:
        async with context.transaction() as session:
            link = await service.make_setup_link(session, settings)
    finally:
        await context.database.close()
    return (
        ["Nobody has an account yet. Open this link once to make the first one:", f"    {link}"]
        if link
        else []
    )


async def _fill_demo(settings: Settings) -> list[str]:
    from deskwell.app.context import build_context
    from deskwell.domains.onboarding import demo as example
    from deskwell.domains.reports.events import FoldReports
    from deskwell.domains.reports.jobs import fold_reports

    context = build_context(settings)
    try:
        lines = await example.fill(context)
        await fold_reports(context, FoldReports())  # so that the first look at the reports shows it
        return lines
    finally:
        await context.database.close()
