"""Mail in and out: SMTP, SendGrid, SES, Mailgun, IMAP. Hosts typed on a screen are public ones, or listed."""

from .gateway import open_mail

__all__ = ["open_mail"]
