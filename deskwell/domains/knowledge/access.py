from typing import Annotated
from uuid import UUID

from fastapi import Depends

from deskwell.core.actor import Actor, Permission
from deskwell.core.db import Session
from deskwell.domains.accounts.access import requires

from . import queries
from .models import Article

ARTICLES_WRITE = Permission("articles.write", "Write and publish articles")

Writer = Annotated[Actor, Depends(requires(ARTICLES_WRITE))]


async def _article(article_id: UUID, session: Session) -> Article:
    return await queries.get_article(session, article_id)


AnyArticle = Annotated[Article, Depends(_article)]
"""An article in whatever state; for routes that let staff in only."""
