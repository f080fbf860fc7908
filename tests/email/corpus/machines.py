"""Bounces, automatic replies, lists, reports: who wrote, and what about."""

from .building import Case, mail, multipart, part, text

_ORIGINAL = "Message-ID: <dw.original@desk.example>\nFrom: Desk <help@desk.example>\nTo: Bob <bob@gone.example>\nSubject: Re: Printer\n"


def _dsn(
    status: str,
    *,
    words: str = "Your mail could not be delivered.",
    original: str = "message/rfc822",
    **named: str,
) -> bytes:
    header, body = multipart(
        "report; report-type=delivery-status",
        text(words),
        part(status, "Content-Type: message/delivery-status"),
        part(_ORIGINAL + "\nHello", f"Content-Type: {original}"),
    )
    header = header.replace(
        "multipart/report; report-type=delivery-status; ", "multipart/report; report-type=delivery-status; "
    )
    return mail(
        body,
        header,
        "Return-Path: <>",
        **{"From": "MAILER-DAEMON@mx.example", "Subject": "Undelivered Mail Returned to Sender", **named},
    )


_FAILED = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; bob@gone.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n"
_UNSTRUCTURED = [
    ("qmail", "MAILER-DAEMON@mx.example", "failure notice", "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<bob@gone.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n"),
    ("Exim", "Mail Delivery System <Mailer-Daemon@mx.example>", "Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  bob@gone.example\n    host mx.gone.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO: 550 unknown user\n\n------ This is a copy of the message, including all the headers. ------\n\n"),
    ("Postfix, plain", "MAILER-DAEMON@mx.example", "Undelivered Mail Returned to Sender", "This is the mail system at host mx.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<bob@gone.example>: host mx.gone.example said: 550 5.1.1 unknown\n\n"),
    ("Sendmail", "Mail Delivery Subsystem <MAILER-DAEMON@mx.example>", "Returned mail: see transcript for details", "   ----- The following addresses had permanent fatal errors -----\n<bob@gone.example>\n    (reason: 550 5.1.1 User unknown)\n\n   ----- Original message follows -----\n\n"),
    ("Gmail", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "Delivery to the following recipient failed permanently:\n\n     bob@gone.example\n\nTechnical details of permanent failure:\n550 5.1.1 The email account does not exist\n\n----- Original message -----\n\n"),
    ("Exchange", "postmaster@corp.example", "Undeliverable: Re: Printer", "Delivery has failed to these recipients or groups:\n\nbob@gone.example\nThe email address you entered couldn't be found.\n\nDiagnostic information for administrators:\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound ##\n\nOriginal message headers:\n\n"),
    ("Yahoo", "MAILER-DAEMON@yahoo.com", "Failure Notice", "Sorry, we were unable to deliver your message to the following address.\n\n<bob@gone.example>:\n550: user unknown\n\n--- Below this line is a copy of the message.\n\n"),
    ("Domino", "Postmaster@corp.example", "DELIVERY FAILURE: User bob (bob@gone.example) not listed in Domino Directory", "Your message\n\n  Subject: Re: Printer\n\nwas not delivered to:\n\n  bob@gone.example\n\nbecause:\n\n  User bob (bob@gone.example) not listed in Domino Directory\n\n"),
    ("German Exchange", "postmaster@firma.example", "Unzustellbar: Re: Printer", "Ihre Nachricht konnte nicht zugestellt werden.\n\nbob@gone.example\n550 5.1.1 Empfänger unbekannt\n\n"),
    ("French", "postmaster@societe.example", "Non remis : Re: Printer", "Votre message n'a pas pu être remis aux destinataires suivants :\n\nbob@gone.example\n550 5.1.1\n\n"),
    ("Japanese", "MAILER-DAEMON@jp.example", "配信不能", "メールを配信できませんでした。\n\n<bob@gone.example>: 550 User unknown\n\n"),
    ("mailbox full", "Mail Delivery System <MAILER-DAEMON@mx.example>", "Mail delivery failed", "Your message could not be delivered to bob@gone.example:\n552 5.2.2 Mailbox full\n\n"),
]  # fmt: skip
_AUTO_SUBJECTS = [
    "Out of Office: Printer", "Automatic reply: Re: Printer", "Auto: Printer", "AutoReply: Printer", "Abwesenheitsnotiz: Printer", "Automatische Antwort: Printer", "Réponse automatique : Printer", "Absence du bureau : Printer",
    "Respuesta automática: Printer", "Fuera de la oficina: Printer", "Risposta automatica: Printer", "Fuori ufficio: Printer", "Resposta automática: Printer", "Automatisch antwoord: Printer", "Afwezig: Printer",
    "Autosvar: Printer", "Frånvaro: Printer", "Automatisk svar: Printer", "Fraværende: Printer", "Odpowiedź automatyczna: Printer", "Automatická odpověď: Printer", "Автоматический ответ: Printer", "Автоответ: Printer", "自動応答: Printer", "自動返信: Printer",
    "Automaattinen vastaus: Printer", "Otomatik yanıt: Printer", "自动回复: Printer", "자동 회신: Printer", "Out of office",
]  # fmt: skip


