"""SLA: until when a ticket must be answered and settled, and why.

Owns:      slas, sla_calendars, sla_clocks, sla_violations
Announces: SlaAssigned, SlaWarned, SlaViolated
Reacts to: every fact that starts, stops, pauses or resets a clock; writes the tickets' due columns
"""
