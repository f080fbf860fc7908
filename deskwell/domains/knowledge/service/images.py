"""Pictures in articles."""

import hashlib

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.errors import TooLarge, WrongType
from deskwell.core.ids import new_id

from ..logic.pictures import picture_facts
from ..logic.slugs import slugify
from ..models import ArticleImage

MAX_BYTES = 5 * 1024 * 1024


async def add_image(session: AsyncSession, actor: Actor, *, name: str, content: bytes) -> ArticleImage:
    """Keep a picture; the same bytes under the same name are kept once.

    Raises:
        TooLarge: more than 5 MB.
        WrongType: not a PNG, JPEG, GIF or WebP, whatever its name says.

    """
    if len(content) > MAX_BYTES:
        raise TooLarge("A picture may have at most 5 MB. Please make it smaller.")
    facts = picture_facts(content)
    if facts is None:
        raise WrongType("Only PNG, JPEG, GIF and WebP pictures can be shown in an article.")
    digest = hashlib.sha256(content).hexdigest()
    stem = slugify(name.rsplit("/", 1)[-1].rsplit(".", 1)[0], fallback="picture")
    file_name = f"{stem}.{facts.extension}"
    query = select(ArticleImage).where(ArticleImage.digest == digest, ArticleImage.name == file_name).limit(1)
    if known := (await session.scalars(query)).one_or_none():
        return known
    image = ArticleImage(
        id=new_id(),
        name=file_name,
        mime_type=facts.mime_type,
        width=facts.width,
        height=facts.height,
        digest=digest,
        content=content,
        uploaded_by_id=actor.user_id,
    )
    session.add(image)
    await session.flush()
    return image
