"""What mail programs add in many languages is folded or recognised; what people write is not."""

from deskwell.domains.email.logic.device_signatures import is_device_signature
from deskwell.domains.email.logic.machines import Kind
from deskwell.domains.email.logic.quoting import split_reply
from deskwell.domains.email.logic.reading import read_mail
from tests.email.corpus import phrases
from tests.email.corpus.building import mail

NEW = "Thanks, that did it.\n\nOne more thing: the tray is empty."
OLD = "Please restart the printer.\nIs it fine then?"
QUOTED = "> Please restart the printer.\n> Is it fine then?"


def test_what_stands_above_a_quote_is_folded_with_it():
    for body in ("{new}\n\n{intro}\n\n{quoted}\n", "{new}\n{intro}\n{quoted}\n"):
        mails = {i: body.format(new=NEW, intro=i, quoted=QUOTED) for i in phrases.INTRODUCTIONS}
        assert [i for i, text in mails.items() if split_reply(text).visible != NEW] == []


def test_an_unquoted_history_is_folded_where_its_writer_is_named():
    named = [i for i in phrases.INTRODUCTIONS if "\n" in i and not i.startswith(">")]
    assert len(named) > 30
    assert [i for i in named if split_reply(f"{NEW}\n\n{i}\n\n{OLD}\n").visible != NEW] == []


def test_what_a_device_signs_is_folded():
    def is_folded(line: str) -> bool:
        reply = split_reply(f"{NEW}\n\n{line}\n")
        return reply.visible == NEW and reply.signature == line

    assert [line for line in phrases.DEVICE_SIGNATURES if not is_folded(line)] == []


def test_prose_is_neither_introduction_nor_signature():
    assert [line for line in phrases.PROSE if is_device_signature(line)] == []
    assert [line for line in phrases.PROSE if split_reply(f"Hello,\n{line}\nBye").has_folded] == []


def _kind(subject: str, text: str, *headers: str) -> Kind:
    return read_mail(mail(text, *headers, Subject=subject)).classification.kind


def test_automatic_replies_are_known_by_their_subject():
    missed = [
        s for s in phrases.AUTOMATIC_SUBJECTS if _kind(s, "Hello", "In-Reply-To: <a@b>") != Kind.AUTO_REPLY
    ]
    assert missed == []


def test_automatic_replies_are_known_by_what_they_say():
    missed = [
        t for t in phrases.AUTOMATIC_TEXTS if _kind("Re: Printer", t, "In-Reply-To: <a@b>") != Kind.AUTO_REPLY
    ]
    assert missed == []


def test_people_who_write_about_automatic_replies_are_people():
    assert [s for s in phrases.PEOPLES_SUBJECTS if _kind(s, "Hello, it is broken.") != Kind.PERSON] == []
    away = "Works.\n\nOn Mon, 4 Mar 2024 10:00 Bob wrote:\n> I am currently out of the office"
    assert _kind("Re: Printer", away, "In-Reply-To: <a@b>") == Kind.PERSON
    told = "Hello, when I write to bob@example.net I get: 550 5.1.1 User unknown. Can you help?"
    assert _kind("Mail delivery failed", told) == Kind.PERSON
