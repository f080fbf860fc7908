"""Decisions of the AI as pure functions: no session, no clock, no network."""