def cases() -> list[Case]:
    bounced = {"kind": "bounce", "bounced": ["bob@gone.example"]}
    found = [
        Case(
            "bounce: RFC 3464",
            _dsn(_FAILED),
            {**bounced, "about": "dw.original@desk.example", "status": "5.1.1", "is_permanent": True},
        ),
        Case(
            "bounce: headers only",
            _dsn(_FAILED, original="text/rfc822-headers"),
            {**bounced, "about": "dw.original@desk.example"},
        ),
        Case(
            "bounce: original recipient counts",
            _dsn(
                _FAILED.replace(
                    "Final-Recipient: rfc822; bob",
                    "Original-Recipient: rfc822; bob@gone.example\nFinal-Recipient: rfc822; b0b",
                )
            ),
            {**bounced},
        ),
        Case(
            "bounce: two recipients",
            _dsn(_FAILED + "\nFinal-Recipient: rfc822; cy@gone.example\nAction: failed\nStatus: 5.1.1\n"),
            {"kind": "bounce", "bounced": ["bob@gone.example", "cy@gone.example"]},
        ),
        Case(
            "bounce: temporary",
            _dsn(_FAILED.replace("5.1.1", "4.4.7").replace("550", "451")),
            {**bounced, "is_permanent": False},
        ),
        Case(
            "bounce: from a person's address",
            _dsn(_FAILED, From="admin@corp.example", Subject="Problem"),
            bounced,
        ),
        Case(
            "delay: RFC 3464",
            _dsn(_FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1")),
            {"kind": "delay"},
        ),
        Case(
            "delivered: RFC 3464",
            _dsn(_FAILED.replace("failed", "delivered").replace("5.1.1", "2.0.0")),
            {"kind": "receipt"},
        ),
        Case(
            "bounce: X-Failed-Recipients",
            mail(
                "A message that you sent could not be delivered.\n\n" + _ORIGINAL,
                "X-Failed-Recipients: bob@gone.example",
                From="Mailer-Daemon@mx.example",
                Subject="Mail delivery failed",
            ),
            {**bounced, "about": "dw.original@desk.example"},
        ),
        Case(
            "delay: a warning of Exim",
            mail(
                "Message has not been delivered yet.\nDelivery attempts will continue; no action is required on your part.\n",
                From="Mailer-Daemon@mx.example",
                Subject="Warning: message delayed 24 hours",
            ),
            {"kind": "delay"},
        ),
        Case(
            "read receipt",
            mail(
                *reversed(
                    multipart(
                        "report; report-type=disposition-notification",
                        text("Your message was read."),
                        part(
                            "Disposition: manual-action/MDN-sent-manually; displayed\nOriginal-Message-ID: <dw.original@desk.example>\n",
                            "Content-Type: message/disposition-notification",
                        ),
                    )
                ),
                Subject="Read: Printer",
            ),
            {"kind": "receipt", "about": "dw.original@desk.example"},
        ),
        Case(
            "feedback report",
            mail(
                *reversed(
                    multipart(
                        "report; report-type=feedback-report",
                        text("This is an abuse report."),
                        part("Feedback-Type: abuse\n", "Content-Type: message/feedback-report"),
                        part(_ORIGINAL + "\nHi", "Content-Type: message/rfc822"),
                    )
                ),
                From="fbl@isp.example",
            ),
            {"kind": "complaint", "about": "dw.original@desk.example"},
        ),
        Case("mailing list", mail("x", "List-Id: <users.example.org>"), {"kind": "mailing_list"}),
        Case("precedence list", mail("x", "Precedence: list"), {"kind": "mailing_list"}),
        Case("precedence bulk", mail("x", "Precedence: bulk"), {"kind": "automatic"}),
        Case(
            "auto-submitted, generated",
            mail("Backup finished.", "Auto-Submitted: auto-generated"),
            {"kind": "automatic"},
        ),
        Case("auto-submitted no", mail("Hello", "Auto-Submitted: no"), {"kind": "person"}),
        Case(
            "auto-submitted, replied",
            mail("I am away.", "Auto-Submitted: auto-replied"),
            {"kind": "auto_reply"},
        ),
        Case(
            "auto-submitted with a parameter",
            mail("I am away.", "Auto-Submitted: auto-replied; owner-email=x@y"),
            {"kind": "auto_reply"},
        ),
        Case("vacation of the old kind", mail("x", "Precedence: auto_reply"), {"kind": "auto_reply"}),
        Case("X-Autoreply", mail("x", "X-Autoreply: yes"), {"kind": "auto_reply"}),
        Case("X-Autorespond", mail("x", "X-Autorespond: Printer"), {"kind": "auto_reply"}),
        Case(
            "Exchange out of office",
            mail(
                "I am currently out of the office.",
                "X-Auto-Response-Suppress: All",
                "Auto-Submitted: auto-generated",
                Subject="Automatic reply: Printer",
            ),
            {"kind": "auto_reply"},
        ),
        Case(
            "response suppressed only",
            mail("Invoice", "X-Auto-Response-Suppress: OOF, AutoReply"),
            {"kind": "automatic"},
        ),
        Case(
            "an answer that says it is away",
            mail("Ich bin derzeit nicht im Büro.\n", "In-Reply-To: <a@b>", Subject="AW: Printer"),
            {"kind": "auto_reply"},
        ),
        Case("no-reply sender", mail("Your parcel", From="no-reply@shop.example"), {"kind": "automatic"}),
        Case("newsletter", mail("News", "List-Unsubscribe: <mailto:u@x>"), {"kind": "automatic"}),
        Case("null return path, no bounce", mail("Hello there", "Return-Path: <>"), {"kind": "automatic"}),
        Case(
            "a person who writes about a bounce",
            mail(
                "I got “Undelivered Mail Returned to Sender” when I wrote to you. Why?",
                Subject="Problem with your address",
            ),
            {"kind": "person"},
        ),
        Case(
            "a person who writes about holidays",
            mail("When is the office closed?", Subject="Holiday opening hours"),
            {"kind": "person"},
        ),
        Case(
            "a person with a return path", mail("Hello", "Return-Path: <ann@example.org>"), {"kind": "person"}
        ),
        Case("a person whose name is Auto", mail("Hello", Subject="Auto repair invoice"), {"kind": "person"}),
    ]
    found += [
        Case(
            f"bounce: {name}",
            mail(words + _ORIGINAL + "\nHello\n", From=sender, Subject=subject),
            {**bounced, "about": "dw.original@desk.example"},
        )
        for name, sender, subject, words in _UNSTRUCTURED
    ]
    found += [
        Case(
            f"automatic: {subject}", mail("I am away until Monday.", Subject=subject), {"kind": "auto_reply"}
        )
        for subject in _AUTO_SUBJECTS
    ]
    return found
