"""Pure decisions about mail: addresses, subjects, tokens, threads, forwards, spam."""

import hashlib
import hmac
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.email.logic import html, html_text, subjects, templates, tokens
from deskwell.domains.email.logic.addresses import (
    find_emails,
    format_address,
    normalise_email,
    parse_address,
    parse_addresses,
)
from deskwell.domains.email.logic.charsets import clean, decode
from deskwell.domains.email.logic.encoded_words import decode_words
from deskwell.domains.email.logic.forwarded import find_forwarded
from deskwell.domains.email.logic.quoting import split_reply
from deskwell.domains.email.logic.reading import read_mail
from deskwell.domains.email.logic.threading import Clue, Trust, decide
from tests.email.corpus.building import mail


def _key(secret: bytes) -> tokens.Sign:
    return lambda data: hmac.new(secret, data, hashlib.sha256).digest()


@pytest.mark.parametrize(
    ("value", "email"),
    [
        ("ann@example.org", "ann@example.org"),
        ('"a@good.example" <b@evil.example>', "b@evil.example"),
        ("a@good.example, b@evil.example", None),
        ("a@good.example <b@evil.example> c@x.example", None),
        ("(a@good.example) b@evil.example", "b@evil.example"),
        ("ann@", None),
        ("@example.org", None),
        ("ann@-bad-.org", None),
        ("ann smith@example.org x", None),
        ("<ann@example.org>\r\nBcc: eve@evil.example", None),
        ("ann@[192.0.2.1]", "ann@[192.0.2.1]"),
        ('"odd local"@example.org', None),
        ("a" * 65 + "@example.org", None),
    ],
)
def test_one_mailbox_or_none(value, email):
    address = parse_address(value)
    assert (address.email if address else None) == email


@given(st.text(max_size=300))
def test_no_text_breaks_the_readers_of_headers(value):
    for address in parse_addresses(value):
        assert normalise_email(address.email) == address.email
        assert "\n" not in format_address(address.name, address.email)
    assert isinstance(decode_words(value), str)
    find_emails(value)


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["utf-8", "shift_jis", "iso-2022-jp", "euc-jp", "utf-16", "gbk", "big5", "rot13", "", "hz"]
    ),
)
def test_decoding_never_fails_and_the_result_can_be_stored(data, label):
    text = clean(decode(data, label))
    text.encode("utf-8")
    assert "\0" not in text


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(data):
    read_mail(data)


@given(st.text(max_size=500))
def test_splitting_keeps_every_word(text):
    reply = split_reply(clean(text))
    kept = f"{reply.visible}\n{reply.quoted}\n{reply.signature}".split()
    assert sorted(set(clean(text).replace(html_text.CUT, " ").split())) == sorted(set(kept))


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: Printer", "Printer"),
        ("RE[2]: AW: Fwd: Printer", "Printer"),
        ("Antw: SV: VS: Printer", "Printer"),
        ("回复：Printer", "Printer"),
        ("Re:Re:Re: Printer", "Printer"),
        ("[EXT] Re: Printer", "Printer"),
        ("Report: the printer", "Report: the printer"),
        ("Reprint", "Reprint"),
        ("Re: ", ""),
    ],
)
def test_prefixes_are_taken_off(subject, bare):
    assert subjects.without_prefixes(subject) == bare


def test_subjects_compare_without_prefix_tag_and_case():
    assert subjects.comparable("Re: [Users] PRINTER") == subjects.comparable("printer")
    assert subjects.comparable("Printer 1") != subjects.comparable("Printer 2")


def test_a_message_id_is_trusted_only_with_a_key_of_ours():
    ticket, message = uuid4(), uuid4()
    old, new = _key(b"old"), _key(b"new")
    made = tokens.make_message_id(old, ticket, message, "desk.example")
    assert tokens.read_message_id([new, old], f"<{made.upper()}>") == tokens.SignedReference(ticket, message)
    assert tokens.read_message_id([new], made) is None
    other = tokens.make_message_id(old, uuid4(), message, "desk.example")
    forged = other.split(".")[1].join(made.split(made.split(".")[1]))
    assert tokens.read_message_id([old], forged) is None


def test_a_reply_address_is_bound_to_its_person():
    sign, ticket = _key(b"key"), uuid4()
    address = tokens.make_reply_address(sign, ticket, "ann@example.org", "help@desk.example")
    token = tokens.read_reply_address([sign], address)
    assert token.ticket_id == ticket
    assert token.person == tokens.person_mark(sign, "Ann@example.org")
    assert token.person != tokens.person_mark(sign, "eve@evil.example")
    assert tokens.read_reply_address([_key(b"other")], address) is None


