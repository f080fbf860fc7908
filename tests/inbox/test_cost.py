"""What a read costs over HTTP: every statement counts, that of the sign-in included."""

import re

import psycopg
import pytest
from fastapi import APIRouter, Depends

from deskwell.core.db import execute, one, rows
from deskwell.core.reading import ReadRoute
from deskwell.domains.reports.service.folding import fold_counts

EXECUTE = psycopg.AsyncCursor.execute
READ = re.compile(r"\b(FROM|JOIN) (tickets|messages|sessions|teams|ticket_counts)\b|BEGIN|COMMIT")


@pytest.fixture
def statements(monkeypatch):
    """The statements that go out: ours, and SQLAlchemy's."""
    seen = []

    async def noting(self, query, params=None, **options):
        if READ.search(str(query)):  # the feed of live updates reads besides, but none of these
            seen.append(query)
        return await EXECUTE(self, query, params, **options)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", noting)
    return seen


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/admin/tickets?status=open&page_size=1", 2),
        ("/admin/tickets?page_size=1&sort=priority", 2),
        ("/admin/tickets?context=Shop&page_size=1", 3),
        ("/admin/tickets/assigned", 2),
        ("/ticket/{id}?include=notes", 3),
        ("/stats", 3),
    ],
)
async def test_reading_takes_few_statements(make, sign_in, statements, path, most):
    agent = await sign_in(await make.agent())
    tickets = [await make.ticket() for _ in range(2)]
    await agent.get("/auth/me")
    del statements[:]
    answer = await agent.get(path.format(id=tickets[0].id))
    assert answer.status_code == 200, answer.text
    assert len(statements) <= most, statements


async def test_totals_come_from_sums_that_follow_every_change(context, make, sign_in):
    agent_user = await make.agent()
    agent = await sign_in(agent_user)

    async def totals():
        names = ("open", "human_assigned", "closed")
        answers = [await agent.get(f"/admin/tickets?status={name}&page_size=1") for name in names]
        return [answer.json()["pagination"]["total_count"] for answer in answers]

    tickets = [await make.ticket() for _ in range(4)]
    for _ in tickets:  # two of each kind, so that a page of one does not tell the total by itself
        await agent.post(f"/admin/ticket/{(await make.ticket()).id}/close")
        await agent.post(
            f"/admin/ticket/{(await make.ticket()).id}/assign-admin", json={"admin_email": agent_user.email}
        )
    before = await totals()
    assert before == await counted(context)
    await agent.post(f"/admin/ticket/{tickets[0].id}/assign-admin", json={"admin_email": agent_user.email})
    await agent.post(f"/admin/ticket/{tickets[1].id}/close")
    trashed = await agent.post("/admin/tickets/delete", json={"ticket_ids": [str(tickets[1].id)]})
    assert trashed.status_code == 200
    assert (
        await totals()
        == await counted(context)
        == [
            before[0] - 2,
            before[1] + 1,
            before[2],
        ]
    )
    async with context.transaction() as session:
        await fold_counts(session)
        assert await one(session, "SELECT 1 FROM ticket_count_deltas LIMIT 1") is None
    assert await totals() == await counted(context)


async def counted(context):
    async with context.transaction() as session:
        found = await rows(
            session, "SELECT status, count(*) AS n FROM tickets WHERE trashed_at IS NULL GROUP BY status"
        )
    by_status = {row["status"]: row["n"] for row in found}
    return [by_status[name] for name in ("open", "human_assigned", "closed")]


async def test_a_restricted_team_is_not_counted_for_others(context, make, sign_in):
    agent = await sign_in(await make.agent())
    shown = (await agent.get("/admin/tickets?status=open&page_size=1")).json()["pagination"]["total_count"]
    team = await make.team(is_restricted=True)
    for _ in range(2):
        ticket = await make.ticket()
        async with context.transaction() as session:
            await execute(
                session, "UPDATE tickets SET team_id = %(t)s WHERE id = %(id)s", t=team.id, id=ticket.id
            )
    after = (await agent.get("/admin/tickets?status=open&page_size=1")).json()["pagination"]["total_count"]
    assert after == shown
    async with context.transaction() as session:
        await execute(session, "UPDATE teams SET is_restricted = false WHERE id = %(t)s", t=team.id)


async def test_a_read_survives_a_restarted_database(context, make, sign_in):
    agent = await sign_in(await make.agent())
    assert (await agent.get("/admin/tickets")).status_code == 200
    async with context.transaction() as session:
        await rows(
            session,
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE 'LISTEN%%'""",
        )
    assert (await agent.get("/admin/tickets")).status_code == 200
    await context.database.engine.dispose()  # its connections are as dead


async def test_an_ended_session_is_refused_at_once(context, make, sign_in):
    person = await make.agent()
    agent = await sign_in(person)
    assert (await agent.get("/admin/tickets")).status_code == 200
    async with context.transaction() as session:
        await execute(
            session, "UPDATE sessions SET ended_at = clock_timestamp() WHERE user_id = %(id)s", id=person.id
        )
    assert (await agent.get("/admin/tickets")).status_code == 401


def test_a_read_route_refuses_what_it_cannot_solve():
    async def by_name(name: str) -> str:
        return name

    async def read(name: str = Depends(by_name)) -> str:
        return name

    with pytest.raises(TypeError, match="takes more than the request"):
        APIRouter(route_class=ReadRoute).get("/x")(read)


async def test_wrong_parameters_say_which(make, sign_in):
    agent = await sign_in(await make.agent())
    answer = await agent.get("/admin/tickets?page=two")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "page")
    assert (await agent.get("/ticket/nonsense")).status_code == 422
    assert (await agent.get("/admin/tickets?page_size=101")).status_code == 400
    assert (await agent.get("/admin/tickets?page=3&page=1&page_size=5")).json()["pagination"]["page"] == 1
