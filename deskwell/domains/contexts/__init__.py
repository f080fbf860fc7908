"""Contexts: the brands, shops or departments a ticket belongs to, each with its own manner.

Owns:      contexts
Announces: ContextChanged
Reacts to: nothing
"""
