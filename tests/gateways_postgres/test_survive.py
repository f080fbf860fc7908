"""Surviving: kill -9 of Deskwell, of the server, of both; nothing is left behind, no row is lost."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from deskwell.gateways.postgres import Binaries, EmbeddedPostgres, server
from deskwell.gateways.postgres.processes import working_in

from .conftest import FAST

Start = Callable[..., "subprocess.Popen[str]"]


def test_server_dies_with_a_killed_deskwell_and_no_row_is_lost(
    postgres: EmbeddedPostgres, elsewhere: Start
) -> None:
    other = elsewhere(postgres.data_dir)
    server_pid = int(_line(other))
    with psycopg.connect(postgres.url, autocommit=True) as session:
        session.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert _is_gone(server_pid, within=10), "the server outlived its parent"

    with psycopg.connect(postgres.start()) as session:
        assert session.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_start_right_after_kill_9_waits_for_the_old_server(
    postgres: EmbeddedPostgres, elsewhere: Start
) -> None:
    other = elsewhere(postgres.data_dir)
    _line(other)
    other.send_signal(signal.SIGKILL)
    other.wait()
    with psycopg.connect(postgres.start()) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
    assert postgres.pid in working_in(postgres.cluster)


def test_an_orphan_that_did_not_notice_is_taken_over(
    postgres: EmbeddedPostgres, binaries: Binaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the kernel tells nobody of a parent's death (macOS), the next start ends the orphan."""
    monkeypatch.setattr(server, "_die_with_parent", lambda: None)
    killed = EmbeddedPostgres(postgres.data_dir, settings=FAST, binaries=binaries)
    with psycopg.connect(killed.start(), autocommit=True) as session:
        session.execute("CREATE TABLE kept AS SELECT 1 AS n")
    orphan = killed.pid
    assert orphan
    assert killed._lock
    killed._lock.close()  # what the kernel does for a process that ends

    with psycopg.connect(postgres.start()) as session:
        assert session.execute("SELECT n FROM kept").fetchone() == (1,)
    assert not killed.is_running
    assert orphan not in working_in(postgres.cluster)


def test_a_killed_server_comes_back_by_itself(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.start(), autocommit=True) as session:
        session.execute("CREATE TABLE kept AS SELECT 1 AS n")
        before = postgres.pid
        assert before
        assert postgres.supervise() is False
        os.kill(before, signal.SIGKILL)
        assert _is_gone(before, within=5, reap=postgres)
    assert postgres.supervise() is True
    assert postgres.pid != before
    with psycopg.connect(postgres.url) as session:
        assert session.execute("SELECT n FROM kept").fetchone() == (1,)


def test_a_pid_file_naming_a_stranger_does_not_stop_the_start(postgres: EmbeddedPostgres) -> None:
    """In a restarted container the recorded number belongs to another process: it must not be harmed."""
    postgres.start()
    postgres.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        text = f"{stranger.pid}\n{postgres.cluster}\n0\n5432\n{postgres.socket_dir}\n\n0 0\nready\n"
        (postgres.cluster / "postmaster.pid").write_text(text)
        postgres.start()
        assert postgres.is_running
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_stop_leaves_no_process_and_can_be_repeated(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    postgres.stop()
    postgres.stop()
    assert working_in(postgres.cluster) == []
    assert postgres.find_running() is None
    postgres.start()
    assert postgres.is_running


def test_a_stopped_server_keeps_its_data(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.start(), autocommit=True) as session:
        session.execute("CREATE TABLE kept AS SELECT 'still here' AS word")
    postgres.stop()
    with psycopg.connect(postgres.start()) as session:
        assert session.execute("SELECT word FROM kept").fetchone() == ("still here",)


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    line = process.stdout.readline()
    assert line, "the other process did not start"
    return line


def _is_gone(pid: int, *, within: float, reap: EmbeddedPostgres | None = None) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if reap and not reap.is_running:
            return True
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.02)
    return False
