"""`deskwell web` and `deskwell worker`: the parts of a desk, as many of each as are needed."""

import socket
from typing import Annotated

import typer

from . import lifeline

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

    try:
        import uvloop
    except ImportError:  # not made for every platform
        asyncio.run(run())
    else:
        uvloop.run(run())
