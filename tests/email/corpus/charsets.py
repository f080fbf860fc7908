"""Bytes that claim a charset, rightly or wrongly."""

from .building import Case, b64, mail, qp

_SAMPLES = [
    ("utf-8", "utf-8", "Grüße aus Köln – 10 €"),
    ("iso-8859-1", "latin-1", "Grüße aus Köln"),
    ("ISO-8859-1", "cp1252", "Smart “quotes” – 10 €"),
    ("iso-8859-2", "iso8859-2", "Žluťoučký kůň"),
    ("iso-8859-5", "iso8859-5", "Добрый день"),
    ("iso-8859-7", "iso8859-7", "Καλημέρα"),
    ("iso-8859-8-i", "iso8859-8", "שלום עולם"),
    ("iso-8859-9", "cp1254", "İyi günler, şikâyet"),
    ("iso-8859-15", "iso8859-15", "Prix: 10 €, cœur"),
    ("windows-1250", "cp1250", "Příliš žluťoučký"),
    ("windows-1251", "cp1251", "Не работает принтер"),
    ("Windows-1252", "cp1252", "“Hello” – it’s €5"),
    ("cp-1252", "cp1252", "naïve café"),
    ("windows-1253", "cp1253", "Γειά σας"),
    ("windows-1255", "cp1255", "תודה רבה"),
    ("windows-1256", "cp1256", "مرحبا بالعالم"),
    ("windows-1257", "cp1257", "Ačiū, labai gerai"),
    ("windows-874", "cp874", "สวัสดี"),
    ("tis-620", "cp874", "ขอบคุณ"),
    ("koi8-r", "koi8-r", "Здравствуйте"),
    ("koi8-u", "koi8-u", "Добрий день, їжак"),
    ("ibm866", "cp866", "Привет"),
    ("cp850", "cp850", "Größe"),
    ("macintosh", "mac-roman", "Äpfel “gut”"),
    ("gb2312", "gb18030", "你好，打印机坏了"),
    ("gbk", "gbk", "谢谢您的帮助"),
    ("gb18030", "gb18030", "您好€"),
    ("big5", "big5", "您好，印表機壞了"),
    ("shift_jis", "cp932", "プリンタが①壊れました㈱"),
    ("iso-2022-jp", "iso2022_jp", "プリンタが壊れました"),
    ("euc-jp", "euc_jp", "お世話になります"),
    ("euc-kr", "euc_kr", "프린터가 고장났어요"),
    ("ks_c_5601-1987", "cp949", "안녕하세요 똠"),
    ("utf-7", "utf-7", "Grüße"),
    ("utf-16", "utf-16", "Hällo 16"),
    ("utf-16le", "utf-16-le", "Hällo LE"),
    ("hz-gb-2312", "hz", "你好"),
]


