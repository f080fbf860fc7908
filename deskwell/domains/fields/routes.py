from uuid import UUID

from fastapi import APIRouter, Depends

from deskwell.core.actor import Role
from deskwell.core.db import Session
from deskwell.core.errors import NotFound
from deskwell.domains.accounts import queries as accounts
from deskwell.domains.accounts.access import CUSTOMERS_MANAGE, SignedIn, Staff, requires

from . import queries, schemas, service
from .access import MANAGE_FIELDS
from .models import Category, Tag

router = APIRouter(tags=["Tags, categories, fields"])
ADMIN = [Depends(requires(MANAGE_FIELDS))]


@router.get("/admin/tags")
async def list_tags(_: Staff, session: Session, search: str = "") -> schemas.Tags:
    """All tags by name; `search` narrows them for autocompletion."""
    return schemas.Tags(tags=[_label(tag) for tag in await queries.list_labels(session, Tag, search=search)])


@router.post("/admin/tags", dependencies=ADMIN)
async def create_tag(data: schemas.TagWrite, actor: Staff, session: Session) -> schemas.TagSaved:
    return schemas.TagSaved(tag=_label(await service.create_label(session, actor, Tag, data)))


@router.put("/admin/tags/{tag_id}", dependencies=ADMIN)
async def change_tag(
    tag_id: UUID, data: schemas.TagWrite, actor: Staff, session: Session
) -> schemas.TagSaved:
    tag = await queries.get_label(session, Tag, tag_id)
    await service.change_label(session, actor, tag, data)
    return schemas.TagSaved(tag=_label(tag))


@router.delete("/admin/tags/{tag_id}", dependencies=ADMIN)
async def delete_tag(tag_id: UUID, actor: Staff, session: Session) -> schemas.Done:
    tag = await queries.get_label(session, Tag, tag_id)
    await service.delete_label(session, actor, tag)
    return schemas.Done(message=f"The tag “{tag.name}” was deleted and taken off all tickets.")


@router.get("/admin/categories")
async def list_categories(_: Staff, session: Session) -> schemas.Categories:
    labels = await queries.list_labels(session, Category)
    return schemas.Categories(categories=[_label(label) for label in labels])


@router.post("/admin/categories", dependencies=ADMIN)
async def create_category(data: schemas.TagWrite, actor: Staff, session: Session) -> schemas.CategorySaved:
    category = await service.create_label(session, actor, Category, data)
    return schemas.CategorySaved(category=_label(category))


@router.put("/admin/categories/{category_id}", dependencies=ADMIN)
async def change_category(
    category_id: UUID, data: schemas.TagWrite, actor: Staff, session: Session
) -> schemas.CategorySaved:
    category = await queries.get_label(session, Category, category_id)
    await service.change_label(session, actor, category, data)
    return schemas.CategorySaved(category=_label(category))


@router.delete("/admin/categories/{category_id}", dependencies=ADMIN)
async def delete_category(category_id: UUID, actor: Staff, session: Session) -> schemas.Done:
    category = await queries.get_label(session, Category, category_id)
    await service.delete_label(session, actor, category)
    return schemas.Done(message=f"The category “{category.name}” was deleted.")


def _label(label: Tag | Category) -> schemas.LabelRead:
    return schemas.LabelRead.model_validate(label)


@router.get("/custom-fields")
async def list_form_fields(_: SignedIn, session: Session, context: str = "") -> schemas.FormFields:
    """The fields of tickets that customers may read or fill in, for the form of this context."""
    fields = await queries.list_form_fields(session, context)
    return schemas.FormFields(fields=[schemas.FormField.model_validate(field) for field in fields])


@router.get("/admin/custom-fields")
async def list_fields(
    _: Staff, session: Session, *, subject: schemas.Subject | None = None, archived: bool = False
) -> schemas.CustomFields:
    """Custom fields in the owner's order."""
    fields = await queries.list_fields(session, subject=subject, with_archived=archived)
    return schemas.CustomFields(fields=[schemas.CustomFieldRead.model_validate(field) for field in fields])


@router.post("/admin/custom-fields", dependencies=ADMIN)
async def create_field(
    data: schemas.CustomFieldWrite, actor: Staff, session: Session
) -> schemas.CustomFieldSaved:
    field = await service.create_field(session, actor, data)
    return schemas.CustomFieldSaved(field=schemas.CustomFieldRead.model_validate(field))


@router.put("/admin/custom-fields/{field_id}", dependencies=ADMIN)
async def change_field(
    field_id: UUID, data: schemas.CustomFieldWrite, actor: Staff, session: Session
) -> schemas.CustomFieldSaved:
    field = await queries.get_field(session, field_id)
    await service.change_field(session, actor, field, data)
    return schemas.CustomFieldSaved(field=schemas.CustomFieldRead.model_validate(field))


@router.post("/admin/custom-fields/{field_id}/archive", dependencies=ADMIN)
async def archive_field(field_id: UUID, actor: Staff, session: Session) -> schemas.CustomFieldSaved:
    field = await queries.get_field(session, field_id)
    await service.set_archived(session, actor, field, is_archived=True)
    return schemas.CustomFieldSaved(field=schemas.CustomFieldRead.model_validate(field))


@router.post("/admin/custom-fields/{field_id}/restore", dependencies=ADMIN)
async def restore_field(field_id: UUID, actor: Staff, session: Session) -> schemas.CustomFieldSaved:
    field = await queries.get_field(session, field_id)
    await service.set_archived(session, actor, field, is_archived=False)
    return schemas.CustomFieldSaved(field=schemas.CustomFieldRead.model_validate(field))


@router.put("/admin/custom-fields", dependencies=ADMIN)
async def order_fields(data: schemas.Order, actor: Staff, session: Session) -> schemas.CustomFields:
    """Put the fields into another order."""
    await service.order_fields(session, actor, data.ids)
    fields = await queries.list_fields(session, with_archived=True)
    return schemas.CustomFields(fields=[schemas.CustomFieldRead.model_validate(field) for field in fields])


@router.put("/admin/customers/{user_id}/fields", dependencies=[Depends(requires(CUSTOMERS_MANAGE))])
async def fill_in_customer(
    user_id: UUID, data: schemas.FieldValues, actor: Staff, session: Session
) -> schemas.FieldsFilled:
    """Fill in the custom fields of a customer."""
    user = await accounts.get_user(session, user_id)
    if user.role is not Role.CUSTOMER:
        raise NotFound("There is no such customer.")
    await service.fill_in(session, actor, "customer", user, data.values)
    return schemas.FieldsFilled(custom_fields=user.custom_fields)


@router.put("/admin/companies/{company_id}/fields", dependencies=[Depends(requires(CUSTOMERS_MANAGE))])
async def fill_in_company(
    company_id: UUID, data: schemas.FieldValues, actor: Staff, session: Session
) -> schemas.FieldsFilled:
    """Fill in the custom fields of a company."""
    company = await accounts.get_company(session, company_id)
    await service.fill_in(session, actor, "company", company, data.values)
    return schemas.FieldsFilled(custom_fields=company.custom_fields)
