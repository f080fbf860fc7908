"""`deskwell serve` as a person meets it: from the first start to the kill -9. The tests of this file follow each other."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import RunningDesk, command_lines, wait_until

Start = Callable[..., RunningDesk]
ADMIN = {"email": "ada@example.com", "name": "Ada", "password": "correct horse battery"}


@pytest.fixture(scope="module")
def desk(place: Path, start: Start) -> Iterator[RunningDesk]:
    return start(place / "desk")


def test_a_first_start_leads_to_the_first_account(desk: RunningDesk) -> None:
    assert desk.call("/health")[0] == 200
    assert desk.call("/auth/setup") == (200, {"needs_setup": True})
    link = re.search(r"/setup\?token=(\S+)", desk.output)
    assert link, desk.output

    status, _ = desk.call("/auth/setup", {**ADMIN, "token": link[1]})
    assert status in {200, 201}
    assert desk.call("/auth/setup", {**ADMIN, "email": "eve@example.com", "token": link[1]})[0] in {
        400,
        403,
        404,
        409,
    }
    status, session = desk.call("/auth/login", {"email": ADMIN["email"], "password": ADMIN["password"]})
    assert status == 200
    assert session["access_token"]


def test_the_worker_works(desk: RunningDesk) -> None:
    wait_until(lambda: desk.call("/ready")[0] == 200, 120, desk)


def test_a_second_start_on_the_same_folder_says_so_and_stops(desk: RunningDesk, start: Start) -> None:
    second = start(desk.data_dir)
    assert second.process.wait(120) == 1
    assert f"process {desk.process.pid}" in second.output
    assert "Traceback" not in second.output
    assert desk.call("/health")[0] == 200


def test_a_taken_port_is_told_in_a_sentence(desk: RunningDesk, place: Path, start: Start) -> None:
    port = desk.url.rpartition(":")[2]
    second = start(place / "other", "--port", port)
    assert second.process.wait(120) == 1
    assert f"Port {port} is in use" in second.output
    assert not (place / "other" / "postgres").exists()


@pytest.mark.parametrize("part", ["web", "worker"])
def test_a_killed_part_comes_back(desk: RunningDesk, part: str) -> None:
    (before,) = desk.pids_of(part)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: desk.pids_of(part) not in ([], [before]), 120, desk)
    assert desk.call("/health")[0] == 200, "a visitor waits in the socket's queue instead of being refused"
    wait_until(lambda: desk.call("/ready")[0] == 200, 120, desk)
    assert f"{part} ended (signal SIGKILL)" in desk.output


def test_a_killed_database_comes_back_and_requests_meanwhile_get_503(desk: RunningDesk) -> None:
    (before,) = desk.pids_of("postgres")
    os.kill(before, signal.SIGKILL)
    seen = set()

    def is_back() -> bool:
        status, body = desk.call("/auth/login", {"email": ADMIN["email"], "password": ADMIN["password"]})
        seen.add(status)
        assert status in {200, 503}, body
        return status == 200 and desk.pids_of("postgres") not in ([], [before])

    wait_until(is_back, 120, desk)
    wait_until(lambda: desk.call("/ready")[0] == 200, 120, desk)


def test_kill_9_of_deskwell_leaves_nothing_and_loses_nothing(desk: RunningDesk, start: Start) -> None:
    parts = [pid for pid, _ in command_lines(desk.process.pid)]
    assert len(parts) == 3
    desk.process.kill()
    desk.process.wait()

    again = start(desk.data_dir)
    assert again.url
    assert again.call("/auth/login", {"email": ADMIN["email"], "password": ADMIN["password"]})[0] == 200
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in parts), 10)
    assert "setup?token" not in again.output, "the desk has people: no second set-up link"


def test_a_stop_is_orderly_and_the_next_start_finds_all(place: Path, start: Start) -> None:
    running = start(place / "orderly")
    assert running.url
    parts = [pid for pid, _ in command_lines(running.process.pid)]
    assert running.stop() == 0
    assert running.output.rstrip().endswith("stopped")
    assert "Traceback" not in running.output
    assert not any(Path(f"/proc/{pid}").exists() for pid in parts)

    again = start(place / "orderly")
    assert again.call("/auth/setup") == (200, {"needs_setup": True})
    assert "setup?token" in again.output, "still nobody: a new link"
    assert (place / "orderly" / "secret_key").stat().st_mode & 0o777 == 0o600
    again.stop()
