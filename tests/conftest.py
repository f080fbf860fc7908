"""What all tests stand on: a real PostgreSQL of their own, the app over HTTP, factories, and jobs run on demand.

Each test process starts one embedded server; each test module gets a fresh database, cloned from a migrated template.
Tests of a module share it, so they look at what they made, not at totals.
"""

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx2
import hypothesis
import pytest
import pytest_asyncio

from deskwell import migrations
from deskwell.app.api import create_app
from deskwell.app.context import build_context
from deskwell.app.worker import build_queue, rescue_stalled
from deskwell.core.context import Context
from deskwell.core.ids import new_id
from deskwell.core.settings import Settings
from deskwell.domains.accounts.models import User
from deskwell.gateways.postgres import EmbeddedPostgres

from .factories import Make

BASE_URL = "http://desk.test"
# Examples are the same in every run, and a busy machine is no reason to fail.
hypothesis.settings.register_profile("desk", deadline=None, derandomize=True)
hypothesis.settings.load_profile("desk")
SignIn = Callable[[User], Awaitable[httpx2.AsyncClient]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A real server with a migrated template database, for this test process alone."""
    folder = Path(tempfile.mkdtemp(prefix="deskwell-test-", dir="/tmp"))
    folder.chmod(0o755)
    server = EmbeddedPostgres(
        folder,
        settings={
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "100",
        },
    )
    try:
        server.start()
        migrations.upgrade(server.create_database("template_desk"))
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def database_url(postgres: EmbeddedPostgres) -> str:
    return new_database(postgres)


def new_database(postgres: EmbeddedPostgres) -> str:
    """Return the URL of a fresh, migrated, empty database."""
    name = f"desk_{new_id().hex[-12:]}"
    url = postgres.create_database(name, template="template_desk")
    migrations.upgrade(url)  # sets the role's search path in the new database; nothing else is left to do
    return url


@pytest.fixture(scope="session")
def files_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="deskwell-files-") as folder:
        yield Path(folder)


def test_settings(url: str, **values: object) -> Settings:
    """Return settings as a desk of one's own would have them, quick hashes apart."""
    defaults: dict[str, object] = {
        "database_url": url,
        "secret_key": "tests-" + "k" * 40,
        "bootstrap_key": "bootstrap-key-of-the-tests",
        "email_webhook_secret": "webhook-secret-of-the-tests",
        "base_url": BASE_URL,
        "bcrypt_cost": 4,
        "database_pool_size": 10,
        "rate_limits": {"register": "100000/60", "sign_in_address": "100000/60", "ticket": "100000/60"},
    }
    return Settings(_env_file=None, **{**defaults, **values})


test_settings.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def settings(database_url: str, files_folder: Path) -> Settings:
    return test_settings(database_url, data_dir=files_folder, storage_url=f"file://{files_folder}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def context(settings: Settings) -> AsyncIterator[Context]:
    """What a process of the desk holds, on this module's database."""
    built = build_context(settings)
    await built.listener.start()
    yield built
    await built.listener.stop()
    await built.database.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def app(context: Context) -> AsyncIterator[object]:
    built = create_app(context=context)
    await built.state.feed.start()
    yield built
    await built.state.feed.stop()


def client_of(app: object, **headers: str) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=transport, base_url=BASE_URL, headers=headers, timeout=30)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(app: object) -> AsyncIterator[httpx2.AsyncClient]:
    """A stranger."""
    async with client_of(app) as anonymous:
        yield anonymous


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def make(context: Context) -> Make:
    return Make(context)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sign_in(app: object, make: Make) -> AsyncIterator[SignIn]:
    """Return a client that is signed in as somebody; the same one for the same person."""
    clients: dict[object, httpx2.AsyncClient] = {}

    async def start(user: User) -> httpx2.AsyncClient:
        if user.id not in clients:
            token = await make.token(user)
            clients[user.id] = client_of(app, Authorization=f"Bearer {token}")
        return clients[user.id]

    yield start
    for opened in clients.values():
        await opened.aclose()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def queue(context: Context) -> AsyncIterator[object]:
    built = build_queue(context)
    async with built.open_async():
        yield built


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def run_jobs(queue: object) -> Callable[[], Awaitable[None]]:
    """Run the jobs that wait, and those they cause, until none is left that is due."""

    async def run() -> None:
        await queue.run_worker_async(  # type: ignore[attr-defined]
            wait=False,
            concurrency=1,
            install_signal_handlers=False,
            listen_notify=False,
            delete_jobs="successful",
        )

    return run


@contextlib.asynccontextmanager
async def working(queue: object) -> AsyncIterator[None]:
    """Let a worker run beside the block, as in the real desk."""
    task = asyncio.create_task(
        queue.run_worker_async(  # type: ignore[attr-defined]
            concurrency=4,
            install_signal_handlers=False,
            fetch_job_polling_interval=0.2,
            delete_jobs="successful",
        )
    )
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await rescue_stalled(queue)  # a job it had just taken would keep those of later tests waiting


@pytest_asyncio.fixture(loop_scope="session")
async def worker(queue: object) -> AsyncIterator[None]:
    async with working(queue):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long forms run only when asked for (`make soak` sets DESKWELL_SLOW=1)."""
    if os.environ.get("DESKWELL_SLOW"):
        return
    skip = pytest.mark.skip(reason="long form: make soak")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
