"""The web process: routers, lifespan, health. `create_app` is what uvicorn runs."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.openapi.utils import get_openapi

from deskwell.core.context import Context
from deskwell.core.settings import Settings, get_settings
from deskwell.domains.accounts import routes as accounts
from deskwell.domains.actions import routes as actions
from deskwell.domains.ai import routes as ai
from deskwell.domains.automation import routes as automation
from deskwell.domains.contexts import routes as contexts
from deskwell.domains.copilot import routes as copilot
from deskwell.domains.email import routes as email
from deskwell.domains.fields import routes as fields
from deskwell.domains.inbox import routes as inbox
from deskwell.domains.knowledge import pages as help_pages
from deskwell.domains.knowledge import routes as knowledge
from deskwell.domains.live import routes as live
from deskwell.domains.live.service import Feed
from deskwell.domains.macros import routes as macros
from deskwell.domains.notifications import routes as notifications
from deskwell.domains.onboarding import routes as onboarding
from deskwell.domains.reports import routes as reports
from deskwell.domains.sla import routes as sla
from deskwell.domains.teams import routes as teams
from deskwell.domains.tickets import routes as tickets
from deskwell.domains.time_tracking import routes as time_tracking

from . import faults, health, metrics, problems, web
from .compression import Compress
from .context import build_context
from .middleware import Guard

ROUTERS = (
    accounts.router,
    contexts.router,
    fields.router,
    teams.router,
    inbox.reading,
    inbox.router,
    actions.router,
    automation.router,
    macros.router,
    notifications.router,
    tickets.reading,
    tickets.writing,
    tickets.router,
    ai.router,
    copilot.router,
    sla.router,
    time_tracking.router,
    reports.router,
    live.router,
    knowledge.router,
    help_pages.router,
    onboarding.router,
    email.router,
    health.router,
    metrics.router,
    faults.router,
)
ASKED_MOST = (inbox.reading, tickets.reading, tickets.writing)
ALLOWED_HEADERS = (
    "Authorization",
    "Content-Type",
    "X-Bootstrap-Key",
    "X-Admin-Token",
    "Idempotency-Key",
    "Prefer",
)


def create_app(settings: Settings | None = None, *, context: Context | None = None) -> FastAPI:
    """Return the ASGI app, ready for any number of processes."""
    settings = settings or (context.settings if context else get_settings())
    app = FastAPI(
        title="Deskwell",
        version="0.1.0",
        description="The help desk that starts with one command. Errors carry `detail`, `code` and `request_id`.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.context = context or build_context(settings)
    app.state.feed = Feed(app.state.context)
    app.state.is_stopping = False
    for router in ROUTERS:
        app.include_router(router)
    _try_first(app, ASKED_MOST)
    web.install(app)
    problems.install(app)
    app.add_middleware(Compress)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=ALLOWED_HEADERS,
            expose_headers=["Content-Disposition", "Content-Range", "Retry-After"],
            allow_credentials=True,
        )
    app.add_middleware(Guard, settings=settings)
    return app


def _try_first(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Match these before all others, which are tried one by one; the description keeps the order of the areas."""
    documented = list(app.routes)
    app.router.routes.sort(key=lambda route: getattr(route, "original_router", None) not in routers)

    def describe() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=documented
            )
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # as FastAPI documents it


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    context: Context = app.state.context
    await context.listener.start()
    await app.state.feed.start()
    yield
    app.state.is_stopping = True
    await app.state.feed.stop()
    await context.listener.stop()
    await context.database.close()
