"""A desk on a server of one's own: nothing embedded starts, and what is missing is said."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from deskwell.gateways.postgres import Binaries, EmbeddedPostgres

from .conftest import RunningDesk, command_lines

Start = Callable[..., RunningDesk]
KEY = secrets.token_hex(32)


@pytest.fixture(scope="module")
def foreign(place: Path, programs: Binaries) -> Iterator[EmbeddedPostgres]:
    """The same programs, run by somebody else on a TCP port as a foreign server."""
    server = EmbeddedPostgres(place / "foreign", settings={"fsync": "off"}, binaries=programs)
    server.start()
    yield server
    server.stop()


def test_no_embedded_server_starts(foreign: EmbeddedPostgres, place: Path, start: Start) -> None:
    url = foreign.create_database("own")
    desk = start(place / "own", DATABASE_URL=url, DESKWELL_SECRET_KEY=KEY)
    assert desk.call("/auth/setup") == (200, {"needs_setup": True})
    assert len(command_lines(desk.process.pid)) == 2, "web and worker only"
    assert not (place / "own" / "postgres").exists()
    with psycopg.connect(url) as session:
        assert session.execute("SELECT count(*) FROM deskwell.alembic_version").fetchone() == (1,)
    assert desk.stop() == 0


def test_a_weak_key_is_refused(foreign: EmbeddedPostgres, place: Path, start: Start) -> None:
    url = foreign.create_database("weak")
    desk = start(place / "weak", DATABASE_URL=url, DESKWELL_SECRET_KEY="short")
    assert desk.process.wait(180) == 1
    assert "DESKWELL_SECRET_KEY" in desk.output
    assert "openssl rand -hex 32" in desk.output
    assert "Traceback" not in desk.output


def test_a_server_without_the_extensions_is_refused_with_the_command(
    foreign: EmbeddedPostgres, place: Path, start: Start
) -> None:
    with psycopg.connect(foreign.superuser_url, autocommit=True) as session:
        session.execute("CREATE ROLE poor LOGIN")
        session.execute("CREATE DATABASE bare OWNER poor")
    desk = start(place / "bare", DATABASE_URL=foreign.url_of("bare", role="poor"), DESKWELL_SECRET_KEY=KEY)
    assert desk.process.wait(180) == 1
    assert "CREATE EXTENSION vector" in desk.output
    assert "Traceback" not in desk.output
