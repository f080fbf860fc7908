"""Tickets: a customer's request and the conversation about it."""
