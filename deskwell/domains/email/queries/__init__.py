"""Reads of e-mail."""

from .accounts import (
    count_accounts,
    find_account,
    get_account,
    get_template,
    list_accounts,
    list_templates,
    what_depends_on,
)
from .kept import find_template, kept_accounts
from .mails import email_read, get_email, list_emails, look_up_inbound
from .operations import figures, get_inbound, list_failed, list_held, list_inbound, mail_settings

__all__ = [
    "count_accounts",
    "email_read",
    "figures",
    "find_account",
    "find_template",
    "get_account",
    "get_email",
    "get_inbound",
    "get_template",
    "kept_accounts",
    "list_accounts",
    "list_emails",
    "list_failed",
    "list_held",
    "list_inbound",
    "list_templates",
    "look_up_inbound",
    "mail_settings",
    "what_depends_on",
]
