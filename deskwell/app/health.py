"""Is it alive, is it ready, and if not, why."""

from typing import Any

from fastapi import APIRouter, Request, Response

from deskwell.core.context import Ctx
from deskwell.core.logs import get_logger
from deskwell.domains.accounts.access import Anyone

router = APIRouter(tags=["Operations"])
log = get_logger(__name__)

_FIGURES = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' LIMIT 10000) q) AS jobs_waiting,
       (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.at)), 0)::float
          FROM (SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL
                ORDER BY id LIMIT 1) j JOIN procrastinate_events e ON e.job_id = j.id) AS oldest_job_seconds,
       (SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs WHERE status = 'failed' LIMIT 1000) f) AS jobs_failed,
       (SELECT count(*) FROM events WHERE kind = 'reaction.failed'
          AND at > clock_timestamp() - interval '1 day') AS reactions_failed,
       (SELECT count(*) FROM inbound_mails WHERE state = 'failed') AS mails_unprocessed,
       (SELECT count(*) FROM (SELECT 1 FROM inbound_mails WHERE state = 'received' LIMIT 10000) m) AS mails_waiting,
       (SELECT count(*) FROM outbox WHERE state IN ('failed', 'uncertain')) AS mails_not_sent,
       (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(last_polled_at)), 0)::float FROM email_accounts
          WHERE imap_enabled AND is_active) AS mailbox_silent_seconds,
       (SELECT count(*) FROM procrastinate_workers
          WHERE last_heartbeat > clock_timestamp() - interval '1 minute') AS workers
"""


@router.get("/health")
async def health(_: Anyone) -> dict[str, str]:
    """Alive: the process answers."""
    return {"status": "ok"}


@router.get("/ready")
async def ready(request: Request, response: Response, context: Ctx, _: Anyone) -> dict[str, Any]:
    """Ready to serve, with the reasons when not. Figures alone do not make it red."""
    reasons: list[str] = []
    figures: dict[str, Any] = {}
    try:
        figures = await context.database.look_up(_FIGURES) or {}
    except Exception as error:  # noqa: BLE001 - whatever it is, we are not ready
        log.warning("not_ready", error=type(error).__name__)
        reasons.append("The database does not answer.")
    if figures.get("workers") == 0:
        reasons.append("No worker is running: mail and AI answers wait.")
    if request.app.state.is_stopping:
        reasons.append("This process is stopping.")
    if reasons:
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return {"status": "unavailable" if reasons else "ready", "reasons": reasons, "figures": figures}
