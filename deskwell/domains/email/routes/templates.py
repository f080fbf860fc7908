from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.context import Ctx
from deskwell.core.db import Session
from deskwell.core.settings import Settings
from deskwell.domains.accounts.access import Staff
from deskwell.domains.accounts.models import User
from deskwell.domains.tickets.access import visible_to
from deskwell.domains.tickets.errors import TicketNotFound
from deskwell.domains.tickets.models import Priority, Status, Ticket

from .. import queries, schemas, service
from ..access import MailManager
from ..errors import NoAccount
from ..logic.templates import PLACEHOLDERS, Filled, Words, fill
from ..models import TemplateType
from ..service.templates import check_words, checked_constants, checked_type

router = APIRouter(prefix="/admin/email-templates")


@router.post("")
async def save(data: schemas.TemplateWrite, session: Session, actor: MailManager) -> schemas.TemplateSaved:
    """Add a template, or change the one of this id; an unknown placeholder is refused by name."""
    template = await service.save_template(session, actor, data)
    return schemas.TemplateSaved(template=schemas.TemplateRead.model_validate(template))


@router.get("", response_model=schemas.Templates)
async def list_all(
    session: Session,
    _: Staff,
    template_type: Annotated[str | None, Query()] = None,
    is_active: Annotated[bool | None, Query()] = None,
) -> Any:
    kind = checked_type(template_type) if template_type else None
    return {
        "templates": await queries.list_templates(session, kind, is_active=is_active),
        "placeholders": list(PLACEHOLDERS),
    }


@router.delete("/{template_id}")
async def delete(template_id: UUID, session: Session, actor: MailManager) -> schemas.Done:
    await service.delete_template(session, actor, await queries.get_template(session, template_id))
    return schemas.Done(
        message="The template is gone. Nothing is sent on its event until there is another one."
    )


@router.post("/preview")
async def preview(
    data: schemas.TemplatePreview, session: Session, actor: Staff, context: Ctx
) -> schemas.TemplatePreviewed:
    """Words filled in with a real ticket, or with an example."""
    filled = await _filled(session, context.settings, actor, data)
    return schemas.TemplatePreviewed(subject=filled.subject, body_text=filled.text, body_html=filled.html)


@router.post("/test-send")
async def test_send(
    data: schemas.TemplateTest, session: Session, actor: MailManager, context: Ctx
) -> schemas.Done:
    """Send the filled-in words to an address, through the outbox like any other mail."""
    [to] = service.clean_recipients([data.to_email], "to_email")
    filled = await _filled(session, context.settings, actor, data)
    email = await service.queue_mail(
        session, to=[to], subject=f"[Test] {filled.subject}", text=filled.text, html=filled.html, actor=actor
    )
    if email is None:
        raise NoAccount
    return schemas.Done(message=f"A test is on its way to {to}.")


async def _filled(
    session: AsyncSession, settings: Settings, actor: Any, data: schemas.TemplatePreview
) -> Filled:
    words = Words(data.subject or "", data.body_text or "", data.body_html, checked_constants(data.variables))
    check_words(words)
    kind = checked_type(data.template_type) if data.template_type else TemplateType.CUSTOM
    if data.ticket_id:
        query = visible_to(actor).where(Ticket.id == data.ticket_id)
        ticket = (await session.scalars(query)).one_or_none()
        if ticket is None:
            raise TicketNotFound
        customer = await session.get_one(User, ticket.customer_id)
    else:
        ticket, customer = _example(), User(email="robin@example.org", name="Robin Miller")
    agent = await session.scalar(select(User).where(User.id == actor.user_id))
    values = service.values_for(
        settings,
        ticket,
        customer,
        agent=agent,
        message="Thank you for waiting. The part has arrived and **your order leaves today**.",
        signature=f"Best regards\n{actor.name}",
        for_staff=kind is TemplateType.TICKET_ASSIGNED,
    )
    return fill(words, values, footer=f"{ticket.context} · #{ticket.number}")


def _example() -> Ticket:
    return Ticket(
        id=UUID("0199e000-0000-7000-8000-000000000000"), number=1042, subject="The printer does not print",
        status=Status.OPEN, priority=Priority.MEDIUM, context="Shop", created_at=datetime.now(UTC),
    )  # fmt: skip
