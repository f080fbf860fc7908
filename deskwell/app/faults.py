"""Faults of web, worker and browser, grouped on a screen for admins and sent to a Sentry-compatible place when set."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from deskwell.core import faults, limits
from deskwell.core.actor import Actor
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session, execute, rows
from deskwell.core.http import client_address
from deskwell.core.logs import get_logger
from deskwell.core.settings import Settings
from deskwell.core.text import OneLine
from deskwell.domains.accounts.access import SETTINGS_MANAGE, Anyone, requires

log = get_logger(__name__)
router = APIRouter(tags=["Operations"])
Manager = Annotated[Actor, Depends(requires(SETTINGS_MANAGE))]


class BrowserFault(BaseModel):
    """What broke in a browser: the kind of error and where, never what was on the screen."""

    model_config = ConfigDict(extra="ignore")

    kind: Annotated[OneLine, Field(max_length=200)]
    place: Annotated[OneLine, Field(max_length=400)]


class FaultRead(BaseModel):
    fingerprint: str
    source: Literal["web", "worker", "browser"]
    kind: str
    place: str
    count: int
    first_seen_at: datetime
    last_seen_at: datetime
    last_request_id: str | None


class Faults(BaseModel):
    faults: list[FaultRead]


class Done(BaseModel):
    success: bool = True
    message: str


@router.post("/errors")
async def report_browser_fault(data: BrowserFault, request: Request, context: Ctx, _: Anyone) -> Done:
    """Browsers report what broke in them."""
    await limits.hit(context, "feedback", f"fault:{client_address(request)}")
    async with context.transaction() as session:
        await faults.record(session, source="browser", kind=data.kind, place=data.place)
    return Done(message="Thank you.")


@router.get("/admin/errors")
async def list_faults(session: Session, _: Manager) -> Faults:
    """The faults of the last 30 days, the newest first."""
    found = await rows(
        session,
        """SELECT * FROM fault_groups WHERE last_seen_at > clock_timestamp() - interval '30 days'
           ORDER BY last_seen_at DESC LIMIT 200""",
    )
    return Faults(faults=[FaultRead(**row) for row in found])


@router.delete("/admin/errors/{fingerprint}")
async def dismiss_fault(fingerprint: str, session: Session, _: Manager) -> Done:
    """Take a fault off the list; it comes back when it happens again."""
    await execute(session, "DELETE FROM fault_groups WHERE fingerprint = %(id)s", id=fingerprint)
    return Done(message="Dismissed.")


async def note(context: Context, error: BaseException, *, source: str, request_id: str | None = None) -> None:
    """Count a fault of ours. Failing to do so is only logged: it must not hide the fault itself."""
    try:
        async with context.transaction() as session:
            await faults.record(
                session,
                source=source,
                kind=type(error).__name__,
                place=faults.place_of(error),
                request_id=request_id,
            )
    except Exception as failed:  # noqa: BLE001 - the database may be what broke
        log.warning("fault_not_recorded", error=type(failed).__name__)


def start_reporting(settings: Settings) -> None:
    """Send faults to the DSN of the settings as well, without bodies, addresses or variables."""
    dsn = settings.sentry_dsn.get_secret_value()
    if not dsn:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0.0,
        before_send=_without_texts,
    )


def _without_texts(event: Any, _: Any) -> Any:
    for value in (event.get("exception") or {}).get("values", ()):
        value["value"] = ""  # messages may quote what somebody wrote
    event.pop("user", None)
    event.pop("breadcrumbs", None)
    request = event.get("request") or {}
    for key in ("data", "cookies", "headers", "query_string"):
        request.pop(key, None)
    return event
