"""Whatever breaks, and wherever: the answer tells a person what to do and nothing of the inside."""

import psycopg
import pytest
from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from deskwell.app.api import create_app
from deskwell.core.db import Session, execute, one
from deskwell.core.errors import Conflict
from tests.conftest import client_of

SECRET = "/srv/secret/path.py"


async def broken_dependency() -> None:
    raise RuntimeError(SECRET)


def broken_routes() -> APIRouter:
    router = APIRouter(prefix="/broken")

    @router.get("/route")
    async def in_route() -> None:
        raise KeyError(SECRET)

    @router.get("/dependency", dependencies=[Depends(broken_dependency)])
    async def in_dependency() -> None: ...

    @router.get("/orm")
    async def in_orm(session: Session) -> None:
        await session.execute(text("SELECT secret_column FROM secret_table"))

    @router.get("/sql")
    async def in_sql(session: Session) -> None:
        await one(session, "SELECT secret_column FROM secret_table")

    @router.get("/commit")
    async def at_commit(session: Session) -> None:
        await execute(session, "CREATE TEMP TABLE t (id int, UNIQUE (id) DEFERRABLE INITIALLY DEFERRED)")
        await execute(session, "INSERT INTO t VALUES (1), (1)")

    @router.get("/unserialisable", response_model=dict[str, int])
    async def in_response() -> dict[str, str]:
        return {"number": SECRET}

    @router.get("/unreachable")
    async def database_gone() -> None:
        raise OperationalError("SELECT secret", {}, psycopg.OperationalError("host secret"))

    @router.get("/number")
    async def out_of_range(session: Session) -> None:
        await one(session, "SELECT %(n)s::int", n=2**40)

    @router.get("/refused")
    async def refused() -> None:
        raise Conflict("Somebody was faster.", code="too_slow")

    return router


@pytest.fixture(scope="module")
def broken(context):
    app = create_app(context=context)
    app.include_router(broken_routes())
    return client_of(app)


@pytest.mark.parametrize("where", ["route", "dependency", "orm", "sql", "commit", "unserialisable"])
async def test_a_fault_of_ours_is_a_500_that_tells_nothing(broken, where):
    answer = await broken.get(f"/broken/{where}")
    assert answer.status_code == 500
    body = answer.json()
    assert set(body) == {"detail", "code", "request_id"}
    assert body["request_id"] == answer.headers["x-request-id"]
    for inside in ("secret", "Error", "SELECT", "Traceback", ".py", "psycopg", "duplicate"):
        assert inside not in answer.text


async def test_a_commit_that_fails_never_answers_200(broken):
    assert (await broken.get("/broken/commit")).status_code == 500


async def test_a_database_that_is_gone_is_503_with_retry_after(broken):
    answer = await broken.get("/broken/unreachable")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]
    assert "secret" not in answer.text


async def test_a_value_out_of_range_is_the_callers_fault(broken):
    assert (await broken.get("/broken/number")).status_code == 400


async def test_a_refusal_says_why(broken):
    answer = await broken.get("/broken/refused")
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (
        409,
        "too_slow",
        "Somebody was faster.",
    )


async def test_unknown_paths_and_methods_answer_json(client):
    nothing = await client.get("/no/such/thing")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "not_found")
    assert (await client.delete("/health")).json()["code"] == "method_not_allowed"
    not_json = await client.post("/auth/login", content=b"{", headers={"Content-Type": "application/json"})
    assert not_json.status_code == 422
    assert isinstance(not_json.json()["detail"], str)


async def test_every_answer_has_its_safety_headers(client):
    for path in ("/health", "/no/such/thing", "/auth/me"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "object-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"].split("style-src-attr")[0]


async def test_a_body_that_is_too_large_is_413(client):
    answer = await client.post("/auth/login", content=b"x" * (1024 * 1024 + 1))
    assert answer.status_code == 413

    async def endless():
        for _ in range(40):
            yield b"x" * 65536

    assert (await client.post("/auth/login", content=endless())).status_code == 413


async def test_faults_are_grouped_for_admins_without_their_text(broken, sign_in, make):
    for _ in range(2):
        answer = await broken.get("/broken/route")
    admin, agent = await sign_in(await make.admin()), await sign_in(await make.agent())
    found = (await admin.get("/admin/errors")).json()["faults"]
    fault = next(fault for fault in found if fault["kind"] == "KeyError")
    assert fault["count"] >= 2
    assert fault["last_request_id"] == answer.json()["request_id"]
    assert fault["place"].startswith("deskwell/")
    assert SECRET not in str(found)
    assert (await agent.get("/admin/errors")).status_code == 403
    await admin.delete(f"/admin/errors/{fault['fingerprint']}")
    assert fault["fingerprint"] not in (await admin.get("/admin/errors")).text


async def test_browsers_report_what_broke_in_them(client, sign_in, make):
    await client.post("/errors", json={"kind": "TypeError", "place": "/assets/inbox.js:1:200"})
    admin = await sign_in(await make.admin())
    sources = {fault["source"] for fault in (await admin.get("/admin/errors")).json()["faults"]}
    assert "browser" in sources
