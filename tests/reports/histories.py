"""Random histories of tickets, written as raw rows, and the figures recomputed from them by plain SQL."""

import json
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from deskwell.core.db import execute, one
from deskwell.core.ids import new_id

START = datetime(2026, 9, 20, tzinfo=UTC)  # the clocks change in Europe and America within these weeks
DAYS = 60
KINDS = ("work", "waiting", "research", "communication", "other")
CALENDAR = {  # New York: the clocks go back in one of its nights, two public holidays fall into the time
    "name": "Counters",
    "timezone": "America/New_York",
    "periods": [
        *({"weekday": day, "start": "09:00", "end": "12:30"} for day in range(1, 6)),
        *({"weekday": day, "start": "13:30", "end": "17:30"} for day in range(1, 6)),
        {"weekday": 6, "start": "22:00", "end": "02:00"},
    ],
    "country": "US",
    "holidays": [{"date": "2026-10-21", "name": "Outing", "yearly": False}],
    "is_default": True,
}


class Histories:
    """Writes tickets with random lives into one database."""

    def __init__(self, session, *, seed, customer, agents, teams, tags, version):
        self.session, self.rng, self.version = session, random.Random(seed), version
        self.customer, self.agents, self.teams, self.tags = customer, agents, teams, tags

    async def write(self, number):
        for _ in range(number):
            await self.ticket()

    def later(self, moment, hours):
        return moment + timedelta(seconds=self.rng.randint(1, hours * 3600))

    async def ticket(self):
        rng, id_ = self.rng, new_id()
        at = START + timedelta(seconds=rng.randrange(DAYS * 86400))
        life = {"assignee_id": rng.choice([None, *self.agents]), "team_id": rng.choice([None, *self.teams])}
        await execute(
            self.session,
            """INSERT INTO tickets (id, context, context_key, subject, subject_key, status, waiting_for, priority,
                   source, customer_id, assignee_id, team_id, created_at)
               VALUES (%(id)s, %(context)s, lower(%(context)s), 'S', 's', 'open', 'agent', 'medium', 'web',
                   %(customer)s, %(assignee_id)s, %(team_id)s, %(at)s)""",
            id=id_,
            context=rng.choice(["Shop", "Bikes", "Café"]),
            customer=self.customer,
            at=at,
            **life,
        )
        for tag in rng.sample(self.tags, rng.randint(0, 2)):
            await execute(
                self.session,
                "INSERT INTO ticket_tags (ticket_id, tag_id) VALUES (%(id)s, %(tag)s)",
                id=id_,
                tag=tag,
            )
        await self.live(id_, at)

    async def live(self, id_, at):
        rng = self.rng
        position, status, first, first_ai, resolved = 0, "open", None, None, None
        for _ in range(rng.randint(0, 7)):
            at = self.later(at, 40)
            step = rng.choice(["ai", "ai", "agent", "note", "turn", "close", "escalate", "time", "violation"])
            if step in {"ai", "agent", "note"}:
                position += 1
                await self.message(id_, at, position, step)
                if step == "agent":
                    first = first or at
                if step == "ai":
                    first_ai = first_ai or at
            elif step == "turn":
                position += 1
                await self.turn(id_, at, position)
            elif step == "escalate":
                await self.event(id_, at, "ticket.escalated", "customer")
            elif step == "close" and status != "closed":
                await self.event(id_, at, "ticket.closed", rng.choice(["customer", "staff", "system"]))
                status, resolved = "closed", at
            elif step == "time":
                await self.time(id_, at)
            elif step == "violation":
                await self.violation(id_, at)
            if status == "closed" and rng.random() < 0.4:
                at = self.later(at, 30)
                await self.event(id_, at, "ticket.reopened", "customer")
                status, resolved = "open", None
        await execute(
            self.session,
            """UPDATE tickets SET status = %(status)s, first_response_at = %(first)s, first_ai_response_at = %(ai)s,
                   resolved_at = %(resolved)s, updated_at = %(at)s WHERE id = %(id)s""",
            id=id_,
            status=status,
            first=first,
            ai=first_ai,
            resolved=resolved,
            at=at,
        )
        if rng.random() < 0.8:
            await execute(
                self.session,
                """INSERT INTO sla_clocks (ticket_id, version_id, facts, response_met_at, resolution_met_at)
                   VALUES (%(id)s, %(version)s, '[]', %(first)s, %(resolved)s)""",
                id=id_,
                version=rng.choice([self.version, self.version, None]),
                first=first,
                resolved=resolved,
            )

    async def message(self, id_, at, position, kind):
        message = new_id()
        rating = self.rng.choice([None, None, 1, 3, 5]) if kind == "ai" else None
        await execute(
            self.session,
            """INSERT INTO messages (id, ticket_id, position, author, author_id, body, is_internal, created_at, rating, data)
               VALUES (%(id)s, %(ticket)s, %(position)s, %(author)s, %(author_id)s, 'B', %(internal)s, %(at)s,
                   %(rating)s, %(data)s)""",
            id=message,
            ticket=id_,
            position=position,
            author="ai" if kind == "ai" else "agent",
            author_id=None if kind == "ai" else self.rng.choice(self.agents),
            internal=kind == "note",
            at=at,
            rating=rating,
            data=json.dumps({"action": "answered"} if kind == "ai" else {}),
        )
        for stars in [5, rating][: 2 if rating else 0]:
            await execute(
                self.session,
                """INSERT INTO ratings (id, message_id, user_id, rating, created_at)
                   VALUES (%(id)s, %(message)s, %(user)s, %(stars)s, %(at)s)""",
                id=new_id(),
                message=message,
                user=self.customer,
                stars=stars,
                at=self.later(at, 5),
            )

    async def turn(self, id_, at, position):
        message = new_id()
        await execute(
            self.session,
            """INSERT INTO messages (id, ticket_id, position, author, author_id, body, created_at)
               VALUES (%(id)s, %(ticket)s, %(position)s, 'customer', %(customer)s, 'B', %(at)s)""",
            id=message,
            ticket=id_,
            position=position,
            customer=self.customer,
            at=at,
        )
        state = self.rng.choice(["answered", "clarified", "handed_over", "person", "waiting"])
        await execute(
            self.session,
            """INSERT INTO turns (id, ticket_id, message_id, state, settled_at)
               VALUES (%(id)s, %(ticket)s, %(message)s, %(state)s, %(at)s)""",
            id=new_id(),
            ticket=id_,
            message=message,
            state=state,
            at=None if state == "waiting" else self.later(at, 1),
        )

    async def event(self, id_, at, kind, actor):
        await execute(
            self.session,
            """INSERT INTO events (at, kind, ticket_id, actor_kind, through)
               VALUES (%(at)s, %(kind)s, %(id)s, %(actor)s, 'screen')""",
            at=at,
            kind=kind,
            id=id_,
            actor=actor,
        )

    async def time(self, id_, at):
        await execute(
            self.session,
            """INSERT INTO time_entries (id, ticket_id, user_id, duration_minutes, entry_type, billable, worked_at)
               VALUES (%(id)s, %(ticket)s, %(user)s, %(minutes)s, %(kind)s, %(billable)s, %(at)s)""",
            id=new_id(),
            ticket=id_,
            user=self.rng.choice(self.agents),
            minutes=self.rng.randint(1, 240),
            kind=self.rng.choice(KINDS),
            billable=self.rng.random() < 0.5,
            at=at,
        )

    async def violation(self, id_, at):
        metric = self.rng.choice(["response", "resolution"])
        await execute(
            self.session,
            """INSERT INTO sla_violations (id, ticket_id, sla_id, metric, due_at, minutes)
               VALUES (%(id)s, %(ticket)s, %(id)s, %(metric)s, %(at)s, %(minutes)s)""",
            id=new_id(),
            ticket=id_,
            metric=metric,
            at=at,
            minutes=self.rng.randint(0, 500),
        )


