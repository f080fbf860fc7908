from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from deskwell.core.db import Session
from deskwell.core.errors import Invalid
from deskwell.core.pages import PageParams, pagination
from deskwell.domains.accounts.access import Staff

from .. import queries, schemas, service
from ..access import AnyArticle, Writer
from ..logic.places import center_of
from ..logic.versions import compare
from ..models import ArticleStatus, Visibility

router = APIRouter(prefix="/admin/articles", tags=["Knowledge base"])

EMPTIED = frozenset({"context", "category_id", "tags", "keywords", "summary"})
"""Fields that null empties; for the others null means: as it is."""


@router.post("")
async def write_article(
    data: schemas.ArticleCreate, session: Session, actor: Writer
) -> schemas.ArticleAnswer:
    """Write an article; published and public unless told otherwise."""
    article = await service.write_article(session, actor, **data.model_dump())
    return await _answer(session, article.id)


@router.get("")
async def list_articles(
    session: Session,
    _: Staff,
    page: PageParams,
    search: Annotated[str, Query(max_length=300)] = "",
    status: ArticleStatus | None = None,
    visibility: Visibility | None = None,
    context: Annotated[str | None, Query(max_length=120)] = None,
    category_id: UUID | Literal["none"] | None = None,
    tag: Annotated[str | None, Query(max_length=80)] = None,
    author_id: UUID | None = None,
    sort: str = "updated_at",
    order: Literal["asc", "desc"] = "desc",
) -> schemas.ArticleList:
    """Articles in any state. An empty `context` asks for those that belong to none."""
    if sort not in queries.SORTS:
        raise Invalid.field("sort", f"Sort by one of: {', '.join(queries.SORTS)}.")
    found, total = await queries.list_articles(
        session,
        page,
        search=search,
        sort=sort,
        order=order,
        status=status,
        visibility=visibility,
        center=None if context is None else center_of(context),
        category_id=None if category_id == "none" else category_id,
        is_uncategorised=category_id == "none",
        tag=tag,
        author_id=author_id,
    )
    return schemas.ArticleList(
        articles=[schemas.ArticleRow.model_validate(row) for row in found], pagination=pagination(page, total)
    )


@router.get("/{article_id}")
async def read_article(article_id: UUID, session: Session, _: Staff) -> schemas.ArticleAnswer:
    return await _answer(session, article_id)


@router.put("/{article_id}")
async def change_article(
    data: schemas.ArticleUpdate, session: Session, actor: Writer, article: AnyArticle
) -> schemas.ArticleAnswer:
    """Save an article. With `expected_version`, 409 when somebody else saved meanwhile."""
    given = data.model_dump(exclude_unset=True)
    values: dict[str, Any] = {
        key: value for key, value in given.items() if value is not None or key in EMPTIED
    }
    if values.get("summary", "") is None:
        values["summary"] = ""
    await service.change_article(session, actor, article, **values)
    return await _answer(session, article.id)


@router.delete("/{article_id}")
async def delete_article(session: Session, actor: Writer, article: AnyArticle) -> schemas.Done:
    """Delete an article for good; archive it instead to keep it."""
    await service.delete_article(session, actor, article)
    return schemas.Done(message=f"“{article.title}” was deleted.")


@router.get("/{article_id}/versions")
async def list_versions(session: Session, _: Staff, article: AnyArticle) -> schemas.Versions:
    found = await queries.list_versions(session, article.id)
    return schemas.Versions(versions=[schemas.VersionRow.model_validate(row) for row in found])


@router.get("/{article_id}/versions/{number}")
async def read_version(number: int, session: Session, _: Staff, article: AnyArticle) -> schemas.VersionRead:
    found = await queries.get_version(session, article.id, number)
    return schemas.VersionRead(
        number=found.number,
        title=found.title,
        note=found.note,
        author=None,
        created_at=found.created_at,
        body=found.body,
        summary=found.summary,
    )


@router.get("/{article_id}/compare")
async def compare_versions(
    session: Session,
    _: Staff,
    article: AnyArticle,
    before: Annotated[int, Query(ge=1, description="The older version.")],
    after: Annotated[
        int | None, Query(ge=1, description="The newer one; the current text when absent.")
    ] = None,
) -> schemas.Diff:
    """What changed between two versions, line by line and word by word; the title is the first line."""
    old = await queries.get_version(session, article.id, before)
    new = await queries.get_version(session, article.id, after) if after else article
    return schemas.Diff.model_validate(compare(f"# {old.title}\n{old.body}", f"# {new.title}\n{new.body}"))


@router.post("/{article_id}/versions/{number}/restore")
async def restore_version(
    number: int, session: Session, actor: Writer, article: AnyArticle
) -> schemas.ArticleAnswer:
    await service.restore_version(session, actor, article, number)
    return await _answer(session, article.id)


@router.get("/{article_id}/feedback")
async def list_feedback(session: Session, _: Staff, article: AnyArticle) -> schemas.FeedbackList:
    found = await queries.list_feedback(session, article.id)
    return schemas.FeedbackList(feedback=[schemas.FeedbackRead.model_validate(row) for row in found])


async def _answer(session: Session, article_id: UUID) -> schemas.ArticleAnswer:
    row = await queries.read_article(session, article_id)
    return schemas.ArticleAnswer(article=schemas.ArticleRead.model_validate(row))
