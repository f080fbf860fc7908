"""`deskwell web` and `deskwell worker`: the parts of a desk, as many of each as are needed."""

import socket
import time
from typing import Annotated

import typer

from deskwell.core.settings import Settings

from . import lifeline
from .desk import check_key
from .errors import CommandError
from .readiness import Schema, schema_state

_DATABASE_PATIENCE = 60.0
_GRACE_SECONDS = 20  # running requests may finish; the live streams end by themselves


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(web)
    app.command()(worker)


def web(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    fd: Annotated[int | None, typer.Option(help="A listening socket inherited from the parent.")] = None,
) -> None:
    """Serve the API and the web app against DATABASE_URL."""
    lifeline.follow_parent()
    import uvicorn

    from deskwell.app.api import create_app
    from deskwell.core.settings import get_settings

    settings = get_settings()
    _need_schema(settings)
    config = uvicorn.Config(
        create_app(),
        host=host or settings.host,
        port=settings.port if port is None else port,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=75,  # longer than nginx keeps its idle connections, else it sends into a closed one
        backlog=2048,
        access_log=False,
        server_header=False,
        log_level="warning",
    )
    inherited = [socket.socket(fileno=fd)] if fd is not None else None
    uvicorn.Server(config).run(sockets=inherited)


def worker() -> None:
    """Work off the queues: mail, AI and everything else that must not keep a visitor waiting."""
    lifeline.follow_parent()
    import asyncio

    from deskwell.app.worker import run
    from deskwell.core.settings import get_settings

    _need_schema(get_settings())
    try:
        import uvloop
    except ImportError:  # not made for every platform
        asyncio.run(run())
    else:
        uvloop.run(run())


def _need_schema(settings: Settings) -> None:
    """Wait for the database, then refuse a schema older than this version (a newer one is made to fit)."""
    if not settings.database_url:
        raise CommandError(
            "DATABASE_URL is not set. Give it one, or use “deskwell serve”, which brings a database."
        )
    check_key(settings)
    deadline = time.monotonic() + _DATABASE_PATIENCE
    while (state := schema_state(settings.direct_url)) is Schema.UNREACHABLE:
        if time.monotonic() > deadline:
            raise CommandError("The database does not answer. Is the server of DATABASE_URL running?")
        time.sleep(0.5)
    if state is Schema.OLDER:
        raise CommandError(
            "The database has an older schema than this Deskwell. Run “deskwell migrate” first."
        )