TICKETS = """tickets t WHERE (%(context)s::text IS NULL OR t.context = %(context)s)
    AND (%(team_id)s::uuid IS NULL OR t.team_id = %(team_id)s)
    AND (%(tag_id)s::uuid IS NULL OR EXISTS (SELECT FROM ticket_tags g WHERE g.ticket_id = t.id AND g.tag_id = %(tag_id)s))"""
OURS = f"ticket_id IN (SELECT id FROM {TICKETS})"
ASSIGNED = "(%(agent_id)s::uuid IS NULL OR t.assignee_id = %(agent_id)s)"
IN_TIME = "{at} >= %(first)s AND {at} < %(last)s"
SPREAD = """avg(v)::float AS avg, percentile_cont(0.5) WITHIN GROUP (ORDER BY v) AS median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY v) AS p90"""


def within(column):
    return IN_TIME.format(at=column)


def _events(kind):
    return f"""SELECT count(*) AS n FROM events e JOIN tickets t ON t.id = e.ticket_id
        WHERE e.kind = '{kind}' AND {within("e.at")} AND {ASSIGNED} AND e.ticket_id IN (SELECT id FROM {TICKETS})"""


def _spread(column, responder):
    mine = f"(%(agent_id)s::uuid IS NULL OR {responder} = %(agent_id)s)"
    return f"""SELECT {SPREAD} FROM (SELECT floor(extract(epoch FROM {column} - t.created_at)) AS v FROM {TICKETS}
        AND {within(column)} AND {mine}) x"""