def cases() -> list[Case]:
    found = [
        Case(
            f"charset {label} ({codec})",
            mail(
                b64(sample.encode(codec)),
                f"Content-Type: text/plain; charset={label}",
                "Content-Transfer-Encoding: base64",
            ),
            {"text": sample},
        )
        for label, codec, sample in _SAMPLES
    ]
    eight_bit = "Content-Transfer-Encoding: 8bit"
    ms_jis = b"\x1b$B-!5!<R\x1b(B"  # row 13 of NEC: ①
    found += [
        Case(
            "no charset, utf-8 bytes",
            mail("Grüße\n".encode(), "Content-Type: text/plain", eight_bit),
            {"text": "Grüße"},
        ),
        Case(
            "no charset, latin bytes",
            mail("Grüße\n".encode("latin-1"), "Content-Type: text/plain", eight_bit),
            {"text": "Grüße"},
        ),
        Case("no content type at all, utf-8 bytes", mail("Żółw\n".encode()), {"text": "Żółw"}),
        Case(
            "us-ascii that holds utf-8",
            mail("naïve\n".encode(), "Content-Type: text/plain; charset=us-ascii"),
            {"text": "naïve"},
        ),
        Case(
            "us-ascii that holds windows-1252",
            mail(b"\x93hi\x94\n", "Content-Type: text/plain; charset=us-ascii"),
            {"text": "“hi”"},
        ),
        Case(
            "latin label on utf-8 bytes",
            mail("schön\n".encode(), "Content-Type: text/plain; charset=iso-8859-1"),
            {"text": "schön"},
        ),
        Case(
            "utf-8 label on latin bytes",
            mail("schön, größer\n".encode("latin-1"), "Content-Type: text/plain; charset=utf-8"),
            {"text": "schön, größer"},
        ),
        Case(
            "utf-8 cut in the middle of a character",
            mail("Grüße aus Köln ö".encode()[:-1], "Content-Type: text/plain; charset=utf-8"),
            {"text": "Grüße aus Köln \ufffd"},
        ),
        Case(
            "unknown charset",
            mail("für\n".encode(), "Content-Type: text/plain; charset=x-no-such"),
            {"text": "für"},
        ),
        Case(
            "unknown-8bit",
            mail("für\n".encode("latin-1"), "Content-Type: text/plain; charset=unknown-8bit"),
            {"text": "für"},
        ),
        Case(
            "rot13 is no charset",
            mail("Hello\n", "Content-Type: text/plain; charset=rot13"),
            {"text": "Hello"},
        ),
        Case(
            "punycode is no charset",
            mail("Hello-world\n", "Content-Type: text/plain; charset=punycode"),
            {"text": "Hello-world"},
        ),
        Case(
            "undefined is no charset",
            mail("Hello\n", "Content-Type: text/plain; charset=undefined"),
            {"text": "Hello"},
        ),
        Case(
            "charset in single quotes",
            mail("für\n".encode("latin-1"), "Content-Type: text/plain; charset='iso-8859-1'"),
            {"text": "für"},
        ),
        Case(
            "charset with a comment",
            mail("für\n".encode(), "Content-Type: text/plain; charset=utf-8 (Unicode)"),
            {"text": "für"},
        ),
        Case(
            "charset without its semicolon",
            mail("für\n".encode("latin-1"), "Content-Type: text/plain charset=iso-8859-1"),
            {"text": "für"},
        ),
        Case(
            "charset with a lost =3D",
            mail("für\n".encode(), 'Content-Type: text/plain; charset=3D"utf-8"'),
            {"text": "für"},
        ),
        Case(
            "charset empty", mail("für\n".encode(), 'Content-Type: text/plain; charset=""'), {"text": "für"}
        ),
        Case(
            "byte order mark",
            mail("\ufeffHello\n".encode(), "Content-Type: text/plain; charset=utf-8"),
            {"text": "Hello"},
        ),
        Case(
            "ISO-2022-JP without a label",
            mail("お世話\n".encode("iso2022_jp"), "Content-Type: text/plain"),
            {"text": "お世話"},
        ),
        Case(
            "ISO-2022-JP with NEC characters",
            mail(ms_jis, "Content-Type: text/plain; charset=iso-2022-jp"),
            {"text": "①機社"},
        ),
        Case(
            "html that names its charset itself",
            mail(
                b'<html><head><meta charset="windows-1251"></head><body>'
                + "Привет".encode("cp1251")
                + b"</body></html>",
                "Content-Type: text/html",
            ),
            {"text": "Привет"},
        ),
        Case(
            "quoted-printable, utf-8",
            mail(
                qp("Überraschung = 100 %, sehr lange Zeile " * 4),
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
            ),
            {"text": ("Überraschung = 100 %, sehr lange Zeile " * 4).strip()},
        ),
        Case(
            "quoted-printable, broken escapes",
            mail(
                b"50=% off =XY and =C3=BC\n",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
            ),
            {"contains": ["off", "ü"]},
        ),
        Case(
            "base64 without padding",
            mail(b"SGVsbG8gd29ybGQ", "Content-Transfer-Encoding: base64", "Content-Type: text/plain"),
            {"text": "Hello world"},
        ),
        Case(
            "base64 with junk in it",
            mail(b"SGVs!bG8*gd29y\nbGQ=\n", "Content-Transfer-Encoding: base64", "Content-Type: text/plain"),
            {"text": "Hello world"},
        ),
        Case(
            "base64 with a list footer below",
            mail(
                b64("Hello") + b"_______\nTo unsubscribe visit us\n",
                "Content-Transfer-Encoding: base64",
                "Content-Type: text/plain",
            ),
            {"contains": ["Hello", "To unsubscribe visit us"]},
        ),
        Case(
            "encoding that does not exist",
            mail(b"Hello there\n", "Content-Transfer-Encoding: 8-bit-ish"),
            {"text": "Hello there"},
        ),
        Case(
            "says base64 but is plain",
            mail(b"This is just plain text, no code at all.\n", "Content-Transfer-Encoding: base64"),
            {"contains": ["just plain text"]},
        ),
        Case("NUL in the text", mail(b"Hel\0lo\n"), {"text": "Hello"}),
        Case(
            "bare CR as line ends",
            mail(b"one\n\ntwo\n").replace(b"\n", b"\r"),
            {"text": "one\n\ntwo", "subject": "Printer"},
        ),
        Case(
            "doubled CR",
            mail(b"one\ntwo\n").replace(b"\n", b"\r\r\n"),
            {"contains": ["one", "two"], "subject": "Printer"},
        ),
        Case(
            "format flowed",
            mail(
                "This line \ngoes on here.\nThis does not.\n",
                "Content-Type: text/plain; charset=utf-8; format=flowed",
            ),
            {"text": "This line goes on here.\nThis does not."},
        ),
        Case(
            "format flowed, delsp",
            mail("日本 \n語です\n", "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes"),
            {"text": "日本語です"},
        ),
        Case(
            "format flowed keeps the signature mark",
            mail("Hi \nthere\n-- \nAnn\n", "Content-Type: text/plain; format=flowed"),
            {"contains": ["Hi there", "--\nAnn"]},
        ),
    ]
    return found
