from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor, Role
from deskwell.core.db import Session
from deskwell.core.errors import NotFound
from deskwell.core.pages import PageParams, pagination

from .. import queries, schemas, service
from ..access import CUSTOMERS_MANAGE, CUSTOMERS_READ, requires
from ..models import Company, User

router = APIRouter(tags=["Customers and companies"])
Reader = Annotated[Actor, Depends(requires(CUSTOMERS_READ))]
Keeper = Annotated[Actor, Depends(requires(CUSTOMERS_MANAGE))]
Search = Annotated[str, Query(max_length=200)]


@router.get("/admin/customers")
async def list_customers(
    _: Reader, session: Session, page: PageParams, search: Search = "", company_id: UUID | None = None
) -> schemas.People:
    """Customers by name."""
    found, total = await queries.list_people(
        session, page, kind="customer", search=search, company_id=company_id
    )
    users = [schemas.PersonRead.model_validate(row) for row in found]
    return schemas.People(users=users, pagination=pagination(page, total))


@router.get("/admin/customers/{user_id}")
async def read_customer(user_id: UUID, _: Reader, session: Session) -> schemas.PersonSaved:
    await _customer(session, user_id)
    row = await queries.get_person(session, user_id)
    return schemas.PersonSaved(user=schemas.PersonRead.model_validate(row))


@router.put("/admin/customers/{user_id}")
async def change_customer(
    user_id: UUID, data: schemas.PersonChange, actor: Keeper, session: Session
) -> schemas.PersonSaved:
    """Correct a customer's name, or say to which company they belong; `company_id` null is none."""
    user = await _customer(session, user_id)
    await service.change_person(session, actor, user, name=data.name, company_id=data.company_id)
    return await read_customer(user_id, actor, session)


@router.get("/admin/customers/{user_id}/notes")
async def list_customer_notes(user_id: UUID, _: Reader, session: Session) -> schemas.Notes:
    await _customer(session, user_id)
    found = await queries.list_notes(session, user_id=user_id)
    return schemas.Notes(notes=[schemas.NoteRead.model_validate(row) for row in found])


@router.post("/admin/customers/{user_id}/notes")
async def note_on_customer(
    user_id: UUID, data: schemas.NoteWrite, actor: Keeper, session: Session
) -> schemas.Notes:
    """Note something about a customer; no customer ever sees it."""
    await _customer(session, user_id)
    await service.add_note(session, actor, data.body, user_id=user_id)
    return await list_customer_notes(user_id, actor, session)


async def _customer(session: AsyncSession, user_id: UUID) -> User:
    user = await queries.find_user(session, user_id)
    if user is None or user.role is not Role.CUSTOMER:
        raise NotFound("There is no such customer.")
    return user


@router.get("/admin/companies")
async def list_companies(
    _: Reader, session: Session, page: PageParams, search: Search = ""
) -> schemas.Companies:
    found, total = await queries.list_companies(session, page, search=search)
    companies = [schemas.CompanyRead.model_validate(row) for row in found]
    return schemas.Companies(companies=companies, pagination=pagination(page, total))


@router.post("/admin/companies")
async def create_company(data: schemas.CompanyWrite, actor: Keeper, session: Session) -> schemas.CompanySaved:
    """Add a company; customers of its domains who are in none join it."""
    return await _saved(session, await service.save_company(session, actor, data))


@router.get("/admin/companies/{company_id}")
async def read_company(company_id: UUID, _: Reader, session: Session) -> schemas.CompanySaved:
    return await _saved(session, await queries.get_company(session, company_id))


@router.put("/admin/companies/{company_id}")
async def change_company(
    company_id: UUID, data: schemas.CompanyWrite, actor: Keeper, session: Session
) -> schemas.CompanySaved:
    company = await queries.get_company(session, company_id)
    return await _saved(session, await service.save_company(session, actor, data, company))


@router.delete("/admin/companies/{company_id}")
async def delete_company(company_id: UUID, actor: Keeper, session: Session) -> schemas.Done:
    company = await queries.get_company(session, company_id)
    await service.delete_company(session, actor, company)
    return schemas.Done(message=f"The company “{company.name}” was deleted. Its people stay.")


@router.get("/admin/companies/{company_id}/notes")
async def list_company_notes(company_id: UUID, _: Reader, session: Session) -> schemas.Notes:
    await queries.get_company(session, company_id)
    found = await queries.list_notes(session, company_id=company_id)
    return schemas.Notes(notes=[schemas.NoteRead.model_validate(row) for row in found])


@router.post("/admin/companies/{company_id}/notes")
async def note_on_company(
    company_id: UUID, data: schemas.NoteWrite, actor: Keeper, session: Session
) -> schemas.Notes:
    await queries.get_company(session, company_id)
    await service.add_note(session, actor, data.body, company_id=company_id)
    return await list_company_notes(company_id, actor, session)


async def _saved(session: AsyncSession, company: Company) -> schemas.CompanySaved:
    people = await queries.count_people_of(session, company.id)
    known = {name: getattr(company, name) for name in schemas.CompanyRead.model_fields if name != "people"}
    return schemas.CompanySaved(company=schemas.CompanyRead(**known, people=people))