FIRST_RESPONDER = """(SELECT m.author_id FROM messages m WHERE m.ticket_id = t.id AND m.author = 'agent'
    AND NOT m.is_internal ORDER BY m.position LIMIT 1)"""
FIRST_REPLY = "least(t.first_response_at, t.first_ai_response_at)"
NOBODY = "(%(agent_id)s::uuid IS NULL)"
# A closing after an AI answer when no person had answered or been asked for, with the next reopening.
AI_ONLY = f"""SELECT c.at, c.actor_kind,
        (SELECT min(r.at) FROM events r WHERE r.ticket_id = c.ticket_id AND r.kind = 'ticket.reopened' AND r.at > c.at)
            AS reopened_at
    FROM events c WHERE c.kind = 'ticket.closed' AND c.{OURS} AND {NOBODY}
      AND EXISTS (SELECT FROM messages m WHERE m.ticket_id = c.ticket_id AND m.author = 'ai' AND m.created_at <= c.at)
      AND NOT EXISTS (SELECT FROM messages m WHERE m.ticket_id = c.ticket_id AND m.author = 'agent'
                      AND NOT m.is_internal AND m.created_at <= c.at)
      AND NOT EXISTS (SELECT FROM events e WHERE e.ticket_id = c.ticket_id AND e.kind = 'ticket.escalated'
                      AND e.at <= c.at)"""

# Openings of the calendar above, written out for each day by PostgreSQL's own reckoning of time zones.
BUSINESS = """(SELECT coalesce(sum(greatest(extract(epoch FROM least(o.closes, {end}) - greatest(o.opens, {start})), 0)), 0)
    FROM (SELECT (d + h.opens) AT TIME ZONE 'America/New_York' AS opens, (d + h.closes) AT TIME ZONE 'America/New_York' AS closes
          FROM generate_series(timestamp '2026-09-01', timestamp '2027-02-01', interval '1 day') d
          JOIN (VALUES (false, interval '9 hours', interval '12 hours 30 minutes'),
                       (false, interval '13 hours 30 minutes', interval '17 hours 30 minutes'),
                       (true, interval '22 hours', interval '26 hours')) h(is_saturday, opens, closes)
            ON CASE WHEN h.is_saturday THEN extract(isodow FROM d) = 6 ELSE extract(isodow FROM d) < 6 END
          WHERE d::date NOT IN ('2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25', '2027-01-01',
                                '2027-01-18', '2026-10-21')) o)"""


def _business(column, responder):
    mine = f"(%(agent_id)s::uuid IS NULL OR {responder} = %(agent_id)s)"
    worked = BUSINESS.format(start="t.created_at", end=column)
    return f"""SELECT {SPREAD} FROM (SELECT floor({worked}) AS v FROM {TICKETS} AND {within(column)} AND {mine}) x"""


def _in_time(metric):
    return f"""SELECT count(*) AS n FROM sla_clocks k JOIN tickets t ON t.id = k.ticket_id
        WHERE k.version_id IS NOT NULL AND {within(f"k.{metric}_met_at")} AND {ASSIGNED} AND k.{OURS}
          AND NOT EXISTS (SELECT FROM sla_violations s WHERE s.ticket_id = k.ticket_id AND s.metric = '{metric}')"""


def _minutes(kind):
    return f"""SELECT coalesce(sum(duration_minutes), 0) AS n FROM time_entries e
        WHERE entry_type = '{kind}' AND {within("e.worked_at")} AND e.{OURS}
          AND (%(agent_id)s::uuid IS NULL OR e.user_id = %(agent_id)s)"""


