"""What differs on macOS, tried here by feeding it what that system would say."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from deskwell.gateways.postgres import EmbeddedPostgres, EmbeddedPostgresError, processes, server


def test_on_macos_an_orphan_is_found_by_its_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = (
        "    1 /sbin/launchd\n"
        "  712 /opt/pg/bin/postgres -D /Users/ada/desk/postgres -c port=5432\n"
        "  713 postgres: checkpointer \n"
        "  900 /opt/pg/bin/postgres -D /Users/ada/desk/postgres2 -c port=5432\n"
        "  950 vim notes about -D /Users/ada/desk/postgres \n"
    )

    def run(*_: Any, **__: Any) -> "subprocess.CompletedProcess[str]":
        return subprocess.CompletedProcess([], 0, stdout=listing)

    monkeypatch.setattr(processes.sys, "platform", "darwin")
    monkeypatch.setattr(processes.subprocess, "run", run)
    assert processes.working_in(Path("/Users/ada/desk/postgres")) == [712]


def test_on_macos_no_death_signal_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.sys, "platform", "darwin")
    assert server._die_with_parent() is None


def test_on_windows_the_ways_out_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.sys, "platform", "win32")
    with pytest.raises(EmbeddedPostgresError, match=r"WSL.*DATABASE_URL"):
        EmbeddedPostgres(tmp_path).start()
