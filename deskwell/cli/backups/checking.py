"""Whether a restored desk fits together, and that it does not mail what was mailed before."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from deskwell.core.security import mac
from deskwell.core.settings import Settings

from .archive import FILES, Reader


@dataclass
class Findings:
    """What is in a desk, and what is wrong with it."""

    tickets: int = 0
    messages: int = 0
    files: int = 0
    problems: list[str] = field(default_factory=list)


def check(reader: Reader, url: str, scratch: Path) -> Findings:
    """Look at a restored database and at the files of the archive."""
    found = Findings()
    with psycopg.connect(url, autocommit=True) as session:
        found.tickets, found.messages = _count(session, "tickets"), _count(session, "messages")
        for text, question in _INVARIANTS:
            row = session.execute(question.encode()).fetchone()
            if row and row[0]:
                found.problems.append(f"{row[0]} {text}")
        files = session.execute("SELECT storage_key, sha256 FROM files").fetchall()
    found.files = len(files)
    found.problems += _bad_files(reader, files) if reader.manifest["has_files"] else []
    found.problems += _damaged_parts(reader, scratch)
    return found


_INVARIANTS = (
    ("messages without a ticket", "SELECT count(*) FROM messages m WHERE NOT EXISTS (SELECT FROM tickets t WHERE t.id = m.ticket_id)"),
    ("tickets whose messages are not counted in order",
     "SELECT count(*) FROM tickets t WHERE t.last_position < (SELECT coalesce(max(position), 0) FROM messages m WHERE m.ticket_id = t.id)"),
    ("ticket numbers ahead of the counter",
     ("SELECT count(*) FROM tickets WHERE number > (SELECT last_value FROM pg_sequences "
     "WHERE schemaname = 'deskwell' AND sequencename = 'tickets_number_seq')")),
)  # fmt: skip


def _bad_files(reader: Reader, files: list[tuple[object, ...]]) -> list[str]:
    problems = []
    for key, expected in files:
        stated = reader.hashes.get(f"{FILES}{key}")
        if stated is None:
            problems.append(f"the file {key} is missing")
        elif stated != expected:
            problems.append(f"the file {key} has another content than the database says")
    return problems


def _damaged_parts(reader: Reader, scratch: Path) -> list[str]:
    problems = []
    for name in reader.hashes:
        with tempfile.TemporaryFile(dir=scratch) as nowhere:
            try:
                reader.copy(name, nowhere)
            except Exception as error:  # noqa: BLE001  every kind of damage is a finding
                problems.append(str(error))
    return problems


def _count(session: psycopg.Connection[tuple[object, ...]], table: str) -> int:
    row = session.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    return int(str(row[0])) if row else 0


def key_mark(settings: Settings) -> str:
    """A mark by which two equal secret keys are recognised, and from which none can be computed."""
    return mac(settings, "backup", "key", length=32)


def revision(settings: Settings) -> str:
    """The schema's revision."""
    with psycopg.connect(settings.direct_url.replace("postgresql+psycopg", "postgresql")) as session:
        row = session.execute("SELECT version_num FROM deskwell.alembic_version").fetchone()
    return str(row[0]) if row else ""


def hold_mail_back(url: str) -> int:
    """Mark mails that were waiting as failed: they may have been sent after the backup was made. Returns how many."""
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as session:
        held = session.execute(_HOLD, [_WHY, _WHY]).fetchone()
    return int(str(held[0])) if held else 0


_WHY = "Held back: this desk was restored from a backup, and the mail may have been sent since. Send it again if it was not."
_HOLD = """
WITH held AS (
    UPDATE outbox SET state = 'failed', leased_until = NULL, next_attempt_at = NULL, last_error = %s
    WHERE state IN ('queued', 'leased', 'uncertain') RETURNING email_id
), told AS (
    UPDATE email_messages SET delivery_state = 'failed', error_message = %s
    WHERE id IN (SELECT email_id FROM held)
)
SELECT count(*) FROM held
"""
