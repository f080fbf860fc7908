"""A million histories for the reports: answers, turns, ratings, targets, closings and time, written by SQL."""

import psycopg

YEARS = "730 days"
AGENTS = 40

_PEOPLE = f"""
INSERT INTO users (id, email, name, role)
SELECT gen_random_uuid(), 'person-' || n || '@example.org', 'Person ' || n,
       CASE WHEN n = 0 THEN 'admin' WHEN n <= {AGENTS} THEN 'agent' ELSE 'customer' END
FROM generate_series(0, 2000) n;
INSERT INTO teams (id, name) SELECT gen_random_uuid(), 'Team ' || n FROM generate_series(1, 6) n;
INSERT INTO tags (id, name) SELECT gen_random_uuid(), 'tag-' || n FROM generate_series(1, 12) n;
INSERT INTO sla_calendars (id, name, timezone, periods, country, is_default)
SELECT gen_random_uuid(), 'Office', 'Europe/Berlin',
    jsonb_agg(jsonb_build_object('weekday', d, 'start', '09:00', 'end', '17:30')), 'DE', true
FROM generate_series(1, 5) d;
INSERT INTO sla_versions (id, sla_id, data) SELECT gen_random_uuid(), gen_random_uuid(), '{{}}'
"""

# One line per ticket with everything that is drawn for it.
_LIVES = """
CREATE UNLOGGED TABLE bench_lives AS
WITH people AS (
    SELECT array_agg(id) FILTER (WHERE role = 'customer') AS customers,
           array_agg(id ORDER BY email) FILTER (WHERE role = 'agent') AS agents FROM users
), groups AS (SELECT array_agg(id ORDER BY name) AS teams FROM teams), drawn AS (
    SELECT n, now() - interval '{years}' * (1 - n::float8 / {tickets}) AS at, random() AS chance,
           interval '6 hours' * -ln(1 - random() * 0.999) AS answered_after,
           interval '30 hours' * -ln(1 - random() * 0.999) AS closed_after, random() AS ai, random() AS stars,
           1 + floor(random() * random() * {agents})::int AS agent, random() AS work, random() AS late
    FROM generate_series(1, {tickets}) n
)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
           || 'a' || substr(md5(n::text), 4, 15))::uuid AS id, gen_random_uuid() AS message_id,
    gen_random_uuid() AS ai_message_id, d.*, d.chance < 0.94 AS is_closed,
    customers[1 + n % array_length(customers, 1)] AS customer_id,
    CASE WHEN d.chance < 0.7 THEN agents[agent] END AS agent_id,
    CASE WHEN d.work < 0.9 THEN teams[1 + agent % 6] END AS team_id,
    (ARRAY['Shop', 'App', 'Clients', 'Staff desk'])[1 + n % 4] AS context,
    CASE WHEN d.ai < 0.55 THEN 'answered' WHEN d.ai < 0.85 THEN 'handed_over' WHEN d.ai < 0.9 THEN 'clarified'
         ELSE 'person' END AS turn
FROM drawn d, people, groups
"""

_TICKETS = """
INSERT INTO tickets (id, number, created_at, updated_at, last_message_at, context, context_key, subject, subject_key,
    status, waiting_for, priority, source, customer_id, assignee_id, team_id, first_response_at, first_ai_response_at,
    resolved_at)
OVERRIDING SYSTEM VALUE
SELECT id, n + 1000, at, at, at, context, lower(context), 'Ticket', 'ticket',
    CASE WHEN is_closed THEN 'closed' ELSE 'open' END, 'agent', 'medium', 'web', customer_id, agent_id, team_id,
    CASE WHEN agent_id IS NOT NULL THEN at + answered_after END, CASE WHEN turn = 'answered' THEN at + interval '8 seconds' END,
    CASE WHEN is_closed THEN at + answered_after + closed_after END
FROM bench_lives ORDER BY n;
INSERT INTO ticket_counts (team, total, open)
SELECT coalesce(team_id, '00000000-0000-0000-0000-000000000000'), count(*), count(*) FILTER (WHERE NOT is_closed)
FROM bench_lives GROUP BY 1 ON CONFLICT (team) DO UPDATE SET total = excluded.total, open = excluded.open
"""

