"""Inbox: how people find tickets: lists, filters, search, saved views and their counts.

Owns:      ticket_search, saved_views
Announces: nothing
Reacts to: TicketOpened, MessageAdded, FieldChanged, TicketsMerged, TicketSplit (to keep the search row)
"""
