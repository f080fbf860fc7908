"""Onboarding: the way of a new owner to the first answered ticket, and a desk filled for a look around.

Owns:      onboarding_steps
Announces: nothing
Reacts to: nothing
"""
