"""A database full of plausible tickets: words by Zipf's law, three messages each, written by COPY."""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import psycopg

CUSTOMERS_PER_TICKET = 0.1
MESSAGES = (1, 2, 2, 3, 3, 4, 6)
STATUSES = ("closed",) * 7 + ("open",) * 2 + ("human_assigned",)
PRIORITIES = ("medium",) * 6 + ("low",) * 2 + ("high", "urgent")
CONTEXTS = ("Shop", "App", "Clients", "Staff desk")
KNOWN_WORDS = [
    "the",
    "a",
    "to",
    "is",
    "my",
    "i",
    "it",
    "not",
    "and",
    "for",
    "of",
    "in",
    "on",
    "order",
    "with",
    "have",
    "was",
    "account",
    "please",
    "help",
    "can",
    "when",
    "after",
    "password",
    "printer",
    "invoice",
    "refund",
    "delivery",
    "login",
    "error",
    "app",
    "update",
    "payment",
    "card",
    "address",
    "email",
    "reset",
    "broken",
    "late",
    "missing",
    "wrong",
    "screen",
    "page",
    "button",
    "file",
    "upload",
    "price",
    "contract",
    "laptop",
    "badge",
    "room",
    "leave",
]
END = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = 365


class Writer:
    """Makes text: few words very often, most words rarely."""

    def __init__(self, chance: random.Random, vocabulary: int = 20_000) -> None:
        syllables = (
            "ka",
            "lo",
            "mi",
            "ten",
            "ra",
            "su",
            "vel",
            "dor",
            "pin",
            "qua",
            "zet",
            "bri",
            "nol",
            "fa",
        )
        made = {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(vocabulary)}
        self._words = KNOWN_WORDS + sorted(made)
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))
        self._chance = chance

    def words(self, count: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=count))


def fill(url: str, tickets: int, *, seed: int = 7) -> None:
    """Write people, tickets and messages; nothing when the database already holds them."""
    with psycopg.connect(url) as session:
        session.execute("SET statement_timeout = 0")
        session.execute("SET idle_in_transaction_session_timeout = 0")
        row = session.execute("SELECT count(*) FROM tickets").fetchone()
        if row and row[0] >= tickets:
            return
        chance = random.Random(seed)
        customers = [
            _id(chance, END - timedelta(days=DAYS))
            for _ in range(max(10, int(tickets * CUSTOMERS_PER_TICKET)))
        ]
        agents = [_id(chance, END - timedelta(days=DAYS)) for _ in range(20)]
        _copy(session, "users (id, email, name, role)", _people(customers, agents))
        writer = Writer(chance)
        made = [_ticket(chance, writer, customers, agents, n / tickets) for n in range(tickets)]
        _copy(session, _TICKET_COLUMNS, (ticket for ticket, _ in made))
        _copy(session, _MESSAGE_COLUMNS, _messages(chance, writer, made))
    with psycopg.connect(url, autocommit=True) as session:
        for setting in ("statement_timeout = 0", "lock_timeout = 0", "maintenance_work_mem = '512MB'"):
            session.execute(f"SET {setting}".encode())
        for statement in _SEARCH_ROWS:
            session.execute(statement.encode())
        session.execute("VACUUM ANALYZE")


def lengthen(url: str, *, tickets: int = 2000, messages: int = 10) -> None:
    """Let the newest tickets have threads of ten messages, as the goals speak of those; nothing when they do."""
    with psycopg.connect(url) as session:
        session.execute("SET statement_timeout = 0")
        if session.execute("SELECT FROM tickets WHERE message_count >= %s LIMIT 1", [messages]).fetchone():
            return
        session.execute(_LONGER, {"tickets": tickets, "messages": messages})


