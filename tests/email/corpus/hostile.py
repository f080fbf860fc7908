"""Mails made to hurt: deep, huge, slow, broken. Each is read within seconds and loses no text."""

import random

from .building import Case, b64, mail, multipart, nested, part, text


def _deep(depth: int, kind: str = "mixed") -> bytes:
    inner = text("at the bottom")
    for level in range(depth):
        inner = nested(kind, inner, boundary=f"b{level}x")
    header, _, body = inner.partition(b"\n\n")
    return mail(body, header)


def _deep_messages(depth: int) -> bytes:
    inner = mail("at the bottom")
    for level in range(depth):
        inner = mail(inner, "Content-Type: message/rfc822", Subject=f"level {level}")
    return inner


def cases() -> list[Case]:
    noise = random.Random(7).randbytes(50_000)
    header, body = multipart("mixed", *[text(f"part {i}") for i in range(1500)])
    return [
        Case("nested 90 deep", _deep(90), {"text": "at the bottom"}),
        Case("nested 3,000 deep", _deep(3000), {"subject": "Printer", "file_count": 1}),
        Case("messages 500 deep", _deep_messages(500), {"subject": "level 499", "file_count": 1}),
        Case("1,500 parts", mail(body, header), {"contains": ["part 0", "part 900"], "file_count": 1}),
        Case("noise", noise, {}),
        Case("noise behind good headers", mail(noise, "Content-Type: multipart/mixed; boundary=x"), {"subject": "Printer"}),
        Case("nothing", b"", {"subject": "", "sender": None}),
        Case("only line ends", b"\n\n\n", {"subject": ""}),
        Case("only NUL", b"\0" * 1000, {}),
        Case("html of comment openings", mail(b"<!--" * 40_000, "Content-Type: text/html"), {"subject": "Printer"}),
        Case("html of unclosed tags", mail(b"<div " * 40_000 + b"Hello", "Content-Type: text/html"), {}),
        Case("html nested 20,000 deep", mail(b"<div>" * 20_000 + b"Hello", "Content-Type: text/html"), {"contains": ["Hello"]}),
        Case("html of 5,000 nested tables", mail(b"<table><tr><td>" * 5_000 + b"Hello", "Content-Type: text/html"), {"contains": ["Hello"]}),
        Case("html of 3,000 nested quotes", mail(b"<blockquote type=cite>" * 3_000 + b"Hello", "Content-Type: text/html"), {"contains": ["Hello"]}),
        Case("html of misnested formatting", mail(b"<b><i><a><p>" * 5_000 + b"Hello", "Content-Type: text/html"), {"contains": ["Hello"]}),
        Case("html of angle brackets", mail(b"<" * 100_000, "Content-Type: text/html"), {}),
        Case("subject of encoded-word openings", mail(b"x", b"Subject: " + b"=?a?q?" * 10_000, Subject=""), {}),
        Case("subject of a megabyte", mail(b"x", b"Subject: " + b"a" * 1_000_000, Subject=""), {"text": "x"}),
        Case("to of opening brackets", mail(b"x", b"To: " + b"<" * 50_000, To=""), {"text": "x"}),
        Case("to of quotes", mail(b"x", b"To: " + b'"' * 50_000, To=""), {"text": "x"}),
        Case("to of comments", mail(b"x", b"To: " + b"(" * 50_000, To=""), {"text": "x"}),
        Case("from of dots and at signs", mail(b"x", b"From: " + b"a.@" * 20_000, From=""), {}),
        Case("references of megabytes", mail(b"x", b"References: " + b"<a@b> " * 100_000), {"text": "x"}),
        Case("10,000 headers", mail(b"x", *[f"X-H{i}: y" for i in range(10_000)]), {"text": "x"}),
        Case("one header folded 50,000 times", mail(b"x", b"X-A: b" + b"\n c" * 50_000), {"text": "x"}),
        Case("parameters without end", mail(b"x", b"Content-Type: text/plain; " + b"a=b; " * 20_000), {"text": "x"}),
        Case("text of 200,000 quote marks", mail(b">" * 200_000), {}),
        Case("text of 50,000 quoted lines", mail(b"> a\n" * 50_000), {}),
        Case("text of 10,000 introductions", mail(b"On Tue, Jan 5, 2021 at 10:00 AM Ann <a@b.c> wrote:\n> x\n\nno\n" * 10_000), {}),
        Case("text of 5,000 half introductions", mail(b"On Tue, Jan 5, 2021 at 10:00 AM Ann <\n" * 5_000), {}),
        Case("text of From: lines", mail(b"From: a@b.c\n" * 20_000), {}),
        Case("text of one line of 2 MB", mail(b"On a " * 400_000), {}),
        Case("base64 of nothing but padding", mail(b"=" * 100_000, "Content-Transfer-Encoding: base64"), {}),
        Case("base64 of many pieces", mail(b"QQ==\n" * 20_000, "Content-Transfer-Encoding: base64"), {"contains": ["AAAA"]}),
        Case("quoted-printable of equal signs", mail(b"=" * 200_000, "Content-Transfer-Encoding: quoted-printable"), {}),
        Case("many uuencode beginnings", mail(b"begin 644 a\n" * 20_000), {}),
        Case("boundary of one dash", mail(b"-\n---\nx\n" * 10_000, "Content-Type: multipart/mixed; boundary=-"), {}),
        Case("lone surrogates in utf-8", mail(b"a\xed\xa0\x80b", "Content-Type: text/plain; charset=utf-8"), {"contains": ["a", "b"]}),
        Case("surrogates in utf-16", mail(b64("a".encode("utf-16-le") + b"\x00\xd8" + "b".encode("utf-16-le")), "Content-Type: text/plain; charset=utf-16le", "Content-Transfer-Encoding: base64"), {"contains": ["a", "b"]}),
        Case("private marks of the reader in the text", mail("x \ue000\ue001\ue002 y", "Content-Type: text/html; charset=utf-8"), {"contains": ["x", "y"]}),
        Case("a file of 15 MB", mail(*reversed(multipart("mixed", text("big"), part(b64(b"x" * 11_000_000), "Content-Type: application/zip; name=big.zip", "Content-Transfer-Encoding: base64")))), {"text": "big", "files": ["big.zip"]}),
    ]  # fmt: skip
