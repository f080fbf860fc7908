"""Tickets: a customer's request and the conversation about it.

Owns:      tickets, messages, turns, ratings, ticket_tags
Announces: TicketOpened, MessageAdded, TicketAssigned, TicketEscalated, PriorityChanged, TicketClosed, TicketReopened,
           TurnSettled, MessageRated, FieldChanged
Reacts to: nothing
"""
