"""E-mail: accounts, what comes in, what goes out, templates, and which mail belongs to which ticket.

Owns:      email_accounts, email_templates, email_messages, inbound_mails, outbox
Announces: MailReceived, MailBounced, MailSent, MailFailed, AccountChanged, TemplateChanged
Reacts to: TicketOpened, MessageAdded, TicketClosed, TicketAssigned
"""
