"""Figures for Prometheus: what this process served, and what the database says about queues, mail, AI and clocks.

scrape_configs:
- job_name: deskwell
authorization: {credentials: "<API key of an admin>"}
static_configs: [{targets: ["help.example.com"]}]
"""

from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.process_collector import ProcessCollector
from starlette.types import Scope

from deskwell.core.context import Ctx
from deskwell.core.db import rows
from deskwell.domains.accounts.access import Admin

router = APIRouter(tags=["Operations"])
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

registry = CollectorRegistry()
ProcessCollector(registry=registry)
_requests = Counter(
    "deskwell_http_requests",
    "Requests answered by this process.",
    ["method", "route", "status"],
    registry=registry,
)
_seconds = Histogram(
    "deskwell_http_request_seconds",
    "Time to answer.",
    ["method", "route"],
    buckets=BUCKETS,
    registry=registry,
)


def observe(scope: Scope, status: int, seconds: float) -> None:
    """Count one answered request, under the route's pattern: a path with ids would make a series each."""
    route = getattr(scope.get("route"), "path", None) or "other"
    method = scope["method"] if scope["method"] in _METHODS else "other"
    _requests.labels(method, route, f"{status // 100}xx").inc()
    if not route.endswith("/stream"):  # a live stream lasts as long as its page is open
        _seconds.labels(method, route).observe(seconds)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@router.get("/metrics", response_class=Response)
async def metrics(context: Ctx, _: Admin) -> Response:
    """Figures in Prometheus' text format."""
    async with context.transaction() as session:
        figures = await rows(session, _FIGURES)
    body = generate_latest(registry) + generate_latest(_of_database(figures))
    return Response(body, media_type=CONTENT_TYPE_LATEST)


def _of_database(figures: list[dict[str, Any]]) -> CollectorRegistry:
    """Gauges of what all processes share; a registry of its own, because they are read anew each time."""
    fresh = CollectorRegistry()
    gauges: dict[str, Gauge] = {}
    for row in figures:
        name, label = row["name"], row["label"]
        if name not in gauges:
            labels = [_LABELS[name]] if _LABELS[name] else []
            gauges[name] = Gauge(f"deskwell_{name}", _HELP[name], labels, registry=fresh)
        (gauges[name].labels(label) if _LABELS[name] else gauges[name]).set(row["value"])
    return fresh


_HELP = {
    "jobs": "Jobs of the queue by state.",
    "oldest_job_seconds": "How long the oldest job that may run has waited.",
    "workers": "Queues that are being worked off.",
    "tickets": "Tickets that are not settled, by status.",
    "turns": "Messages of customers in the last hour, by what became of them.",
    "turns_waiting_seconds": "How long the longest unanswered turn has waited.",
    "reactions_failed": "Reactions to events that failed in the last hour.",
    "clocks_overdue": "Unsettled tickets past their next due time.",
    "database_bytes": "Size of the database.",
    "connections": "Connections to the database.",
}
_LABELS = dict.fromkeys(_HELP, "") | {"jobs": "state", "tickets": "status", "turns": "state"}

_FIGURES = """
SELECT 'jobs' AS name, state AS label, (SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs
          WHERE status::text = state LIMIT 100000) q)::float AS value
  FROM unnest(ARRAY['todo', 'doing', 'failed']) AS state
UNION ALL
SELECT 'oldest_job_seconds', '', coalesce((SELECT extract(epoch FROM clock_timestamp() - e.at)
          FROM (SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL ORDER BY id LIMIT 1) j
          JOIN procrastinate_events e ON e.job_id = j.id ORDER BY e.at LIMIT 1), 0)
UNION ALL
SELECT 'workers', '', count(*) FROM procrastinate_workers WHERE last_heartbeat > clock_timestamp() - interval '1 minute'
UNION ALL
SELECT 'tickets', status, count(*) FROM (SELECT status FROM tickets WHERE status <> 'closed' AND trashed_at IS NULL
          LIMIT 1000000) t GROUP BY status
UNION ALL
SELECT 'turns', state, count(*) FROM turns WHERE created_at > clock_timestamp() - interval '1 hour'
          AND (state IN ('waiting', 'limited') OR settled_at IS NOT NULL) GROUP BY state
UNION ALL
SELECT 'turns_waiting_seconds', '', coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)
  FROM turns WHERE state = 'waiting'
UNION ALL
SELECT 'reactions_failed', '', count(*) FROM events WHERE kind = 'reaction.failed'
          AND at > clock_timestamp() - interval '1 hour'
UNION ALL
SELECT 'clocks_overdue', '', count(*) FROM tickets WHERE next_due_at < clock_timestamp() AND status <> 'closed'
UNION ALL
SELECT 'database_bytes', '', pg_database_size(current_database())
UNION ALL
SELECT 'connections', '', count(*) FROM pg_stat_activity WHERE datname = current_database()
"""
