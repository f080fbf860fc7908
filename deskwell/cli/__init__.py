"""The command line: `deskwell serve` and the upkeep of a desk.

Each module brings some commands; imports of the product itself stay inside them, so that `--help` is quick.
"""

import importlib.metadata
import sys
from typing import Annotated

import typer

from . import articles, backups, doctor, processes, serve, upkeep

app = typer.Typer(
    name="deskwell",
    help="An open-source, AI-powered help desk that starts with one command.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(is_asked: bool) -> None:  # noqa: FBT001  typer calls it so
    if is_asked:
        print(importlib.metadata.version("deskwell"))
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold the options that come before a command."""


serve.register(app)
processes.register(app)
upkeep.register(app)
backups.register(app)
doctor.register(app)
articles.register(app)


def main() -> None:
    """Run a command; what the person can mend is told in a sentence, without a traceback."""
    from deskwell.gateways.postgres import EmbeddedPostgresError

    from .errors import CommandError

    try:
        app()
    except (EmbeddedPostgresError, CommandError) as error:
        print(f"\n{error}", file=sys.stderr)
        sys.exit(1)
