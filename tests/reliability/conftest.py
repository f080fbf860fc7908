"""The desk behind a proxy that breaks its database connections, and the mail server of the mail tests."""

from urllib.parse import parse_qs, urlsplit

import pytest_asyncio

from deskwell.app.api import create_app
from deskwell.app.context import build_context
from tests.email.conftest import account, admin, hand_in, settings, sink

from .proxy import FaultProxy

__all__ = ["account", "admin", "hand_in", "settings", "sink"]


def through(proxy: FaultProxy, url: str) -> str:
    """The same database, reached through the proxy."""
    parts = urlsplit(url)
    proxy.path = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
    user = parts.netloc.partition("@")[0]
    return f"postgresql://{user}@127.0.0.1:{proxy.port}{parts.path}?sslmode=disable"


@pytest_asyncio.fixture(loop_scope="session")
async def shaky(settings, database_url):
    """An app whose database connections can be cut: (app, proxy)."""
    proxy = FaultProxy()
    async with proxy.running():
        known = settings.model_copy(
            update={"database_url": through(proxy, database_url), "database_pool_size": 4}
        )
        context = build_context(known)
        app = create_app(context=context)
        try:
            yield app, proxy
        finally:
            proxy.everywhere = None
            await context.database.close()
