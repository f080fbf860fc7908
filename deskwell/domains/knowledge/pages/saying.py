"""Was it helpful? A form that works without JavaScript, counted once a person."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.errors import NotFound
from deskwell.core.http import client_address
from deskwell.core.limits import hit
from deskwell.core.security import mac
from deskwell.core.text import clean
from deskwell.domains.accounts.access import MaybeSignedIn

from .. import queries, service

router = APIRouter()
THANKS = {"yes": "Thank you, good to know.", "no": "Thank you. We read every word and mend the article."}


@router.post("/help/{center_slug}/articles/{slug}/feedback")
async def say_helpful(
    center_slug: str,
    slug: str,
    request: Request,
    context: Ctx,
    session: Session,
    actor: MaybeSignedIn,
    helpful: Annotated[Literal["yes", "no"], Form()],
    comment: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Say whether an article helped, with a comment; a second word of the same person replaces the first."""
    await hit(context, "feedback", client_address(request))
    article = await queries.find_article_at(session, center_slug, slug)
    if article is None or article["status"] != "published" or article["visibility"] != "public":
        raise NotFound("There is no such article.")
    who = (
        str(actor.user_id)
        if actor and actor.user_id
        else f"{client_address(request)}|{request.headers.get('user-agent', '')[:200]}"
    )
    await service.say_helpful(
        session,
        article["id"],
        person=mac(context.settings, "article-feedback", who),
        is_helpful=helpful == "yes",
        comment=re.sub(r"\s+\n", "\n", clean(comment)).strip(),
        version=article["version"],
    )
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"success": True, "message": THANKS[helpful]})
    return RedirectResponse(
        f"/help/{center_slug}/articles/{slug}?said={helpful}#dw-feedback", status_code=303
    )
