"""The placeholders of replies, notes, mails and canned responses: a fixed dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placeholder:
    """What a placeholder stands for, and a sample for previews without a ticket."""

    description: str
    sample: str


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "ticket_id": Placeholder("The ticket's id", "019ab2c4-0000-7000-8000-000000000001"),
    "ticket_number": Placeholder("The short number", "1042"),
    "ticket_subject": Placeholder("The subject", "My order has not arrived"),
    "ticket_status": Placeholder("The status in words", "open"),
    "ticket_priority": Placeholder("The priority in words", "medium"),
    "ticket_url": Placeholder("The link to the ticket for the customer", "https://help.example.com/portal/…"),
    "context": Placeholder("The brand or shop", "Online shop"),
    "category": Placeholder("The category", "Delivery"),
    "team_name": Placeholder("The team", "Logistics"),
    "customer_name": Placeholder("The customer's name", "Kim Larsen"),
    "customer_first_name": Placeholder("The customer's first name", "Kim"),
    "customer_email": Placeholder("The customer's address", "kim@example.com"),
    "agent_name": Placeholder("Who writes, else who has the ticket", "Ana Petrova"),
    "agent_email": Placeholder("The address of who writes, else of who has the ticket", "ana@example.com"),
}


def unknown_placeholders(names: Sequence[str]) -> str:
    """The sentence that refuses placeholders that do not exist."""
    shown = ", ".join("{{" + name + "}}" for name in names)
    known = ", ".join("{{" + name + "}}" for name in PLACEHOLDERS)
    return f"There is no placeholder {shown}. Known are: {known}."


def samples() -> dict[str, str]:
    """Values for a preview without a ticket."""
    return {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}
