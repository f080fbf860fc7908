"""One desk on this machine: its data folder, its key, its database, as settings for every process of it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deskwell.core.settings import Settings, get_settings
from deskwell.gateways.postgres import EmbeddedPostgres, default_data_dir

from .errors import CommandError


@dataclass(frozen=True)
class Desk:
    """Where a desk lives. `is_embedded` when it brings its own database."""

    data_dir: Path
    is_embedded: bool
    settings: Settings

    def environment(self, database_url: str) -> dict[str, str]:
        """What web, worker and commands need to know, as their environment."""
        known = {"DESKWELL_DATA_DIR": str(self.data_dir)}
        if self.is_embedded:
            known["DATABASE_URL"] = database_url
            if not self.settings.secret_key.get_secret_value():
                known["DESKWELL_SECRET_KEY"] = _kept_secret(self.data_dir)
        return known


def find_desk(data_dir: Path | None = None) -> Desk:
    """The desk that the environment, a `.env` file and the command line mean."""
    settings = Settings()
    if settings.pg_bindir:
        os.environ.setdefault("DESKWELL_PG_BINDIR", str(settings.pg_bindir))
    if settings.database_url:
        check_key(settings)
    folder = (data_dir or settings.data_dir or default_data_dir()).expanduser().absolute()
    return Desk(folder, is_embedded=not settings.database_url, settings=settings)


def check_key(settings: Settings) -> None:
    """Refuse to start without a strong key; only an embedded desk makes its own."""
    try:
        settings.key_bytes()
    except ValueError as error:
        raise CommandError(str(error)) from None


@contextmanager
def opened(data_dir: Path | None = None) -> Iterator[Settings]:
    """Settings with a database behind them: the given one, the running one, or one started for the moment."""
    desk = find_desk(data_dir)
    if not desk.is_embedded:
        yield _applied(desk.environment(""))
        return
    postgres = EmbeddedPostgres(desk.data_dir)
    if running := postgres.find_running():
        yield _applied(desk.environment(running))
        return
    try:
        yield _applied(desk.environment(postgres.start()))
    finally:
        postgres.stop()


def _applied(environment: dict[str, str]) -> Settings:
    os.environ.update(environment)
    get_settings.cache_clear()
    return get_settings()


def _kept_secret(data_dir: Path) -> str:
    """The key made at the first start. Without it no session and no stored password of a mailbox can be read."""
    file = data_dir / "secret_key"
    if not file.exists():
        unfinished = file.with_name("secret_key.new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_hex(32))
            handle.flush()
            os.fsync(handle.fileno())
        unfinished.rename(file)
    try:
        return file.read_text().strip()
    except PermissionError:
        raise CommandError(
            f"{file} belongs to another user. Run this command as the one who runs Deskwell."
        ) from None
