"""Whom the server runs as: ourselves, or `nobody` when we are root (PostgreSQL refuses root)."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import EmbeddedPostgresError


@dataclass(frozen=True)
class ServerUser:
    """An account of this machine. `is_other` when the server has to switch to it."""

    uid: int
    gid: int
    name: str
    is_other: bool

    @property
    def popen(self) -> dict[str, Any]:
        """Arguments of `subprocess` that start a program as this user."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand a path over to this user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def may_traverse(self, folder: Path) -> bool:
        """Whether the user can pass through a folder, by its owner, group and mode."""
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def server_user() -> ServerUser:
    """`nobody` for root, else the current user."""
    if os.geteuid() != 0:
        uid, gid = os.geteuid(), os.getegid()
        try:
            name = pwd.getpwuid(uid).pw_name
        except KeyError:  # a container started with a bare number
            name = str(uid)
        return ServerUser(uid, gid, name, is_other=False)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedPostgresError(
            "As root the database needs an account without rights, and this machine has no user “nobody”. "
            "Start Deskwell as an ordinary user, or give DATABASE_URL to use a server of your own."
        ) from None
    return ServerUser(nobody.pw_uid, nobody.pw_gid, "nobody", is_other=True)
