"""Time tracking: minutes spent on tickets, by whom, for what, billable or not.

Owns:      time_entries, timers
Announces: TimeLogged, TimeEntryChanged, TimeEntryDeleted
Reacts to: TicketsMerged and its undoing (entries follow their ticket)
"""