_LONGER = """
WITH picked AS (SELECT id, message_count, customer_id, last_message_at FROM tickets
                WHERE message_count < %(messages)s ORDER BY id DESC LIMIT %(tickets)s),
     written AS (
    INSERT INTO messages (id, created_at, ticket_id, position, author, author_id, body, source)
    SELECT gen_random_uuid(), p.last_message_at + n * interval '1 minute', p.id, p.message_count + n, 'customer',
           p.customer_id, m.body, 'web'
    FROM picked p CROSS JOIN LATERAL generate_series(1, %(messages)s - p.message_count) n
    JOIN messages m ON m.ticket_id = p.id AND m.position = 1)
UPDATE tickets t SET message_count = %(messages)s, last_position = %(messages)s FROM picked p WHERE t.id = p.id
"""


_SEARCH_ROWS = (
    "DROP INDEX IF EXISTS ticket_search_everything_idx",
    """INSERT INTO ticket_search (ticket_id, everything, codes)
       SELECT t.id, setweight(to_tsvector('deskwell.english_unaccent', t.subject), 'A')
              || setweight(to_tsvector('deskwell.english_unaccent', m.body), 'B'),
              CASE WHEN t.number % 5 = 0 THEN 'wx-' || (t.number * 7919 % 900000 + 100000) || '-kl' END
       FROM tickets t JOIN LATERAL (SELECT string_agg(body, ' ') AS body FROM messages WHERE ticket_id = t.id) m ON true
       ON CONFLICT DO NOTHING""",
    "CREATE INDEX ticket_search_everything_idx ON ticket_search USING gin (everything)",
)


_TICKET_COLUMNS = (
    "tickets (id, created_at, context, context_key, subject, subject_key, status, waiting_for, priority, source, "
    "customer_id, assignee_id, last_position, message_count, updated_at, last_message_at)"
)
_MESSAGE_COLUMNS = "messages (id, created_at, ticket_id, position, author, author_id, body, source)"
Row = tuple[object, ...]


def _ticket(
    chance: random.Random,
    writer: Writer,
    customers: list[uuid.UUID],
    agents: list[uuid.UUID],
    progress: float,
) -> tuple[Row, int]:
    opened = END - timedelta(days=DAYS * (1 - progress), seconds=chance.random() * 60)
    count, subject = chance.choice(MESSAGES), writer.words(chance.randint(3, 8))
    status, context = chance.choice(STATUSES), chance.choice(CONTEXTS)
    last = opened + timedelta(minutes=37 * (count - 1))
    row = (
        _id(chance, opened), opened, context, context.casefold(), subject, subject, status,
        "customer" if count % 2 == 0 else "agent", chance.choice(PRIORITIES), chance.choice(("web", "email", "email")),
        chance.choice(customers), chance.choice(agents) if status == "human_assigned" else None,
        count, count, last, last,
    )  # fmt: skip
    return row, count


def _messages(chance: random.Random, writer: Writer, made: list[tuple[Row, int]]) -> Iterator[Row]:
    for ticket, count in made:
        opened = ticket[1]
        assert isinstance(opened, datetime)
        for position in range(1, count + 1):
            at = opened + timedelta(minutes=37 * (position - 1))
            is_customer = position % 2 == 1
            author = "customer" if is_customer else "agent"
            body = writer.words(chance.randint(15, 120))
            yield (
                _id(chance, at),
                at,
                ticket[0],
                position,
                author,
                ticket[10] if is_customer else ticket[11],
                body,
                "web",
            )


def _people(customers: list[uuid.UUID], agents: list[uuid.UUID]) -> Iterator[Row]:
    for number, identity in enumerate(customers):
        yield (identity, f"customer-{number}@example.org", f"Customer {number}", "customer")
    for number, identity in enumerate(agents):
        yield (identity, f"agent-{number}@example.org", f"Agent {number}", "agent")


def _id(chance: random.Random, at: datetime) -> uuid.UUID:
    """A UUIDv7 of that moment."""
    stamp = int(at.timestamp() * 1000)
    return uuid.UUID(
        int=stamp << 80 | 0x7 << 76 | chance.getrandbits(12) << 64 | 0b10 << 62 | chance.getrandbits(62)
    )


def _copy(session: psycopg.Connection[tuple[object, ...]], target: str, rows: Iterator[Row]) -> None:
    with session.cursor().copy(f"COPY {target} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)
