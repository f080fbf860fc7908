"""Reading, sending, fetching: what happens to mail after the commit."""

from .delivering import deliver_mail
from .fetching import fetch_mailboxes, watch_mailboxes
from .keeping import forget_raw_mail
from .reading import read_mails, sweep_mail
from .system import (
    send_confirmation_mail,
    send_email_change_mail,
    send_invitation_mail,
    send_reset_mail,
    tell_old_address,
)

__all__ = [
    "deliver_mail",
    "fetch_mailboxes",
    "forget_raw_mail",
    "read_mails",
    "send_confirmation_mail",
    "send_email_change_mail",
    "send_invitation_mail",
    "send_reset_mail",
    "sweep_mail",
    "tell_old_address",
    "watch_mailboxes",
]
