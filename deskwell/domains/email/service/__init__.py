"""Writes of e-mail: one function per verb; never commits, never touches the network."""

from .accounts import delete_account, plain_account, save_account, set_polling
from .addressing import clean_recipients
from .delivering import finish, lease, retry, settle_lost_lease
from .flood import release
from .keeping import forget_older, save_mail_settings
from .queueing import pick_account, queue_mail
from .receiving import accept, is_known, note_failure, store_inbound
from .templates import delete_template, fill_for_ticket, save_template, values_for
from .webhooks import webhook_secret

__all__ = [
    "accept",
    "clean_recipients",
    "delete_account",
    "delete_template",
    "fill_for_ticket",
    "finish",
    "forget_older",
    "is_known",
    "lease",
    "note_failure",
    "pick_account",
    "plain_account",
    "queue_mail",
    "release",
    "retry",
    "save_account",
    "save_mail_settings",
    "save_template",
    "set_polling",
    "settle_lost_lease",
    "store_inbound",
    "values_for",
    "webhook_secret",
]
