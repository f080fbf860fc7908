"""What mail does about the facts of tickets: rows in the outbox, never the network."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from deskwell.core.actor import Kind, Role
from deskwell.core.errors import Invalid
from deskwell.domains.accounts.events import UserRegistered
from deskwell.domains.accounts.models import User
from deskwell.domains.tickets.events import MessageAdded, TicketAssigned, TicketClosed
from deskwell.domains.tickets.models import Author, Message, Source, Ticket, TicketCc

from . import queries, service
from .logic import composing
from .models import EmailAccount, TemplateType
from .service.clues import our_addresses
from .service.outcome import NO_SENDER
from .service.signing import settings_of


async def refuse_our_own_address(session: AsyncSession, event: UserRegistered) -> None:
    """Nobody becomes a customer under the address the desk itself is written to: its mail is not theirs."""
    user = await session.get(User, event.user_id)
    if user and user.role is Role.CUSTOMER and user.email in await our_addresses(session):
        raise Invalid.field("email", "This is an address of the desk itself.", code="email_reserved")


async def on_message_added(session: AsyncSession, event: MessageAdded) -> None:
    """An answer goes to the requester; a first message is acknowledged."""
    if event.is_internal:
        return
    message = await session.get(Message, event.message_id)
    ticket = await session.get(Ticket, event.ticket_id)
    if message is None or ticket is None:
        return
    if event.author == Author.CUSTOMER and event.is_first and event.turn_id is not None:
        await _acknowledge(session, ticket)
    elif event.author == Author.AGENT and not message.data.get("by_mail"):
        await _reply(session, event, ticket, message, is_automatic=False)
    elif event.author == Author.AI and await _wants_ai_by_mail(session, ticket):
        await _reply(session, event, ticket, message, is_automatic=True)


async def _requester(session: AsyncSession, ticket: Ticket) -> User | None:
    user = await session.get(User, ticket.customer_id)
    return user if user and user.is_active and user.email != NO_SENDER else None


async def _wants_ai_by_mail(session: AsyncSession, ticket: Ticket) -> bool:
    """Whoever wrote by mail gets the answer by mail; on the web it is there already, unless they prefer mail."""
    last = await session.scalar(
        select(Message.source)
        .where(Message.ticket_id == ticket.id, Message.author == Author.CUSTOMER)
        .order_by(Message.position.desc())
        .limit(1)
    )
    if last is Source.EMAIL:
        return True
    user = await _requester(session, ticket)
    return bool(user and user.preferences.get("replies_by_mail"))


async def _acknowledge(session: AsyncSession, ticket: Ticket) -> None:
    template = await queries.find_template(session, TemplateType.TICKET_CREATED, ticket.context)
    account = await service.pick_account(session, ticket) if template else None
    user = await _requester(session, ticket) if account else None
    if template is None or user is None or user.preferences.get("no_mail"):
        return
    filled = await service.fill_for_ticket(session, settings_of(session), template, ticket)
    await service.queue_mail(
        session,
        to=[user.email],
        subject=filled.subject,
        text=filled.text,
        html=filled.html,
        ticket=ticket,
        account=account,
        template_type=TemplateType.TICKET_CREATED.value,
        is_automatic=True,
        drops_when_limited=True,
    )


async def _reply(
    session: AsyncSession, event: MessageAdded, ticket: Ticket, message: Message, *, is_automatic: bool
) -> None:
    template = await queries.find_template(session, TemplateType.TICKET_REPLY, ticket.context)
    account = await service.pick_account(session, ticket) if template else None
    user = await _requester(session, ticket) if account else None
    if user is None or template is None or account is None or user.preferences.get("no_mail"):
        return
    signature = await _signature(session, account, event)
    filled = await service.fill_for_ticket(
        session,
        settings_of(session),
        template,
        ticket,
        agent_id=event.actor.user_id if event.actor.kind is Kind.STAFF else None,
        message=message,
        signature=signature,
    )
    copies = await session.scalars(select(TicketCc.email).where(TicketCc.ticket_id == ticket.id))
    await service.queue_mail(
        session,
        to=[user.email],
        cc=[] if is_automatic else [email for email in copies if email != user.email],
        subject=filled.subject,
        text=filled.text,
        html=filled.html,
        ticket=ticket,
        message=message,
        account=account,
        actor=event.actor,
        template_type=TemplateType.TICKET_REPLY.value,
        is_automatic=is_automatic,
        sender_name=_shown_name(event, account, ticket),
    )


def _shown_name(event: MessageAdded, account: EmailAccount, ticket: Ticket) -> str:
    desk = account.display_name or ticket.context
    return f"{event.actor.name} ({desk})" if event.actor.kind is Kind.STAFF and event.actor.name else desk


async def _signature(session: AsyncSession, account: EmailAccount, event: MessageAdded) -> str:
    """The agent's own, else the account's."""
    agent = (
        await session.get(User, event.actor.user_id)
        if event.actor.kind is Kind.STAFF and event.actor.user_id
        else None
    )
    own = str(agent.preferences.get("signature") or "") if agent else ""
    return own or account.signature


async def on_ticket_closed(session: AsyncSession, event: TicketClosed) -> None:
    """Tell the requester that their request is settled."""
    ticket = await session.get(Ticket, event.ticket_id)
    user = await _requester(session, ticket) if ticket else None
    if ticket is None or user is None or ticket.merged_into_id or user.preferences.get("no_mail"):
        return
    if event.actor.user_id == user.id:
        return  # they have settled it themselves
    template = await queries.find_template(session, TemplateType.TICKET_CLOSED, ticket.context)
    if template is None:
        return
    agent_id = event.actor.user_id if event.actor.kind is Kind.STAFF else None
    filled = await service.fill_for_ticket(session, settings_of(session), template, ticket, agent_id=agent_id)
    await service.queue_mail(
        session,
        to=[user.email],
        subject=filled.subject,
        text=filled.text,
        html=filled.html,
        ticket=ticket,
        actor=event.actor,
        template_type=TemplateType.TICKET_CLOSED.value,
        is_automatic=event.actor.kind is not Kind.STAFF,
        drops_when_limited=True,
    )


async def on_ticket_assigned(session: AsyncSession, event: TicketAssigned) -> None:
    """Tell somebody of the staff that a ticket is theirs, unless they took it themselves."""
    if event.after is None or event.after == event.actor.user_id:
        return
    ticket = await session.get(Ticket, event.ticket_id)
    agent = await session.get(User, event.after)
    if ticket is None or agent is None or not agent.is_active or agent.preferences.get("no_mail"):
        return
    template = await queries.find_template(session, TemplateType.TICKET_ASSIGNED, ticket.context)
    if template is None:
        return
    filled = await service.fill_for_ticket(
        session, settings_of(session), template, ticket, agent_id=agent.id, for_staff=True
    )
    await service.queue_mail(
        session,
        to=[agent.email],
        subject=filled.subject,
        text=filled.text,
        html=filled.html,
        ticket=ticket,
        template_type=TemplateType.TICKET_ASSIGNED.value,
        sender_name=composing.one_header_line(ticket.context),
    )
