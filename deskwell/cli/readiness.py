"""Whether a desk needs anything done before its parts start; asked without loading the product, to start fast."""

import re
from enum import Enum
from importlib.resources import files

import psycopg

_LINE = re.compile(r"^(revision|down_revision)\b[^=]*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)


class Schema(Enum):
    """How the database's schema relates to this version."""

    UNREACHABLE = "unreachable"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def is_prepared(url: str) -> bool:
    """Whether the schema is this version's and somebody has an account: then there is nothing to do."""
    if schema_state(url) is not Schema.CURRENT:
        return False
    with psycopg.connect(_plain(url), autocommit=True) as session:
        row = session.execute("SELECT EXISTS (SELECT FROM deskwell.users)").fetchone()
    return row is not None and bool(row[0])


def schema_state(url: str) -> Schema:
    """Compare the database with the migrations that came with this version."""
    try:
        with psycopg.connect(_plain(url), autocommit=True) as session:
            row = session.execute("SELECT version_num FROM deskwell.alembic_version").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return Schema.OLDER
    except psycopg.OperationalError:
        return Schema.UNREACHABLE
    if row is None or (row[0] != newest_revision() and row[0] in known_revisions()):
        return Schema.OLDER
    return Schema.CURRENT if row[0] == newest_revision() else Schema.NEWER


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg", "postgresql")


def newest_revision() -> str | None:
    """The revision that no other one follows, read from the files."""
    revisions = known_revisions()
    heads = set(revisions) - {parent for parent in revisions.values() if parent}
    return heads.pop() if len(heads) == 1 else None


def known_revisions() -> dict[str, str | None]:
    """Each revision of this version and the one before it."""
    found: dict[str, str | None] = {}
    for file in files("deskwell.migrations").joinpath("versions").iterdir():
        if file.name.endswith(".py"):
            stated = dict(_LINE.findall(file.read_text()))
            if "revision" in stated:
                found[stated["revision"]] = stated.get("down_revision")
    return found
