"""Headers: encoded words and their abuses, addresses, doubles, what is missing."""

from .building import Case, mail


def cases() -> list[Case]:
    subjects = [
        ("B word", "=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("Q word", "=?iso-8859-1?Q?Gr=FC=DFe_aus_K=F6ln?=", "Grüße aus Köln"),
        ("two words, one charset", "=?utf-8?Q?Gr=C3=BC?= =?utf-8?Q?=C3=9Fe?=", "Grüße"),
        ("a character split between two words", "=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("B split in a character", "=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=", "Grüße"),
        ("B without padding", "=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("words of two charsets", "=?utf-8?Q?Caf=C3=A9?= =?iso-8859-1?Q?_cr=E8me?=", "Café crème"),
        ("B and Q mixed", "=?utf-8?B?R3LDvA==?= =?utf-8?Q?=C3=9Fe?=", "Grüße"),
        ("text around a word", "Re: =?utf-8?Q?K=C3=B6ln?= is nice", "Re: Köln is nice"),
        ("word glued to text", "Re:=?utf-8?Q?K=C3=B6ln?=!", "Re:Köln!"),
        ("spaces inside a Q word", "=?utf-8?Q?Hello big w=C3=B6rld?=", "Hello big wörld"),
        ("question mark inside a Q word", "=?utf-8?Q?What's up??=", "What's up?"),
        ("lower-case letters for the encoding", "=?utf-8?q?K=c3=b6ln?=", "Köln"),
        ("language in the word", "=?utf-8*de?Q?K=C3=B6ln?=", "Köln"),
        ("unknown charset in a word", "=?x-unknown?Q?K=C3=B6ln?=", "Köln"),
        ("a word that never ends", "=?utf-8?Q?K=C3=B6ln", "Köln"),
        ("no word at all", "a =? b ?= c", "a =? b ?= c"),
        ("unknown encoding letter", "=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("empty word", "=?utf-8?Q??= rest", " rest".strip()),
        ("ISO-2022-JP word", "=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=", "テスト"),
        ("gb2312 word", "=?gb2312?B?xOO6ww==?=", "你好"),
        ("koi8-r word", "=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("folded with a tab", "first\n\tsecond", "first second"),
        ("folded words", "=?utf-8?Q?Gr=C3=BC?=\n =?utf-8?Q?=C3=9Fe?=", "Grüße"),
        ("emoji", "=?UTF-8?B?8J+YgCBoaQ==?=", "😀 hi"),
        ("quotes around a word", '"=?utf-8?Q?K=C3=B6ln?="', '"Köln"'),
    ]
    found = [
        Case(f"subject: {name}", mail(Subject=raw), {"subject": subject}) for name, raw, subject in subjects
    ]
    found += [
        Case("subject of raw utf-8", mail(b"x", "Subject: Größe", Subject=""), {"subject": "Größe"}),
        Case(
            "subject of raw latin-1",
            mail(b"x", "Subject: Größe".encode("latin-1"), Subject=""),
            {"subject": "Größe"},
        ),
        Case(
            "subject of raw koi8-r, charset in the body",
            mail(
                "да".encode("koi8-r"),
                "Subject: Привет".encode("koi8-r"),
                "Content-Type: text/plain; charset=koi8-r",
                Subject="",
            ),
            {"subject": "Привет"},
        ),
        Case("subject missing", mail(Subject=""), {"subject": ""}),
        Case("subject twice", mail(b"x", "Subject: second"), {"subject": "Printer"}),
        Case(
            "subject empty, then filled",
            mail(b"x", "Subject:", "Subject: filled", Subject=""),
            {"subject": "filled"},
        ),
        Case(
            "subject with NUL and bell", mail(b"x", b"Subject: a\x00b\x07c", Subject=""), {"subject": "abc"}
        ),
        Case("header names in odd case", mail(b"x", "sUbJeCt: odd", Subject=""), {"subject": "odd"}),
        Case("space before the colon", mail(b"x", "Subject : spaced", Subject=""), {"subject": "spaced"}),
        Case(
            "mbox line on top",
            b"From ann@example.org Tue Mar  5 10:00:00 2024\n" + mail(),
            {"subject": "Printer", "text": "Hello"},
        ),
        Case("empty lines on top", b"\r\n\n" + mail(), {"subject": "Printer"}),
        Case(
            "byte order mark on top",
            b"\xef\xbb\xbf" + mail(),
            {"sender": "ann@example.org", "subject": "Printer"},
        ),
        Case(
            "a line that is no header among them",
            mail(b"Hello\n", "this is no header", "X-More: yes"),
            {"text": "Hello"},
        ),
        Case(
            "no empty line before the body",
            b"From: ann@example.org\nSubject: Hi\nThis is the body\nand more\n",
            {"subject": "Hi", "text": "This is the body\nand more"},
        ),
        Case("headers only", b"From: ann@example.org\nSubject: Hi\n", {"subject": "Hi", "text": ""}),
        Case("windows line ends", mail(b"one\ntwo\n").replace(b"\n", b"\r\n"), {"text": "one\ntwo"}),
        Case(
            "from without a name",
            mail(From="ann@example.org"),
            {"sender": "ann@example.org", "sender_name": ""},
        ),
        Case(
            "from with an encoded name",
            mail(From="=?utf-8?Q?J=C3=BCrgen_M=C3=BCller?= <j@example.org>"),
            {"sender": "j@example.org", "sender_name": "Jürgen Müller"},
        ),
        Case(
            "from with a comma in an encoded name",
            mail(From="=?utf-8?Q?M=C3=BCller=2C_J?= <j@example.org>"),
            {"sender": "j@example.org", "sender_name": "Müller, J"},
        ),
        Case(
            "from with a comma in quotes",
            mail(From='"Lee, Ann" <ann@example.org>'),
            {"sender": "ann@example.org", "sender_name": "Lee, Ann"},
        ),
        Case(
            "from with a comma and no quotes",
            mail(From="Lee, Ann <ann@example.org>"),
            {"sender": "ann@example.org"},
        ),
        Case(
            "from with the name in a comment",
            mail(From="ann@example.org (Ann Lee)"),
            {"sender": "ann@example.org", "sender_name": "Ann Lee"},
        ),
        Case(
            "from with an address as name",
            mail(From='"boss@bank.example" <eve@evil.example>'),
            {"sender": "eve@evil.example"},
        ),
        Case(
            "from in single quotes",
            mail(From="'Ann' <ann@example.org>"),
            {"sender": "ann@example.org", "sender_name": "Ann"},
        ),
        Case("from in capitals", mail(From="ANN@EXAMPLE.ORG"), {"sender": "ann@example.org"}),
        Case(
            "from with double brackets", mail(From="Ann <<ann@example.org>>"), {"sender": "ann@example.org"}
        ),
        Case("from with mailto", mail(From="<mailto:ann@example.org>"), {"sender": "ann@example.org"}),
        Case(
            "from without brackets around",
            mail(From="Ann Lee ann@example.org"),
            {"sender": "ann@example.org", "sender_name": "Ann Lee"},
        ),
        Case(
            "from with an unclosed quote", mail(From='"Ann <ann@example.org>'), {"sender": "ann@example.org"}
        ),
        Case(
            "from with an unclosed bracket", mail(From="Ann <ann@example.org"), {"sender": "ann@example.org"}
        ),
        Case(
            "two addresses in from",
            mail(From="ann@example.org, eve@evil.example"),
            {"sender": "ann@example.org", "is_sender_certain": False},
        ),
        Case(
            "two from headers",
            mail(b"x", "From: eve@evil.example"),
            {"sender": "ann@example.org", "is_sender_certain": False},
        ),
        Case(
            "no from, but a sender",
            mail(b"x", "Sender: bot@example.org", From=""),
            {"sender": "bot@example.org", "is_sender_certain": False},
        ),
        Case(
            "no from, but a return path",
            mail(b"x", "Return-Path: <ann@example.org>", From=""),
            {"sender": "ann@example.org"},
        ),
        Case("from is nonsense", mail(From="undisclosed"), {"sender": None}),
        Case(
            "international address",
            mail(b"x", "From: Jörg <jörg@exämple.org>", From=""),
            {"sender": "jörg@exämple.org"},
        ),
        Case(
            "recipients in a group",
            mail(To="Team: a@example.org, b@example.org;, c@example.org"),
            {"to": ["a@example.org", "b@example.org", "c@example.org"]},
        ),
        Case("undisclosed recipients", mail(To="undisclosed-recipients:;"), {"to": []}),
        Case(
            "semicolons between recipients",
            mail(To="a@example.org; b@example.org"),
            {"to": ["a@example.org", "b@example.org"]},
        ),
        Case(
            "one broken recipient among good ones",
            mail(To="a@example.org, broken@@x, <b@example.org>"),
            {"to": ["a@example.org", "b@example.org"]},
        ),
        Case(
            "to header twice",
            mail(b"x", "To: b@example.org", To="a@example.org"),
            {"to": ["a@example.org", "b@example.org"]},
        ),
        Case("source route", mail(To="<@relay.example:a@example.org>"), {"to": ["a@example.org"]}),
        Case(
            "message id without brackets",
            mail(Message_ID="one@example.org"),
            {"message_id": "one@example.org"},
        ),
        Case(
            "message id with a comment",
            mail(Message_ID="(x) <one@example.org> (y)"),
            {"message_id": "one@example.org"},
        ),
        Case(
            "message id folded",
            mail(b"x", "Message-ID:\n <one@example.org>", Message_ID=""),
            {"message_id": "one@example.org"},
        ),
        Case("no message id", mail(Message_ID=""), {"message_id": ""}),
        Case(
            "references folded and glued",
            mail(b"x", "References: <a@x>\n\t<b@x><c@x>"),
            {"references": ["a@x", "b@x", "c@x"]},
        ),
        Case(
            "in reply to with prose",
            mail(b"x", 'In-Reply-To: Your message of "Tue" <a@x>'),
            {"in_reply_to": ["a@x"]},
        ),
        Case("date of nonsense", mail(Date="yesterday, after lunch"), {"sent_at": None}),
        Case("date of year 9999999", mail(Date="Tue, 5 Mar 9999999 10:00:00 +0100"), {"sent_at": None}),
        Case(
            "list of five hundred recipients",
            mail(To=", ".join(f"p{i}@example.org" for i in range(500))),
            {"subject": "Printer"},
        ),
    ]
    return found
