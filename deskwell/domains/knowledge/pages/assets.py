"""Files of the help center: style, script, pictures, and what crawlers read."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import select
from sqlalchemy.orm import undefer

from deskwell.core.clock import now
from deskwell.core.db import Session
from deskwell.core.errors import NotFound
from deskwell.core.settings import Settings
from deskwell.domains.accounts.access import Anyone

from ..logic import seo
from ..models import ArticleImage
from ..queries import reading
from . import shell

router = APIRouter()
FOREVER = "public, max-age=31536000, immutable"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@router.get("/help/assets/{name}", include_in_schema=False)
async def read_asset(name: str, _: Anyone) -> Response:
    for plain, named in shell.asset_names().items():
        if name in {named, plain}:
            path = shell.ASSETS / plain
            return Response(
                path.read_bytes(),
                media_type=TYPES[path.suffix],
                headers={
                    "Cache-Control": FOREVER if name == named else "no-cache",
                    "X-Content-Type-Options": "nosniff",
                },
            )
    raise NotFound("There is no such file.")


@router.get("/help/images/{image_id}/{name}")
async def read_image(image_id: UUID, name: str, request: Request, session: Session, _: Anyone) -> Response:
    """A picture of an article."""
    etag = f'"{image_id}"'
    headers = {
        "Cache-Control": FOREVER,
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    query = select(ArticleImage).where(ArticleImage.id == image_id, ArticleImage.name == name)
    image = (await session.scalars(query.options(undefer(ArticleImage.content)))).one_or_none()
    if image is None:
        raise NotFound("There is no such picture.")
    return Response(image.content, media_type=image.mime_type, headers=headers)


@router.get("/robots.txt", include_in_schema=False)
async def robots(request: Request, _: Anyone) -> Response:
    settings: Settings = request.app.state.context.settings
    lines = ["User-agent: *", "Disallow: /app", "Disallow: /portal", "Disallow: /admin", ""]
    lines.append(f"Sitemap: {shell.absolute(settings, '/help/sitemap.xml')}")
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/help/sitemap.xml", include_in_schema=False)
async def sitemap(request: Request, session: Session, _: Anyone) -> Response:
    settings: Settings = request.app.state.context.settings
    pages = [("/help", None)]
    pages += [(center["url"], center["updated_at"]) for center in await reading.list_centers(session)]
    pages += [(topic["url"], None) for topic in await reading.all_topics(session)]
    pages += [(article["url"], article["updated_at"]) for article in await reading.published(session)]
    text = seo.sitemap((shell.absolute(settings, path), at) for path, at in pages)
    return shell.xml(request, text, "application/xml")


@router.get("/help/feed.xml", include_in_schema=False)
async def desk_feed(request: Request, session: Session, _: Anyone) -> Response:
    return await _feed(request, session, shell.DESK, None)


@router.get("/help/{center_slug}/feed.xml", include_in_schema=False)
async def center_feed(center_slug: str, request: Request, session: Session, _: Anyone) -> Response:
    center = await reading.find_center(session, center_slug)
    if center is None:
        raise NotFound("There is no such help center.")
    return await _feed(request, session, center, center_slug)


async def _feed(request: Request, session: Session, center: dict[str, Any], slug: str | None) -> Response:
    settings: Settings = request.app.state.context.settings
    articles = await reading.published(session, center=slug, limit=50)
    entries = [
        seo.Entry(
            url=shell.absolute(settings, article["url"]),
            title=article["title"],
            summary=article["excerpt"],
            updated_at=article["updated_at"],
            published_at=article["published_at"],
            id=str(article["id"]),
        )
        for article in articles
    ]
    url = shell.absolute(settings, str(center["url"]))
    text = seo.feed(
        title=str(center["name"]), url=url, feed_url=f"{url}/feed.xml", entries=entries, now=now()
    )
    return shell.xml(request, text, "application/atom+xml")
