"""Who reacts to what, in which order. Vital reactions share the fate of the fact; the others may fail alone.

Order matters: the clock starts before rules look at it, and rules come before the AI, because a rule may give the
ticket to a person. One line a domain and event.
"""

from deskwell.core.events import Bus
from deskwell.domains.accounts import events as accounts
from deskwell.domains.actions import reactions as actions
from deskwell.domains.ai import reactions as ai
from deskwell.domains.automation import reactions as automation
from deskwell.domains.contexts import events as contexts
from deskwell.domains.email import reactions as email
from deskwell.domains.inbox import reactions as inbox
from deskwell.domains.knowledge import events as knowledge
from deskwell.domains.notifications import reactions as notifications
from deskwell.domains.sla import events as sla_events
from deskwell.domains.sla import reactions as sla
from deskwell.domains.tickets import events as tickets
from deskwell.domains.time_tracking import reactions as time_tracking


def build_bus() -> Bus:
    """Return the bus with all reactions subscribed."""
    bus = Bus()
    bus.subscribe_vital(tickets.TicketOpened, sla.on_ticket_opened)
    bus.subscribe_vital(tickets.MessageAdded, sla.on_message_added)
    bus.subscribe_vital(tickets.TicketEscalated, sla.on_ticket_escalated)
    bus.subscribe_vital(tickets.TicketClosed, sla.on_ticket_closed)
    bus.subscribe_vital(tickets.TicketReopened, sla.on_ticket_reopened)
    bus.subscribe_vital(tickets.TicketSnoozed, sla.on_ticket_snoozed)
    bus.subscribe_vital(tickets.PriorityChanged, sla.on_priority_changed)
    bus.subscribe_vital(tickets.TeamAssigned, sla.on_team_assigned)
    bus.subscribe_vital(tickets.FieldChanged, sla.on_field_changed)
    bus.subscribe_vital(tickets.TicketsMerged, sla.on_tickets_merged, time_tracking.on_tickets_merged)
    bus.subscribe_vital(tickets.TicketsUnmerged, sla.on_tickets_unmerged, time_tracking.on_tickets_unmerged)
    bus.subscribe_vital(tickets.TicketSplit, sla.on_ticket_split)
    bus.subscribe_vital(contexts.ContextChanged, sla.on_context_changed)
    bus.subscribe_vital(accounts.UserRegistered, email.refuse_our_own_address)
    bus.subscribe_vital(tickets.MessageAdded, email.on_message_added)
    bus.subscribe_vital(tickets.TicketClosed, email.on_ticket_closed)
    bus.subscribe_guarding(tickets.MessageAdded, inbox.index_added_message)
    bus.subscribe(tickets.FieldChanged, inbox.follow_changed_field)
    bus.subscribe(tickets.AttachmentAdded, inbox.index_attached_files)
    bus.subscribe(tickets.TicketsMerged, inbox.index_merged)
    bus.subscribe(tickets.TicketsUnmerged, inbox.index_merged)
    bus.subscribe(tickets.TicketSplit, inbox.index_split)
    bus.subscribe(tickets.TeamAssigned, actions.share_out)
    bus.subscribe(tickets.MessageAdded, automation.on_message, only_if=automation.pulls_a_rule)
    for change in automation.CHANGES:
        bus.subscribe(change, automation.on_change, only_if=automation.pulls_a_rule)
    bus.subscribe(
        tickets.MessageAdded, notifications.tell_of_message, only_if=notifications.may_concern_somebody
    )
    bus.subscribe(tickets.TicketAssigned, notifications.tell_of_assignment)
    bus.subscribe(tickets.TeamAssigned, notifications.tell_of_team)
    bus.subscribe(tickets.TicketEscalated, notifications.tell_of_escalation)
    bus.subscribe(tickets.MessageRated, notifications.tell_of_rating)
    bus.subscribe(sla_events.SlaWarned, notifications.tell_of_deadline)
    bus.subscribe(sla_events.SlaViolated, notifications.tell_of_deadline)
    bus.subscribe_vital(tickets.MessageAdded, ai.on_message_added)
    bus.subscribe(tickets.MessageAdded, ai.on_agent_answered)
    bus.subscribe(tickets.MessageRated, ai.on_message_rated)
    bus.subscribe(tickets.TicketReopened, ai.on_ticket_reopened)
    bus.subscribe_vital(knowledge.ArticlePublished, ai.on_article_published)
    bus.subscribe_vital(knowledge.ArticleChanged, ai.on_article_changed)
    bus.subscribe_vital(knowledge.ArticleArchived, ai.on_article_archived)
    return bus
