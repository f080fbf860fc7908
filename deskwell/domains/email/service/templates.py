from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Actor
from deskwell.core.clock import now
from deskwell.core.errors import Invalid
from deskwell.core.events import publish
from deskwell.core.ids import new_id
from deskwell.core.settings import Settings
from deskwell.domains.accounts.models import User
from deskwell.domains.tickets.models import Message, Ticket

from .. import queries
from ..events import TemplateChanged
from ..logic.composing import markdown_to_html
from ..logic.html import sanitise
from ..logic.templates import PLACEHOLDERS, Filled, Words, fill, unknown_placeholders
from ..models import EmailTemplate, TemplateType
from ..schemas import TemplateWrite


async def save_template(session: AsyncSession, actor: Actor, data: TemplateWrite) -> EmailTemplate:
    """Add a template, or change the one of this id.

    Raises:
        Invalid: an unknown type or placeholder, nothing in it.

    """
    kind = checked_type(data.template_type)
    constants = checked_constants(data.variables)
    words = Words(data.subject, data.body_text, data.body_html, constants)
    check_words(words)
    template = await queries.get_template(session, data.id) if data.id else None
    if template is None:
        template = EmailTemplate(id=new_id(), is_active=True)
        session.add(template)
    template.name, template.subject, template.template_type = data.name[:200], data.subject[:500], kind
    template.body_text, template.body_html = data.body_text, data.body_html or None
    if data.variables is not None or template.variables is None:
        template.variables = constants
    if "context_id" in data.model_fields_set:
        template.context_id = data.context_id
    if data.is_active is not None:
        template.is_active = data.is_active
    template.updated_at = now()
    await session.flush()
    fields = tuple(sorted(data.model_fields_set - {"id"}))
    await publish(session, TemplateChanged(actor=actor, template_id=template.id, fields=fields))
    return template


def checked_type(text: str) -> TemplateType:
    try:
        return TemplateType(text)
    except ValueError as error:
        known = ", ".join(t.value for t in TemplateType)
        raise Invalid.field("template_type", f"Please choose one of these types: {known}.") from error


def checked_constants(variables: Mapping[str, Any] | None) -> dict[str, str]:
    """Constants of a template: names of letters, short texts, none that hides a placeholder of ours."""
    constants = {str(name): str(value) for name, value in (variables or {}).items()}
    for name in constants:
        if not name.isidentifier() or len(name) > 64:
            raise Invalid.field("variables", f"“{name[:64]}” cannot be the name of a variable.")
        if name in PLACEHOLDERS:
            raise Invalid.field(
                "variables", f"{{{{{name}}}}} is filled in by the desk and cannot be a constant."
            )
    return constants


def check_words(words: Words) -> None:
    """Refuse what could never be filled in."""
    if not words.subject.strip():
        raise Invalid.field("subject", "Please write a subject.")
    if not words.text.strip():
        raise Invalid.field("body_text", "Please write a text.")
    if missing := unknown_placeholders(words):
        named = ", ".join(f"{{{{{name}}}}}" for name in missing[:5])
        valid = ", ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)
        raise Invalid.field(
            "body_text", f"Unknown: {named}. You can use {valid}.", code="placeholder_unknown"
        )


async def delete_template(session: AsyncSession, actor: Actor, template: EmailTemplate) -> None:
    template_id = template.id
    await session.delete(template)
    await session.flush()
    await publish(session, TemplateChanged(actor=actor, template_id=template_id, fields=("deleted",)))


def values_for(
    settings: Settings,
    ticket: Ticket,
    customer: User,
    *,
    agent: User | None = None,
    message: str = "",
    signature: str = "",
    company: str = "",
    for_staff: bool = False,
) -> dict[str, str]:
    """What the placeholders stand for."""
    side = "app/tickets" if for_staff else "portal/tickets"
    return {
        "ticket_id": str(ticket.id),
        "ticket_number": str(ticket.number),
        "ticket_subject": ticket.subject,
        "ticket_status": ticket.status.value.replace("_", " "),
        "ticket_priority": ticket.priority.value,
        "ticket_url": f"{settings.public_url}/{side}/{ticket.id}",
        "customer_name": customer.name or customer.email,
        "customer_first_name": (customer.name or customer.email.partition("@")[0]).split(" ")[0],
        "customer_email": customer.email,
        "agent_name": agent.name if agent else "",
        "agent_email": agent.email if agent else "",
        "message": message,
        "signature": signature,
        "context": ticket.context,
        "company_name": company or ticket.context,
        "created_at": ticket.created_at.strftime("%Y-%m-%d %H:%M UTC"),
    }


async def fill_for_ticket(
    session: AsyncSession,
    settings: Settings,
    template: EmailTemplate,
    ticket: Ticket,
    *,
    agent_id: UUID | None = None,
    message: Message | None = None,
    signature: str = "",
    for_staff: bool = False,
) -> Filled:
    """A stored template with a ticket's values."""
    customer = await session.get_one(User, ticket.customer_id)
    agent = await session.get(User, agent_id) if agent_id else None
    values = values_for(
        settings,
        ticket,
        customer,
        agent=agent,
        message=message.body if message else "",
        signature=signature,
        for_staff=for_staff,
    )
    words = Words(template.subject, template.body_text, template.body_html, template.variables)
    shown = message_html(message) if message else None
    return fill(words, values, message_html=shown, footer=f"{ticket.context} · #{ticket.number}")


def message_html(message: Message) -> str:
    if message.body_html:
        return sanitise(message.body_html).replace('src="remote:', 'src="')
    return markdown_to_html(message.body)
