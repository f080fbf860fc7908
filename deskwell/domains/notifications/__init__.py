"""Notifications: what concerns a person, in their centre and by mail as they wish.

Owns:      notifications, notification_preferences
Announces: Notified
Reacts to: MessageAdded, TicketAssigned, TeamAssigned, TicketEscalated, MessageRated
"""
