"""Put the migrations that are new on this branch behind those of another one: one line of history, no two heads.

    python scripts/rebase_migrations.py main

Changes `down_revision` of files that BASE does not have; does nothing when they already follow BASE's head.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

VERSIONS = "deskwell/migrations/versions"
_REVISION = re.compile(r"^revision(?:\s*:[^=]+)?\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_DOWN = re.compile(r"^(down_revision(?:\s*:[^=]+)?\s*=\s*)(None|[\"']([^\"']*)[\"'])", re.MULTILINE)
_REVISES = re.compile(r"^Revises:.*$", re.MULTILINE)


@dataclass(frozen=True)
class Migration:
    """One migration's place in the line, as its file states it."""

    revision: str
    parent: str | None


def main(base: str) -> int:
    """Re-parent this branch's own migrations onto the head of `base`."""
    top = Path(_git("rev-parse", "--show-toplevel").strip())
    theirs = {name: parse(_git("show", f"{base}:{name}")) for name in _files_at(base)}
    own = {p: parse(p.read_text()) for p in sorted((top / VERSIONS).glob("*.py"))}
    own = {p: m for p, m in own.items() if m and p.relative_to(top).as_posix() not in theirs}
    parent = head_of([m for m in theirs.values() if m])
    for path in in_order({p: m for p, m in own.items() if m}):
        migration = own[path]
        assert migration
        if migration.parent != parent:
            path.write_text(reparented(path.read_text(), parent))
            print(f"{path.name} now follows {parent}")
        parent = migration.revision
    return 0


def parse(text: str) -> Migration | None:
    """Read revision and parent; None for a file that is no migration."""
    revision, down = _REVISION.search(text), _DOWN.search(text)
    return Migration(revision[1], down[3]) if revision and down else None


def head_of(migrations: list[Migration]) -> str | None:
    """The one revision nobody follows."""
    heads = {m.revision for m in migrations} - {m.parent for m in migrations}
    if len(heads) > 1:
        raise SystemExit(f"The base itself has several heads: {', '.join(sorted(heads))}. Mend that first.")
    return heads.pop() if heads else None


def in_order(own: dict[Path, Migration]) -> list[Path]:
    """Own migrations, parents before children, otherwise by file name."""
    by_revision = {m.revision: p for p, m in own.items()}
    ordered: list[Path] = []

    def place(path: Path) -> None:
        parent = by_revision.get(own[path].parent or "")
        if parent and parent not in ordered and parent != path:
            place(parent)
        if path not in ordered:
            ordered.append(path)

    for path in sorted(own):
        place(path)
    return ordered


def reparented(text: str, parent: str | None) -> str:
    """The same migration behind another parent."""
    value = f'"{parent}"' if parent else "None"
    text = _DOWN.sub(lambda found: found[1] + value, text, count=1)
    return _REVISES.sub(f"Revises: {parent or ''}".rstrip(), text, count=1)


def _files_at(ref: str) -> list[str]:
    names = _git("ls-tree", "-r", "--name-only", "--full-tree", ref, VERSIONS).split()
    return [name for name in names if name.endswith(".py")]


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(sys.argv[1]))
