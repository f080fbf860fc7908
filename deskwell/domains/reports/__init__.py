"""Reports: what happened at the desk, in figures that agree with the tickets.

Owns:      report_tickets, report_columns, report_months, report_rolled, report_codes, report_state, ticket_counts,
           ticket_count_deltas
Announces: ReportZoneChanged
Reacts to: nothing; it follows the log of facts and recounts the tickets named there
"""
