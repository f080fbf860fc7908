"""Macros: several actions in one click. Canned responses: text typed with `/`.

Owns:      macros, canned_responses
Announces: MacroRan, MacrosChanged
Reacts to: nothing
"""
