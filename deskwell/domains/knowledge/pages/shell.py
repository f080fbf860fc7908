"""What every page of the help center stands in: template, brand, policy, validators."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from deskwell.core.settings import Settings
from deskwell.domains.contexts.logic import brand_style

from ..logic.places import GENERAL
from ..logic.seo import json_for_html

HERE = Path(__file__).parent.parent
ASSETS = HERE / "assets"
DESK: dict[str, Any] = {
    "slug": "",
    "name": "Help center",
    "context": None,
    "tagline": "",
    "colour": None,
    "logo_url": None,
    "url": "/help",
}


@cache
def asset_names() -> dict[str, str]:
    """File names with a digest of their content, so that browsers may keep them for good."""
    names = {}
    for path in sorted(ASSETS.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        names[path.name] = f"{path.stem}.{digest}{path.suffix}"
    return names


@cache
def _digest(name: str) -> str:
    """For `integrity`: a file that was changed on its way is not used."""
    return "sha384-" + base64.b64encode(hashlib.sha384((ASSETS / name).read_bytes()).digest()).decode()


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def absolute(settings: Settings, path: str) -> str:
    return f"{settings.public_url.rstrip('/')}{quote(path, safe='/#?=&%:@+')}"


def ask_url(center: dict[str, Any], subject: str = "") -> str:
    """The form for a new ticket, filled with what is known."""
    given = {"context": center["context"], "subject": subject}
    query = urlencode({key: value for key, value in given.items() if value})
    return f"/portal/new?{query}" if query else "/portal/new"


def page(
    request: Request,
    template: str,
    *,
    center: dict[str, Any],
    title: str,
    description: str,
    canonical: str | None,
    structured: list[dict[str, Any]] | None = None,
    indexed: bool = True,
    is_private: bool = False,
    status: int = 200,
    subject: str = "",
    **values: Any,
) -> Response:
    """Render a page; answer 304 when the reader has this very page already."""
    settings: Settings = request.app.state.context.settings
    style = brand_style(center["colour"])
    names = asset_names()
    center = {
        **center,
        "search_url": f"/help/{center['slug']}/search" if center["slug"] else "/help/search",
        "feed_url": f"/help/{center['slug']}/feed.xml" if center["slug"] else "/help/feed.xml",
        "logo_width": None,
    }
    shown = {
        "og_title": None,
        "og_type": None,
        "og_image": None,
        "is_home": False,
        "has_other_centers": bool(center["slug"]) and center["slug"] != GENERAL,
        "ask_url": ask_url(center, subject),
        "portal_url": f"/portal?{urlencode({'context': center['context']})}"
        if center["context"]
        else "/portal",
        **values,
    }
    markup = (
        _templates()
        .get_template(template)
        .render(
            center=center,
            title=title,
            description=" ".join(description.split())[:300] or f"Answers and guides: {center['name']}.",
            canonical=absolute(settings, canonical) if canonical else None,
            indexed=indexed,
            structured=[Markup(json_for_html(data)) for data in structured or []],  # noqa: S704 - made safe there
            brand_style=Markup(style),  # noqa: S704 - made of checked colours only
            assets={
                "css": f"/help/assets/{names['help.css']}",
                "css_digest": _digest("help.css"),
                "js": f"/help/assets/{names['help.js']}",
                "js_digest": _digest("help.js"),
                "icon": f"/help/assets/{names['icon.svg']}",
            },
            **shown,
        )
    )
    return _answer(request, markup, style=style, is_private=is_private, status=status)


def _answer(request: Request, markup: str, *, style: str, is_private: bool, status: int) -> Response:
    etag = f'"{hashlib.sha256(markup.encode()).hexdigest()[:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache" if is_private else "public, max-age=0, must-revalidate",
        "Vary": "Cookie, Authorization",
        "Content-Security-Policy": policy(style),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    if status == 200 and etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(markup, status_code=status, headers=headers)


def policy(style: str) -> str:
    """Scripts and styles from our own files only; the one inline style is named by its digest."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{digest}'; img-src 'self' https: data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )


def xml(request: Request, text: str, media_type: str) -> Response:
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type=media_type, headers=headers)
