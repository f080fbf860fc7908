"""Actions: the one vocabulary of what may be done to a ticket, for rules, macros, the bulk bar and the API.

Owns:      nothing; it calls the verbs of the domains below
Announces: nothing
Reacts to: nothing
"""
