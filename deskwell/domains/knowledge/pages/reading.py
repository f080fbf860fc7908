"""Home, topic and article pages."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, BackgroundTasks, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from deskwell.core.clock import now
from deskwell.core.context import Context, Ctx
from deskwell.core.db import Session
from deskwell.core.settings import Settings
from deskwell.domains.accounts.access import MaybeSignedIn

from .. import queries, service
from ..logic import seo
from ..logic.markdown import RENDERER_VERSION, render
from ..logic.places import article_base, article_url
from ..logic.seo import Crumb
from ..queries import reading
from . import shell
from .saying import THANKS

router = APIRouter(include_in_schema=False)
WORDS_A_MINUTE = 220


@router.get("/help")
async def home(request: Request, session: Session, actor: MaybeSignedIn) -> Response:
    is_staff = actor is not None and actor.is_staff
    centers = await reading.list_centers(session, is_staff=is_staff)
    return shell.page(
        request,
        "centers.html",
        center=shell.DESK,
        title="Help center",
        description="Answers and guides. Search everything, or choose whom your question is about.",
        canonical="/help",
        is_home=True,
        is_private=is_staff,
        centers=centers,
        structured=[_website(request, shell.DESK)],
    )


@router.get("/help/a/{article_id}")
async def stable_address(
    article_id: UUID, request: Request, session: Session, actor: MaybeSignedIn
) -> Response:
    """Lead from an address that never changes to where the article is now."""
    found = await queries.find_place(session, article_id)
    if found is None or (found["status"] != "published" and not (actor and actor.is_staff)):
        return _missing(request, shell.DESK)
    return RedirectResponse(article_url(found["center"], found["slug"]), status_code=302)


@router.get("/help/{center_slug}")
async def center_home(center_slug: str, request: Request, session: Session, actor: MaybeSignedIn) -> Response:
    is_staff = actor is not None and actor.is_staff
    center = await reading.find_center(session, center_slug, is_staff=is_staff)
    if center is None:
        return _missing(request, shell.DESK)
    topics = await reading.list_topics(session, center_slug, is_staff=is_staff)
    return shell.page(
        request,
        "home.html",
        center=center,
        title=f"Help center – {center['name']}",
        description=center["tagline"] or f"Answers and guides: {center['name']}.",
        canonical=center["url"],
        is_home=True,
        is_private=is_staff,
        heading="How can we help?",
        featured=await reading.list_shown(session, center_slug, is_staff=is_staff, only="featured", limit=6),
        categories=[topic for topic in topics if topic["parent_id"] is None],
        loose=await reading.list_shown(session, center_slug, is_staff=is_staff, only="loose"),
        structured=[_website(request, center)],
    )


@router.get("/help/{center_slug}/topics/{slug}")
async def topic(
    center_slug: str, slug: str, request: Request, session: Session, actor: MaybeSignedIn
) -> Response:
    is_staff = actor is not None and actor.is_staff
    center = await reading.find_center(session, center_slug, is_staff=is_staff)
    topics = await reading.list_topics(session, center_slug, is_staff=is_staff)
    found = next((topic for topic in topics if topic["slug"] == slug), None)
    if center is None or found is None:
        return _missing(request, center or shell.DESK)
    trail = _trail(center, topics, found["id"])
    return shell.page(
        request,
        "category.html",
        center=center,
        title=f"{found['name']} – {center['name']}",
        description=found["description"] or f"Articles about {found['name']}.",
        canonical=found["url"],
        is_private=is_staff,
        trail=trail,
        category=found,
        children=[topic for topic in topics if topic["parent_id"] == found["id"]],
        articles=await reading.list_shown(
            session, center_slug, is_staff=is_staff, only="topic", category_id=found["id"]
        ),
        structured=[seo.breadcrumbs(_absolute(request, trail))],
    )


@router.get("/help/{center_slug}/articles/{slug}")
async def article(
    center_slug: str,
    slug: str,
    request: Request,
    context: Ctx,
    session: Session,
    actor: MaybeSignedIn,
    tasks: BackgroundTasks,
    said: str | None = None,
) -> Response:
    is_staff = actor is not None and actor.is_staff
    center = await reading.find_center(session, center_slug, is_staff=is_staff)
    found = await queries.find_article_at(session, center_slug, slug)
    is_public = found is not None and found["status"] == "published" and found["visibility"] == "public"
    if found is None or not (is_public or is_staff):
        moved = await queries.find_redirect(session, center_slug, slug)
        return RedirectResponse(moved, status_code=301) if moved else _missing(request, center or shell.DESK)
    response = await _article_page(
        request, session, center or shell.DESK, found, is_staff=is_staff, is_public=is_public, said=said
    )
    if response.status_code == 200 and is_public and not is_staff and not _is_robot(request):
        tasks.add_task(_count_view, context, found["id"])
        response.background = tasks
    return response


async def _article_page(
    request: Request,
    session: Session,
    center: dict[str, Any],
    found: dict[str, Any],
    *,
    is_staff: bool,
    is_public: bool,
    said: str | None,
) -> Response:
    settings: Settings = request.app.state.context.settings
    topics = await reading.list_topics(session, found["center"], is_staff=is_staff)
    url = article_url(found["center"], found["slug"])
    trail = [*_trail(center, topics, found["category_id"]), Crumb(found["title"], url)]
    published = found["published_at"] or found["created_at"]
    entry = seo.Entry(
        url=shell.absolute(settings, url),
        title=found["title"],
        summary=found["excerpt"],
        updated_at=found["updated_at"],
        published_at=published,
    )
    if found["renderer"] != RENDERER_VERSION:
        found["body_html"] = render(found["body"], link_base=article_base(found["center"])).html
    return shell.page(
        request,
        "article.html",
        center=center,
        title=f"{found['title']} – {center['name']}",
        og_title=found["title"],
        og_type="article",
        description=found["excerpt"],
        canonical=url,
        indexed=is_public,
        is_private=is_staff or said is not None,
        trail=trail,
        article={
            **found,
            "is_public": is_public,
            "is_internal": found["visibility"] == "internal",
            "feedback_url": f"{url}/feedback",
        },
        notice=_notice(found),
        body=Markup(found["body_html"]),  # noqa: S704 - went through the allow-list when it was saved
        headings=[heading for heading in found["headings"] if heading["level"] <= 3],
        minutes=max(1, round(len(found["body_text"].split()) / WORDS_A_MINUTE)),
        updated_stamp=seo.stamp(found["updated_at"]),
        updated_text=f"{found['updated_at']:%d %B %Y}".lstrip("0"),
        related=await reading.related(session, found, is_staff=is_staff),
        thanks=THANKS.get(said or ""),
        was_helpful=said,
        subject=found["title"],
        structured=[
            seo.article(entry, author=found["author_name"], publisher=center["name"]),
            seo.breadcrumbs(_absolute(request, trail)),
        ],
    )


def _notice(found: dict[str, Any]) -> str:
    if found["status"] == "draft":
        return "This is a draft. Only staff can see it."
    if found["status"] == "archived":
        return "This article is archived. Only staff can see it."
    return ""


def _trail(center: dict[str, Any], topics: list[dict[str, Any]], topic_id: UUID | None) -> list[Crumb]:
    by_id = {topic["id"]: topic for topic in topics}
    crumbs: list[Crumb] = []
    while topic_id in by_id and len(crumbs) < len(by_id):
        crumbs.insert(0, Crumb(by_id[topic_id]["name"], by_id[topic_id]["url"]))
        topic_id = by_id[topic_id]["parent_id"]
    return [Crumb(center["name"], center["url"]), *crumbs]


def _absolute(request: Request, trail: list[Crumb]) -> list[Crumb]:
    settings: Settings = request.app.state.context.settings
    return [Crumb(crumb.name, shell.absolute(settings, crumb.url)) for crumb in trail]


def _website(request: Request, center: dict[str, Any]) -> dict[str, Any]:
    settings: Settings = request.app.state.context.settings
    url = shell.absolute(settings, center["url"])
    return seo.website(name=center["name"], url=url, search_url=f"{url}/search")


def _missing(request: Request, center: dict[str, Any]) -> Response:
    return shell.page(
        request,
        "missing.html",
        center=center,
        title=f"Not found – {center['name']}",
        description="This page is not here.",
        canonical=None,
        indexed=False,
        status=404,
    )


def _is_robot(request: Request) -> bool:
    agent = request.headers.get("user-agent", "").lower()
    return any(word in agent for word in ("bot", "crawl", "spider", "slurp", "preview"))


async def _count_view(context: Context, article_id: UUID) -> None:
    async with context.transaction() as session:
        await service.count_view(session, article_id, now())
