"""Reports: what happened at the desk, in figures that agree with the tickets.

Owns:      report_tickets, report_columns, report_codes, report_settings, ticket_counts, ticket_count_deltas
Announces: nothing
Reacts to: nothing; it follows the log of facts and recounts the tickets named there
"""
