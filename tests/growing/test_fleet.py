"""Two web and two worker processes act as one desk, behind PgBouncer, nginx and an S3 store."""

import signal
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator

import psycopg
import pytest

from tests.front_door.conftest import wait_until

from .conftest import ROLE, Fleet, Log, call

ARTICLE = {
    "title": "Return an item",
    "body": "You can return any unused item within 30 days of delivery. Open **Orders** and print the return label.",
    "context": "Shop",
    "status": "published",
}
QUESTION = {"context": "Shop", "subject": "Return", "message": "How can I return an unused item?"}


@pytest.fixture
def ticket(fleet: Fleet) -> str:
    """A ticket of one's own, which the AI leaves alone."""
    body = {
        "context": "Internal",
        "subject": f"Case {uuid.uuid4()}",
        "message": "Please let a person look at it.",
    }
    opened = fleet.call("/ticket", body, who="customer", Prefer="respond-async")
    return str(opened["ticket_id"])


def test_the_desk_has_no_power_over_the_database(fleet: Fleet) -> None:
    with psycopg.connect(fleet.pooled.direct_url) as session:
        is_super, schema = session.execute(
            """SELECT rolsuper, (SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace
               WHERE extname = 'vector') FROM pg_roles WHERE rolname = current_user"""
        ).fetchone() or (None, None)
        owners = session.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'deskwell'"
        ).fetchall()
    assert (is_super, schema, owners) == (False, "extensions", [(ROLE,)])


def test_every_connection_is_encrypted_and_web_takes_the_transaction_entry(fleet: Fleet) -> None:
    fleet.call("/admin/tickets", who="owner")
    with psycopg.connect(fleet.pooled.admin_url, autocommit=True) as session:
        rows = session.cursor(row_factory=psycopg.rows.dict_row).execute("SHOW CLIENTS").fetchall()
    desk = [row for row in rows if row["database"].startswith("desk")]
    assert {row["database"] for row in desk} == {"desk", "desk_session"}
    assert all("TLS" in row["tls"] for row in desk), desk


def test_a_worker_answers_from_the_knowledge_base(fleet: Fleet) -> None:
    fleet.call("/admin/articles", ARTICLE, who="owner")
    wait_until(lambda: is_embedded(fleet), 60)
    opened = fleet.call("/ticket", QUESTION, who="customer", Prefer="respond-async")
    path = f"/ticket/{opened['ticket_id']}"

    def answer() -> list[str]:
        messages = fleet.call(path, who="customer")["messages"]
        return [m["message"] for m in messages if m["sender"] == "ai"]

    wait_until(answer, 60, Log(fleet.workers[0].log))
    assert "30 days" in answer()[0]


def test_a_file_given_to_one_web_process_comes_back_from_the_other(fleet: Fleet, ticket: str) -> None:
    content = b"receipt \xe2\x82\xac 12.50\n" * 1000
    edge = uuid.uuid4().hex
    body = (
        (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="receipt.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        ).encode()
        + content
        + f"\r\n--{edge}--\r\n".encode()
    )
    kept = fleet.call(
        f"/ticket/{ticket}/attachments",
        body,
        who="customer",
        web=0,
        Content_Type=f"multipart/form-data; boundary={edge}",
    )
    assert fleet.call(f"/attachment/{kept['attachment']['id']}", who="customer", web=1) == content


def test_what_happens_in_one_web_process_is_told_by_the_other(fleet: Fleet, ticket: str) -> None:
    heard: list[str] = []
    is_listening = threading.Event()

    def listen() -> None:
        headers = {"Authorization": f"Bearer {fleet.tokens['owner']}"}
        request = urllib.request.Request(f"http://127.0.0.1:{fleet.webs[1].port}/live", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as stream:
            for line in stream:
                text = line.decode()
                if "ready" in text:
                    is_listening.set()
                if ticket in text:
                    heard.append(text)
                    return

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    assert is_listening.wait(20)
    fleet.call(
        f"/ticket/{ticket}/reply",
        {"message": "One more thing."},
        who="customer",
        web=0,
        Prefer="respond-async",
    )
    listener.join(20)
    assert heard


def test_of_two_edits_at_once_none_is_lost(fleet: Fleet, ticket: str) -> None:
    """Each version of the ticket is changed by exactly one of those who tried."""
    wins: list[int] = []

    def edit(who: int) -> None:
        web = who % 2
        for number in range(10):
            base = f"http://127.0.0.1:{fleet.webs[web].port}"
            version = fleet.call(f"/ticket/{ticket}", who="owner", web=web)["ticket"]["version"]
            change = {"subject": f"{who}-{number}", "expected_version": version}
            status, _ = call(base, f"/ticket/{ticket}", change, token=fleet.tokens["owner"], method="PATCH")
            assert status in {200, 409}
            if status == 200:
                wins.append(version)

    editors = [threading.Thread(target=edit, args=[who]) for who in range(4)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert len(wins) == len(set(wins)) >= 10


def test_a_rolling_restart_drops_no_request(fleet: Fleet, ticket: str) -> None:
    wait_until(lambda: fleet.call("/ready")["figures"]["workers"] == 10, 60)  # five queues each
    is_over = threading.Event()
    failures: list[tuple[str, int]] = []
    sent: list[str] = []

    def visit(number: int) -> None:
        for count in numbers():
            if is_over.is_set():
                return
            status, _ = call(fleet.url, f"/ticket/{ticket}", token=fleet.tokens["customer"])
            if status != 200:
                failures.append(("thread", status))
            text = f"message {number}-{count}"
            status, _ = call(
                fleet.url,
                f"/ticket/{ticket}/reply",
                {"message": text},
                token=fleet.tokens["customer"],
                Idempotency_Key=str(uuid.uuid4()),
                Prefer="respond-async",
            )
            if status not in {200, 201, 202}:
                failures.append(("reply", status))
            sent.append(text)
            time.sleep(0.02)

    visitors = [threading.Thread(target=visit, args=[number], daemon=True) for number in range(3)]
    for visitor in visitors:
        visitor.start()
    for web in fleet.webs:
        assert web.stop() in {0, -signal.SIGTERM}
        web.start()
        web.wait_until_it_answers()
    for worker in fleet.workers:
        assert worker.stop() == 0, worker.log.read_text()[-3000:]
        worker.start()
    is_over.set()
    for visitor in visitors:
        visitor.join()
    assert not failures, failures
    messages = [m["message"] for m in thread(fleet, ticket) if m["sender"] == "customer"]
    assert sorted(m for m in messages if m.startswith("message ")) == sorted(sent)
    assert len(sent) > 10


def is_embedded(fleet: Fleet) -> bool:
    with psycopg.connect(fleet.pooled.direct_url) as session:
        return session.execute("SELECT count(*) > 0 FROM deskwell.article_embeddings").fetchone() == (True,)


def thread(fleet: Fleet, ticket: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = fleet.call(f"/ticket/{ticket}", who="customer")["messages"]
    return found


def numbers() -> Iterator[int]:
    count = 0
    while True:
        yield count
        count += 1