ORACLE = {
    "created": f"SELECT count(*) AS n FROM {TICKETS} AND {within('t.created_at')} AND {ASSIGNED}",
    "closed": _events("ticket.closed"),
    "reopened": _events("ticket.reopened"),
    "first_response": _spread("t.first_response_at", FIRST_RESPONDER),
    "first_reply": _spread(FIRST_REPLY, "NULL::uuid"),
    "resolution": _spread("t.resolved_at", "t.assignee_id"),
    "response_violations": f"""SELECT count(*) AS n FROM sla_violations s JOIN tickets t ON t.id = s.ticket_id
        WHERE s.metric = 'response' AND {within("s.due_at")} AND {ASSIGNED} AND s.{OURS}""",
    "resolution_violations": f"""SELECT count(*) AS n FROM sla_violations s JOIN tickets t ON t.id = s.ticket_id
        WHERE s.metric = 'resolution' AND {within("s.due_at")} AND {ASSIGNED} AND s.{OURS}""",
    "rating": f"""SELECT count(*) AS n, avg(rating)::float AS avg FROM (
        SELECT m.rating, max(r.created_at) AS at FROM messages m JOIN ratings r ON r.message_id = m.id
        WHERE m.{OURS} AND {NOBODY} GROUP BY m.id) x WHERE {within("at")}""",
    "ai_answered": f"""SELECT count(*) AS n FROM turns u WHERE u.state = 'answered' AND {within("u.settled_at")}
        AND u.{OURS} AND {NOBODY}""",
    "ai_handed_over": f"""SELECT count(*) AS n FROM turns u WHERE u.state = 'handed_over' AND {within("u.settled_at")}
        AND u.{OURS} AND {NOBODY}""",
    "ai_resolved_confirmed": f"""SELECT count(*) AS n FROM ({AI_ONLY}) x
        WHERE reopened_at IS NULL AND actor_kind = 'customer' AND {within("at")}""",
    "ai_resolved_assumed": f"""SELECT count(*) AS n FROM ({AI_ONLY}) x
        WHERE reopened_at IS NULL AND actor_kind <> 'customer' AND {within("at")}""",
    "ai_reopened": f"SELECT count(*) AS n FROM ({AI_ONLY}) x WHERE {within('reopened_at')}",
    "replies": f"""SELECT count(*) AS n FROM messages m WHERE m.author = 'agent' AND NOT m.is_internal
        AND {within("m.created_at")} AND m.{OURS} AND (%(agent_id)s::uuid IS NULL OR m.author_id = %(agent_id)s)""",
    "time_total": f"""SELECT coalesce(sum(duration_minutes), 0) AS n FROM time_entries e
        WHERE {within("e.worked_at")} AND e.{OURS} AND (%(agent_id)s::uuid IS NULL OR e.user_id = %(agent_id)s)""",
    "time_billable": f"""SELECT coalesce(sum(duration_minutes), 0) AS n FROM time_entries e WHERE billable
        AND {within("e.worked_at")} AND e.{OURS} AND (%(agent_id)s::uuid IS NULL OR e.user_id = %(agent_id)s)""",
    **{f"time_{kind}": _minutes(kind) for kind in KINDS},
    "first_response_business": _business("t.first_response_at", FIRST_RESPONDER),
    "resolution_business": _business("t.resolved_at", "t.assignee_id"),
    "response_in_time": _in_time("response"),
    "resolution_in_time": _in_time("resolution"),
    "backlog": f"""SELECT (SELECT count(*) FROM {TICKETS} AND t.created_at < %(last)s AND {ASSIGNED})
        + (SELECT count(*) FROM events e JOIN tickets t ON t.id = e.ticket_id WHERE e.kind = 'ticket.reopened'
           AND e.at < %(last)s AND {ASSIGNED} AND e.{OURS})
        - (SELECT count(*) FROM events e JOIN tickets t ON t.id = e.ticket_id WHERE e.kind = 'ticket.closed'
           AND e.at < %(last)s AND {ASSIGNED} AND e.{OURS}) AS n""",
}


async def recomputed(session, first, last, *, context=None, team_id=None, agent_id=None, tag_id=None):
    """Figures from the raw rows, by the keys of the reports."""
    params = {
        "first": first,
        "last": last,
        "context": context,
        "team_id": _id(team_id),
        "agent_id": _id(agent_id),
        "tag_id": _id(tag_id),
    }
    found = {}
    for key, sql in ORACLE.items():
        row = await one(session, sql, **params)
        if key == "rating":
            found |= {"rating_count": row["n"], "rating_average": row["avg"]}
        elif "n" in row:
            found[key] = row["n"]
        else:
            found |= {f"{key}_{name}": value for name, value in row.items()}
    for metric in ("response", "resolution"):
        in_time = found.pop(f"{metric}_in_time")
        found[f"{metric}_compliance"] = _percent(in_time, in_time + found[f"{metric}_violations"])
    found["ai_answer_rate"] = _percent(found["ai_answered"], found["ai_answered"] + found["ai_handed_over"])
    resolved = found["ai_resolved_confirmed"] + found["ai_resolved_assumed"]
    found["ai_resolution_rate"] = _percent(resolved, found["closed"])
    return found


def _percent(part, whole):
    return 100 * part / whole if whole else None


def _id(value):
    return UUID(value) if isinstance(value, str) else value
