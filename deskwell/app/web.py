"""The built web app: pages at fixed paths, immutable assets, and the root that leads everybody to the right place."""

import mimetypes
import os
from importlib.resources import files
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.types import Scope

from deskwell.core.db import Session
from deskwell.core.errors import NotFound, Unavailable
from deskwell.domains.accounts import queries as accounts
from deskwell.domains.accounts.access import Anyone, MaybeSignedIn

PAGES = (
    "/app",
    "/portal",
    "/sign-in",
    "/sign-up",
    "/reset",
    "/setup",
    "/invitation",
    "/confirm-email",
    "/gallery",
)
API_DOCS = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Deskwell API</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="api"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></html>"""
API_DOCS_CSP = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
PathLike = str | os.PathLike[str]
router = APIRouter(include_in_schema=False)


def dist() -> Path:
    """Return the folder of the built web app: inside the wheel, or `web/dist` of a checkout."""
    packed = Path(str(files("deskwell"))) / "web_dist"
    return packed if packed.is_dir() else Path(__file__).parents[2] / "web" / "dist"


def install(app: FastAPI) -> None:
    app.include_router(router)
    if (dist() / "assets").is_dir():
        app.mount("/assets", Assets(directory=dist() / "assets"), name="assets")


class Assets(StaticFiles):
    """File names carry a hash of their content, so browsers may keep them for ever; compressed where they can read it."""

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        accepted = codings(Headers(scope=scope).get("accept-encoding", ""))
        for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
            twin = Path(f"{os.fspath(full_path)}{suffix}")
            if coding in accepted and twin.is_file():
                response = super().file_response(twin, twin.stat(), scope, status_code)
                response.headers["Content-Encoding"] = coding
                response.headers["Content-Type"] = mimetypes.guess_type(full_path)[0] or "text/plain"
                break
        else:
            response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def codings(accepted: str) -> set[str]:
    """Read the codings a browser accepts; one with `q=0` is refused."""
    offers = (offer.partition(";") for offer in accepted.lower().replace(" ", "").split(","))
    return {name for name, _, weight in offers if weight not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}}


@router.get("/")
async def root(request: Request, actor: MaybeSignedIn, session: Session) -> Response:
    """Lead a browser to its place; tell other clients what this is."""
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"message": "This is Deskwell. The API is described at /docs."})
    if actor is None:
        return RedirectResponse("/sign-in" if await accounts.has_users(session) else "/setup", 302)
    return RedirectResponse("/portal" if actor.is_customer else "/app", 302)


async def page(_: Anyone) -> Response:
    """Serve the web app's shell; it never keeps an old version in a cache."""
    index = dist() / "index.html"
    if not index.is_file():
        raise Unavailable("The web app is not built yet. Run: make web", retry_after=30)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


for path in PAGES:
    router.add_api_route(path, page, methods=["GET", "HEAD"])
    router.add_api_route(path + "/{rest:path}", page, methods=["GET", "HEAD"])


@router.get("/docs")
async def api_docs(_: Anyone) -> Response:
    """The API's own page, with Swagger UI from our files."""
    return HTMLResponse(API_DOCS, headers={"Content-Security-Policy": API_DOCS_CSP})


@router.get("/docs/{name}")
async def api_docs_file(
    name: Literal["swagger-ui.css", "swagger-ui-bundle.js", "start.js"], _: Anyone
) -> Response:
    path = dist() / "docs" / name
    if not path.is_file():
        raise NotFound("The web app is not built yet. Run: make build")
    return FileResponse(path, headers={"Cache-Control": "public, max-age=3600"})
