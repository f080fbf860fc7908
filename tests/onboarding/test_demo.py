"""The example desk: believable, whole, and filled once."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from deskwell.core.db import rows
from deskwell.domains.onboarding import demo
from deskwell.domains.onboarding.demo.stories import DAYS, TICKETS, stories

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def test_stories_cover_ninety_days_and_sixteen_use_cases():
    told = stories(NOW)
    assert len(told) == TICKETS
    assert len({story.use_case for story in told}) == 16
    assert {story.context for story in told} == {
        "tarn-and-thistle", "heronboard", "kestrel-vane", "brackwater-staff-desk",
    }  # fmt: skip
    for story in told:
        moments = [step.at for step in story.steps]
        assert moments == sorted(moments)
        assert NOW - timedelta(days=DAYS) <= moments[0] <= moments[-1] <= NOW
        assert not any("{" in step.text for step in story.steps)
        assert "{" not in story.subject
    assert stories(NOW) == told


@pytest.fixture(scope="module")
async def filled(context):
    lines = await demo.fill(context)
    async with context.transaction() as session:
        yield session, lines


async def test_desk_is_filled_as_promised(filled):
    session, _ = filled
    count = await rows(
        session,
        """SELECT (SELECT count(*) FROM tickets) AS tickets, (SELECT count(DISTINCT customer_id) FROM tickets) AS writers,
                  (SELECT count(*) FROM users WHERE role = 'customer') AS customers,
                  (SELECT count(*) FROM users WHERE role = 'agent') AS agents,
                  (SELECT count(*) FROM articles WHERE status = 'published') AS articles,
                  (SELECT count(*) FROM contexts) AS contexts""",
    )
    assert count[0]["tickets"] == 240
    assert count[0]["customers"] == 40
    assert count[0]["writers"] >= 38
    assert (count[0]["agents"], count[0]["articles"], count[0]["contexts"]) == (4, 40, 4)


async def test_the_desk_has_workflows_to_look_at(filled):
    session, _ = filled
    count = await rows(
        session,
        """SELECT (SELECT count(*) FROM rules WHERE is_active) AS rules, (SELECT count(*) FROM macros) AS macros,
                  (SELECT count(*) FROM canned_responses) AS texts, (SELECT count(*) FROM custom_fields) AS fields,
                  (SELECT count(*) FROM users WHERE company_id IS NOT NULL) AS members,
                  (SELECT count(*) FROM rule_runs) AS runs""",
    )
    assert count[0] == {"rules": 2, "macros": 3, "texts": 5, "fields": 5, "members": 11, "runs": 0}


async def test_every_kind_of_ticket_is_there(filled):
    session, _ = filled
    found = await rows(session, "SELECT status, source, priority, assignee_id, escalated_at FROM tickets")
    assert set(Counter(row["status"] for row in found)) == {"open", "human_assigned", "closed"}
    assert {row["source"] for row in found} == {"web", "email", "api", "chat", "phone", "social"}
    assert {row["priority"] for row in found} == {"low", "medium", "high", "urgent"}
    assert any(
        row["escalated_at"] and not row["assignee_id"] and row["status"] == "human_assigned" for row in found
    )


async def test_what_the_ai_said_is_cited(filled):
    session, _ = filled
    found = await rows(
        session, "SELECT citations, confidence FROM messages WHERE author = 'ai' AND confidence > 0.7"
    )
    assert len(found) > 100
    assert all(row["citations"][0]["article_id"] for row in found)


async def test_log_tells_the_past_at_its_own_time(filled):
    session, _ = filled
    found = await rows(
        session,
        """SELECT count(*) AS n FROM tickets t JOIN events e ON e.ticket_id = t.id AND e.kind = 'ticket.opened'
           WHERE abs(extract(epoch FROM e.at - t.created_at)) < 5""",
    )
    assert found[0]["n"] == 240


async def test_nobody_is_written_to(filled):
    session, _ = filled
    found = await rows(
        session,
        "SELECT task_name FROM procrastinate_jobs WHERE task_name ILIKE ANY (ARRAY['%%mail%%', '%%answer%%'])",
        none=1,
    )
    assert found == []


async def test_second_fill_changes_nothing(filled, context):
    _, lines = filled
    assert any("agent" in line for line in lines)
    again = await demo.fill(context)
    assert len(again) == 1
    assert "already here" in again[0]


async def test_printed_password_opens_the_desk(filled, client):
    _, lines = filled
    email, password = next(line.split()[1:] for line in lines if line.split()[0] == "agent")
    answer = await client.post("/auth/login", json={"email": email, "password": password})
    assert answer.json()["user"]["role"] == "agent"
