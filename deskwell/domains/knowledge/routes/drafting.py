from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile

from deskwell.core.db import Session
from deskwell.core.errors import TooLarge
from deskwell.domains.accounts.access import Staff

from .. import queries, schemas, service
from ..access import AnyArticle, Writer
from ..logic.markdown import render
from ..logic.places import center_of
from ..logic.search import split_marks
from ..queries.reading import image_url
from ..queries.searching import search
from ..service.images import MAX_BYTES

router = APIRouter(prefix="/admin/articles", tags=["Knowledge base"])


@router.get("/search")
async def search_articles(
    session: Session,
    _: Staff,
    q: Annotated[str, Query(max_length=300)] = "",
    context: Annotated[str | None, Query(max_length=120)] = None,
    limit: Annotated[int, Query(ge=1, le=20)] = 8,
) -> schemas.Found:
    """Published articles for a reply, internal ones included; `visibility` says which a customer may see."""
    answer = await search(
        session, q, center=center_of(context) if context else None, is_staff=True, limit=limit, is_typing=True
    )
    return schemas.Found(articles=[found_article(hit) for hit in answer.hits], corrected=answer.corrected)


def found_article(hit: dict[str, object]) -> schemas.FoundArticle:
    parts = [
        schemas.TextPart(text=text, hit=is_hit) for text, is_hit in split_marks(str(hit["marked_title"]))
    ]
    return schemas.FoundArticle.model_validate({**hit, "title_parts": parts})


@router.post("/preview")
async def preview(data: schemas.PreviewRequest, _: Staff) -> schemas.Preview:
    """Render Markdown exactly as readers will see it."""
    result = render(data.body)
    return schemas.Preview(
        html=result.html, headings=[schemas.HeadingRead.model_validate(h) for h in result.headings]
    )


@router.post("/images")
async def add_image(
    session: Session,
    actor: Writer,
    file: Annotated[UploadFile, File(description="PNG, JPEG, GIF or WebP, up to 5 MB.")],
) -> schemas.ImageAnswer:
    """Keep a picture and say how to write it into an article."""
    content = await file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLarge("A picture may have at most 5 MB. Please make it smaller.")
    image = await service.add_image(session, actor, name=file.filename or "picture", content=content)
    url = image_url(image.id, image.name)
    alt = image.name.rsplit(".", 1)[0].replace("-", " ")
    return schemas.ImageAnswer(
        image=schemas.ImageRead(
            id=image.id,
            name=image.name,
            url=url,
            width=image.width,
            height=image.height,
            markdown=f"![{alt}]({url})",
        )
    )


@router.post("/from-ticket")
async def draft_from_ticket(
    data: schemas.FromTicket, session: Session, actor: Writer
) -> schemas.ArticleAnswer:
    """Begin a draft with a ticket's question and the team's answers."""
    article = await service.draft_from_ticket(session, actor, data.ticket_id)
    return schemas.ArticleAnswer(
        article=schemas.ArticleRead.model_validate(await queries.read_article(session, article.id))
    )


@router.put("/{article_id}/draft")
async def save_draft(
    data: schemas.Draft, session: Session, actor: Writer, article: AnyArticle
) -> schemas.DraftSaved:
    """Keep what is being written, without showing it to readers."""
    saved = await service.save_draft(session, actor, article, **data.model_dump())
    assert saved.draft_saved_at
    return schemas.DraftSaved(saved_at=saved.draft_saved_at)


@router.delete("/{article_id}/draft")
async def discard_draft(session: Session, _: Writer, article: AnyArticle) -> schemas.Done:
    await service.discard_draft(session, article)
    return schemas.Done(message="The unsaved changes were thrown away.")