def test_the_best_clue_of_a_participant_wins():
    one, two = uuid4(), uuid4()
    people = {one: frozenset({"ann@x"}), two: frozenset({"ann@x", "bob@x"})}
    clues = [Clue(Trust.SUBJECT, two), Clue(Trust.SIGNED_ID, one)]
    assert decide(clues, people, "ann@x").ticket_id == one
    assert decide(clues, people, "bob@x").ticket_id == two
    assert decide(clues, people, "eve@x").ticket_id is None
    assert decide(clues, people, "eve@x").linked_to == one
    assert decide([Clue(Trust.SUBJECT, two)], people, "eve@x").linked_to is None
    assert decide([], people, "ann@x").ticket_id is None
    assert decide([Clue(Trust.KNOWN_ID, uuid4())], people, None).linked_to is None


@pytest.mark.parametrize(
    "block",
    [
        "---------- Forwarded message ---------\nFrom: Bob Fox <bob@example.org>\nDate: Tue, Mar 5, 2024\nSubject: Fan\nTo: Ann\n\nIt is loud.",
        "Begin forwarded message:\n\nFrom: Bob Fox <bob@example.org>\nSubject: Fan\nDate: 5 March 2024\nTo: ann@example.org\n\nIt is loud.",
        "-----Original Message-----\nFrom: Bob Fox [mailto:bob@example.org]\nSent: Tuesday\nTo: Ann\nSubject: Fan\n\nIt is loud.",
        "-------- Weitergeleitete Nachricht --------\nBetreff: Fan\nDatum: Tue\nVon: Bob Fox <bob@example.org>\nAn: ann@example.org\n\nIt is loud.",
        "________________________________\nVon: Bob Fox <bob@example.org>\nGesendet: Dienstag\nAn: Ann\nBetreff: Fan\n\nIt is loud.",
    ],
)
def test_the_real_sender_of_a_forward_is_found(block):
    found = find_forwarded(f"Please help him.\n\n{block}")
    assert (found.sender.email, found.sender.name, found.subject) == ("bob@example.org", "Bob Fox", "Fan")
    assert (found.text, found.note) == ("It is loud.", "Please help him.")


def test_spam_is_found_and_customers_are_not():
    spam = mail(
        "Dear friend, you have won the lottery prize of 5 million dollars. Act now!",
        Subject="CONGRATULATIONS WINNER!!!",
    )
    assert read_mail(spam).spam.is_spam
    assert read_mail(mail("x", "X-Spam-Flag: YES")).spam.is_spam
    assert not read_mail(
        mail(
            "My invoice of $1,000 is wrong!!! Please unsubscribe me from the newsletter.",
            Subject="HELP NEEDED!!!",
        )
    ).spam.is_spam


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<iframe src='https://evil.example'></iframe>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<style>@import 'https://evil.example/x.css'</style>",
        '<div style="background:url(https://evil.example/x)">x</div>',
        "<div style='position:fixed;top:0'>x</div>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<form action=https://evil.example><input name=p></form>",
        "<base href=https://evil.example/>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<math><mtext></p><style><img src=x onerror=alert(1)>",
        "<img src='https://evil.example/pixel.png'>",
        "<table background=https://evil.example/x><tr><td>x",
        "<video src=https://evil.example/x></video>",
        "<object data=https://evil.example/x></object>",
    ],
)
def test_html_is_shown_without_script_and_without_loading_anything(source):
    shown = html.sanitise(source).lower()
    for unwanted in (
        "<script",
        "onerror",
        "onload",
        "javascript:",
        "<iframe",
        "<style",
        "position",
        "url(",
        "<form",
        "<base",
        "<meta",
        "<link",
        "<svg",
        "<object",
        "<video",
        "background=",
    ):
        assert unwanted not in shown
    assert "evil.example" not in shown.replace('src="remote:https://evil.example/pixel.png"', "")


def test_text_of_a_mail_has_signs_without_their_backslashes():
    words = templates.Words("Re", "{{message}}", None, None)
    filled = templates.fill(words, {"message": r"2 \* 3, \[not\](a link), C:\temp and **bold**"})
    assert filled.text == r"2 * 3, [not](a link), C:\temp and **bold**"
    assert "<strong>bold</strong>" in filled.html
    assert "2 * 3" in filled.html