_WORDS = """
INSERT INTO messages (id, created_at, ticket_id, position, author, author_id, body)
SELECT message_id, at, id, 1, 'customer', customer_id, 'Where is my order?' FROM bench_lives ORDER BY n;
INSERT INTO turns (id, created_at, ticket_id, message_id, state, settled_at)
SELECT gen_random_uuid(), at, id, message_id, turn, at + interval '8 seconds' FROM bench_lives ORDER BY n;
INSERT INTO messages (id, created_at, ticket_id, position, author, body, rating, data)
SELECT ai_message_id, at + interval '8 seconds', id, 2, 'ai', 'It is on its way.',
    CASE WHEN stars < 0.2 THEN 1 + floor(stars * 25)::int END, '{"action": "answered"}'
FROM bench_lives WHERE turn = 'answered' ORDER BY n;
INSERT INTO ratings (id, created_at, message_id, user_id, rating)
SELECT gen_random_uuid(), at + interval '1 hour', ai_message_id, customer_id, 1 + floor(stars * 25)::int
FROM bench_lives WHERE turn = 'answered' AND stars < 0.2;
INSERT INTO messages (id, created_at, ticket_id, position, author, author_id, body)
SELECT gen_random_uuid(), at + answered_after + interval '1 hour' * k, id, 3 + k, 'agent', agent_id, 'Done.'
FROM bench_lives, generate_series(0, 1) k WHERE agent_id IS NOT NULL AND (k = 0 OR chance < 0.3) ORDER BY n;
INSERT INTO ticket_tags (ticket_id, tag_id)
SELECT l.id, (ARRAY(SELECT id FROM tags ORDER BY name))[1 + l.n % 12] FROM bench_lives l WHERE work < 0.4
"""

_WORK = """
INSERT INTO sla_clocks (ticket_id, version_id, facts, response_met_at, resolution_met_at)
SELECT id, (SELECT id FROM sla_versions LIMIT 1), '[]', CASE WHEN agent_id IS NOT NULL THEN at + answered_after END,
    CASE WHEN is_closed THEN at + answered_after + closed_after END FROM bench_lives ORDER BY n;
INSERT INTO sla_violations (id, ticket_id, sla_id, metric, due_at, minutes)
SELECT gen_random_uuid(), id, id, CASE WHEN late < 0.06 THEN 'response' ELSE 'resolution' END, at + answered_after * 0.8,
    floor(late * 3000)::int FROM bench_lives WHERE late < 0.14;
INSERT INTO time_entries (id, created_at, ticket_id, user_id, duration_minutes, entry_type, billable, worked_at)
SELECT gen_random_uuid(), at + answered_after, id, agent_id, 1 + floor(work * 90)::int,
    (ARRAY['work', 'work', 'communication', 'research', 'waiting', 'other'])[1 + n % 6], work < 0.5, at + answered_after
FROM bench_lives WHERE agent_id IS NOT NULL AND work < 0.6;
INSERT INTO events (at, kind, ticket_id, actor_kind, through)
SELECT at + answered_after + closed_after, 'ticket.closed', id, CASE WHEN stars < 0.5 THEN 'customer' ELSE 'staff' END,
    'screen' FROM bench_lives WHERE is_closed AND n % 2 = 0 ORDER BY n;
UPDATE report_state SET event_id = (SELECT max(id) FROM events),
    horizon = pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1;
DROP TABLE bench_lives
"""


def fill(superuser_url: str, tickets: int) -> bool:
    """Write people and histories unless they are there, and say whether anything was written."""
    with psycopg.connect(superuser_url, dbname="deskwell") as session:
        session.execute("SET search_path = deskwell, public")
        session.execute("SET statement_timeout = 0")
        row = session.execute("SELECT count(*) FROM tickets").fetchone()
        if row and row[0] >= tickets:
            return False
        session.execute("SET session_replication_role = replica")  # no trigger runs: half the time
        lives = _LIVES.format(years=YEARS, tickets=tickets, agents=AGENTS)
        for part in (_PEOPLE, lives, _TICKETS, _WORDS, _WORK):
            for statement in part.split(";"):
                session.execute(statement.encode())
    with psycopg.connect(superuser_url, dbname="deskwell", autocommit=True) as session:
        session.execute("SET statement_timeout = 0")
        session.execute("VACUUM ANALYZE")
    return True
