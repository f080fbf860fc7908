"""The data folder: where it is, who may enter it, and that only one Deskwell uses it."""

import fcntl
import hashlib
import os
import re
import shlex
import stat
from pathlib import Path
from typing import IO

from .errors import AlreadyRunning, DataFolderUnusable
from .identity import ServerUser

LONGEST_SOCKET = 100  # bytes; the kernel's limit is 103 (macOS) or 107 (Linux), with its final zero
SOCKET_NAME = ".s.PGSQL.5432"


def default_data_dir() -> Path:
    """`/var/lib/deskwell` for root, else `~/.local/share/deskwell`.

    Not root's home: the server runs as `nobody`, who cannot enter it.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/deskwell")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "deskwell"


def prepare(data_dir: Path, user: ServerUser) -> None:
    """Make the folder and see that the server's user can reach it; nothing outside it is changed."""
    try:
        data_dir.mkdir(mode=0o711 if user.is_other else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderUnusable(
            f"The data folder {data_dir} cannot be made ({error.strerror}). Give another one with --data-dir."
        ) from error
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise DataFolderUnusable(
            f"The data folder {data_dir} belongs to somebody else. Give another one with --data-dir."
        )
    if user.is_other:
        _open_for(data_dir, user)


def _open_for(data_dir: Path, user: ServerUser) -> None:
    for parent in reversed(data_dir.parents):
        if not user.may_traverse(parent):
            raise DataFolderUnusable(
                f"As root, the database runs as the user “{user.name}”, who cannot enter {parent}, "
                f"so {data_dir} cannot be the data folder. Use another one:\n"
                "    deskwell serve --data-dir /var/lib/deskwell\n"
                "or let other users pass through (they still cannot list it):\n"
                f"    chmod o+x {shlex.quote(str(parent))}"
            )
    if not user.may_traverse(data_dir):
        data_dir.chmod(stat.S_IMODE(data_dir.stat().st_mode) | stat.S_IXOTH)


def claim(data_dir: Path) -> IO[str]:
    """Lock the folder for this process; the lock falls with the process, however it ends."""
    lock = (data_dir / "deskwell.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise AlreadyRunning(
            f"Deskwell already runs on {data_dir} (process {holder}). "
            "Stop it first, or start this one with another --data-dir."
        ) from None
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def is_claimed(data_dir: Path) -> bool:
    """Whether a Deskwell works on this folder now."""
    try:
        lock = (data_dir / "deskwell.lock").open("r", encoding="utf-8")
    except FileNotFoundError:
        return False
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def socket_dir(data_dir: Path) -> Path:
    """`run` in the data folder, or a folder in /tmp when that path is too long or has odd characters.

    Socket paths are limited to about 100 bytes, and blanks or commas need quoting that not every
    client gets right.
    """
    inside = data_dir / "run"
    is_plain = re.fullmatch(r"[A-Za-z0-9/_.-]+", str(inside)) is not None
    if is_plain and len(os.fsencode(inside / SOCKET_NAME)) < LONGEST_SOCKET:
        return inside
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path("/tmp") / f"deskwell-{os.geteuid()}-{digest}"  # noqa: S108  checked by make_private


def make_private(folder: Path, user: ServerUser) -> None:
    """Make a folder only the server's user (and root) can enter; refuse one made by anybody else."""
    try:
        folder.mkdir(mode=0o700)
        user.own(folder)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid:
            raise DataFolderUnusable(
                f"{folder} exists and is not a folder of the user “{user.name}”. Remove it and start again."
            ) from None
        folder.chmod(0o700)
