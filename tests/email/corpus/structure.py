"""MIME trees: bodies, files, names, nesting, winmail.dat, calendars."""

import struct

from .building import Case, b64, file, html, mail, multipart, nested, part, qp, text


def tnef(name: str, data: bytes, body: str = "") -> bytes:
    """A small winmail.dat with one file."""

    def attribute(level: int, tag: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, tag, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    out = struct.pack("<IH", 0x223E9F78, 1)
    out += attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    if body:
        out += attribute(1, 0x0002800C, body.encode("cp1252") + b"\0")
    out += attribute(2, 0x00069002, b"\0" * 14)
    out += attribute(2, 0x00018010, name.encode("cp1252") + b"\0")
    return out + attribute(2, 0x0006800F, data)


def _multi(kind: str, *parts: bytes, boundary: str = "=_b1", close: bool = True, **named: str) -> bytes:
    header, body = multipart(kind, *parts, boundary=boundary, close=close)
    return mail(body, header, "MIME-Version: 1.0", **named)


def _named(parameter: str, *, on: str = "Content-Disposition: attachment; ") -> bytes:
    return _multi(
        "mixed",
        text("see file"),
        part(
            b64("data"), "Content-Type: application/pdf", "Content-Transfer-Encoding: base64", on + parameter
        ),
    )


def cases() -> list[Case]:
    image = part(
        b64(b"png"),
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-ID: <pic@x>",
        "Content-Disposition: inline; filename=pic.png",
    )
    invite = part(
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "Content-Type: text/calendar; method=REQUEST; charset=utf-8"
    )
    names = [
        ("plain", "filename=report.pdf", "report.pdf"),
        ("quoted", 'filename="my report.pdf"', "my report.pdf"),
        ("spaces without quotes", "filename=my report.pdf", "my report.pdf"),
        ("RFC 2231", "filename*=utf-8''%E2%82%AC%20rates.pdf", "€ rates.pdf"),
        ("RFC 2231 latin-1", "filename*=iso-8859-1'de'B%FCro.pdf", "Büro.pdf"),
        ("RFC 2231 in pieces", "filename*0*=utf-8''B%C3%BC; filename*1*=ro; filename*2=\".pdf\"", "Büro.pdf"),
        ("RFC 2231 pieces out of order", 'filename*1="ro.pdf"; filename*0="Bu"', "Buro.pdf"),
        ("RFC 2231 split inside a character", "filename*0*=utf-8''B%C3; filename*1*=%BCro.pdf", "Büro.pdf"),
        ("RFC 2231 without charset", "filename*=B%C3%BCro.pdf", "Büro.pdf"),
        ("RFC 2231 beside a plain one", "filename=\"Buero.pdf\"; filename*=utf-8''B%C3%BCro.pdf", "Büro.pdf"),
        ("encoded word in a parameter", 'filename="=?utf-8?Q?B=C3=BCro.pdf?="', "Büro.pdf"),
        ("two encoded words in a parameter", 'filename="=?utf-8?B?QsO8?= =?utf-8?B?cm8ucGRm?="', "Büro.pdf"),
        ("raw utf-8", 'filename="Büro.pdf"', "Büro.pdf"),
        ("unclosed quote", 'filename="report.pdf', "report.pdf"),
        ("escaped quotes", 'filename="my \\"best\\" report.pdf"', 'my "best" report.pdf'),
        ("windows path", 'filename="C:\\temp\\report.pdf"', "report.pdf"),
        ("path upwards", 'filename="../../etc/passwd"', "passwd"),
        ("semicolon in quotes", 'filename="a;b.pdf"', "a;b.pdf"),
        ("control characters", 'filename="re\x07port.pdf"', "report.pdf"),
        ("direction override", 'filename="\u202efdp.exe"', "fdp.exe"),
        ("capitals", "FILENAME=report.pdf", "report.pdf"),
        ("very long", f'filename="{"x" * 400}.pdf"', None),
    ]
    found = [
        Case(f"file name: {name}", _named(parameter), {"files": [wanted]} if wanted else {"file_count": 1})
        for name, parameter, wanted in names
    ]
    found += [
        Case("file name only on the type", _multi("mixed", text("x"), part(b64("d"), "Content-Type: application/pdf; name=a.pdf", "Content-Transfer-Encoding: base64")), {"files": ["a.pdf"]}),
        Case("file without a name", _multi("mixed", text("x"), part(b64("d"), "Content-Type: application/pdf", "Content-Transfer-Encoding: base64")), {"files": ["file-1.pdf"]}),
        Case("two files of one name", _multi("mixed", text("x"), file("a.pdf", b"1"), file("a.pdf", b"2")), {"files": ["a.pdf", "a.pdf"], "text": "x"}),
        Case("alternative", _multi("alternative", text("plain"), html("<p>rich</p>")), {"text": "plain", "html_contains": ["rich"], "files": []}),
        Case("alternative with a calendar", _multi("alternative", text("Meeting"), html("<p>Meeting</p>"), invite), {"text": "Meeting", "files": ["invite.ics"]}),
        Case("alternative in mixed with a file", _multi("mixed", nested("alternative", text("plain"), html("<b>rich</b>"), boundary="in"), file("a.pdf")), {"text": "plain", "files": ["a.pdf"]}),
        Case("related in alternative, image by cid", _multi("alternative", text("see"), nested("related", html('<p>see <img src="cid:pic@x"></p>'), image, boundary="in")), {"text": "see", "files": ["pic.png"], "inline": ["pic.png"], "html_contains": ["cid:pic@x"]}),
        Case("related without alternative", _multi("related", html('<img src="cid:pic@x">Hi'), image), {"text": "Hi", "inline": ["pic.png"]}),
        Case("an image that the html does not show", _multi("related", html("<p>Hi</p>"), image), {"files": ["pic.png"], "inline": []}),
        Case("Apple Mail: text, image, text", _multi("mixed", text("before"), image, text("after")), {"text": "before\n\nafter", "files": ["pic.png"]}),
        Case("Apple Mail: html, file, html", _multi("mixed", html("<p>one</p>"), file("a.pdf"), html("<p>two</p>")), {"contains": ["one", "two"], "files": ["a.pdf"]}),
        Case("plain part, then an html part, in mixed", _multi("mixed", text("first"), html("<p>second</p>")), {"contains": ["first", "second"]}),
        Case("list footer as a part", _multi("mixed", text("Hello"), text("____\nlist footer")), {"contains": ["Hello", "list footer"]}),
        Case("html only", mail("<p>Hello <b>you</b></p><p>Bye</p>", "Content-Type: text/html; charset=utf-8"), {"contains": ["Hello you", "Bye"]}),
        Case("html with entities and breaks", mail("a&nbsp;b<br>c &lt;d&gt; &euro;", "Content-Type: text/html"), {"text": "a b\nc <d> €"}),
        Case("html without an end", mail("<div>Hello<div>there", "Content-Type: text/html"), {"contains": ["Hello", "there"]}),
        Case("html with script and style", mail("<style>p{}</style><script>alert(1)</script><p onclick=x()>Hi</p>", "Content-Type: text/html"), {"text": "Hi", "html_lacks": ["script", "onclick", "alert", "p{}"]}),
        Case("plain part is only an excuse", _multi("alternative", text("Your mail program does not support HTML messages."), html("<p>The real story, with many more words in it than the excuse.</p>")), {"contains": ["The real story"]}),
        Case("empty plain part beside html", _multi("alternative", text("\n \n"), html("<p>Hi there</p>")), {"text": "Hi there"}),
        Case("text file attached", _multi("mixed", text("see"), part("log line", "Content-Type: text/plain; name=app.log", "Content-Disposition: attachment; filename=app.log")), {"text": "see", "files": ["app.log"]}),
        Case("text file inline with a name", _multi("mixed", text("see"), part("log line", "Content-Type: text/plain", "Content-Disposition: inline; filename=app.log")), {"text": "see", "files": ["app.log"]}),
        Case("html file attached", _multi("mixed", text("see"), part("<p>x", "Content-Type: text/html", "Content-Disposition: attachment; filename=page.html")), {"text": "see", "files": ["page.html"]}),
        Case("mail that is a pdf", mail(b64("pdf"), "Content-Type: application/pdf; name=scan.pdf", "Content-Transfer-Encoding: base64"), {"text": "", "files": ["scan.pdf"]}),
        Case("mail that is an image", mail(b64("png"), "Content-Type: image/png", "Content-Transfer-Encoding: base64"), {"files": ["image-1.png"]}),
        Case("forwarded as attachment", _multi("mixed", text("FYI"), part(mail("inner text", Subject="Inner: one"), "Content-Type: message/rfc822")), {"text": "FYI", "files": ["Inner: one.eml"]}),
        Case("forwarded as base64 attachment", _multi("mixed", text("FYI"), part(b64(mail("inner", Subject="Deep")), "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64")), {"files": ["Deep.eml"]}),
        Case("digest", _multi("digest", part("" ) + mail("one", Subject="A"), part("") + mail("two", Subject="B")), {"file_count": 2}),
        Case("signed with S/MIME", _multi("signed", text("signed text"), file("smime.p7s", b"sig", "application/pkcs7-signature")), {"text": "signed text", "files": ["smime.p7s"]}),
        Case("signed with PGP", _multi("signed", nested("mixed", text("signed"), boundary="in"), part("-----BEGIN PGP", "Content-Type: application/pgp-signature")), {"text": "signed", "files": ["signature.asc"]}),
        Case("encrypted with PGP", _multi("encrypted", part("Version: 1", "Content-Type: application/pgp-encrypted"), part("-----BEGIN PGP", "Content-Type: application/octet-stream; name=encrypted.asc")), {"text": "", "files": ["version.asc", "encrypted.asc"]}),
        Case("winmail.dat with a file", _multi("mixed", text("see"), file("winmail.dat", tnef("Angebot.pdf", b"pdf"), "application/ms-tnef")), {"text": "see", "files": ["Angebot.pdf"]}),
        Case("winmail.dat that holds the body", mail(b64(tnef("a.txt", b"x", "Body in TNEF")), "Content-Type: application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64"), {"text": "Body in TNEF", "files": ["a.txt"]}),
        Case("winmail.dat cut off", _multi("mixed", text("see"), file("winmail.dat", tnef("a.txt", b"xxxxxxxx")[:-6], "application/ms-tnef")), {"text": "see", "file_count": 1}),
        Case("winmail.dat that is none", _multi("mixed", text("see"), file("winmail.dat", b"nonsense", "application/ms-tnef")), {"files": ["winmail.dat"]}),
        Case("uuencoded in the text", mail("Hi\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n\nBye\n"), {"contains": ["Hi", "Bye"], "files": ["cat.txt"]}),
        Case("no closing boundary", _multi("mixed", text("hello"), file("a.pdf"), close=False), {"text": "hello", "files": ["a.pdf"]}),
        Case("boundary with spaces at its end", mail(multipart("mixed", text("hello"))[1].replace(b"--=_b1\n", b"--=_b1  \n"), multipart("mixed")[0]), {"text": "hello"}),
        Case("boundary not quoted", mail(multipart("mixed", text("hello"), boundary="b=1")[1], "Content-Type: multipart/mixed; boundary=b=1"), {"text": "hello"}),
        Case("boundary that is the beginning of another", _multi("mixed", nested("alternative", text("plain"), html("<p>rich</p>"), boundary="=_b12"), file("a.pdf")), {"text": "plain", "files": ["a.pdf"]}),
        Case("boundary missing on the header", mail(multipart("mixed", text("hello"), file("a.pdf"))[1], "Content-Type: multipart/mixed"), {"text": "hello", "files": ["a.pdf"]}),
        Case("boundary that never comes", mail(b"just text\n", "Content-Type: multipart/mixed; boundary=nope"), {"text": "just text"}),
        Case("same boundary inside and outside", _multi("mixed", nested("alternative", text("plain"), boundary="=_b1"), file("a.pdf")), {"contains": ["plain"], "files": ["a.pdf"]}),
        Case("text before and after the parts", mail(b"This is MIME.\n" + multipart("mixed", text("hello"))[1] + b"epilogue\n", multipart("mixed")[0]), {"text": "hello"}),
        Case("multipart encoded in base64", mail(b64(multipart("mixed", text("hello"))[1]), multipart("mixed")[0], "Content-Transfer-Encoding: base64"), {"text": "hello"}),
        Case("content type of nonsense", mail("hello", "Content-Type: nonsense"), {"text": "hello"}),
        Case("content type of one word", mail("hello", "Content-Type: text"), {"text": "hello"}),
        Case("content type empty", mail("hello", "Content-Type:"), {"text": "hello"}),
        Case("content type in capitals", mail(qp("für"), "CONTENT-TYPE: TEXT/PLAIN; CHARSET=UTF-8", "CONTENT-TRANSFER-ENCODING: QUOTED-PRINTABLE"), {"text": "für"}),
        Case("enriched text", mail("<bold>Hello</bold> you", "Content-Type: text/enriched"), {"text": "Hello you"}),
        Case("delivery of a part without headers", _multi("mixed", b"\nhello there", file("a.pdf")), {"text": "hello there"}),
        Case("vcard attached", _multi("mixed", text("x"), part("BEGIN:VCARD", "Content-Type: text/vcard; name=ann.vcf")), {"files": ["ann.vcf"]}),
        Case("empty body with a file", _multi("mixed", text(""), file("a.pdf")), {"text": "", "files": ["a.pdf"]}),
        Case("empty file", _multi("mixed", text("x"), file("empty.txt", b"", "text/plain")), {"files": ["empty.txt"]}),
        Case("apple double", _multi("mixed", text("x"), nested("appledouble", part(b64("rsrc"), "Content-Type: application/applefile", "Content-Transfer-Encoding: base64"), file("a.pdf"), boundary="in")), {"files": ["a.pdf"]}),
    ]  # fmt: skip
    return found
