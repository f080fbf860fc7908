"""What the redactor finds, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.core.redaction import Kind, find_personal_data, mask_cards, redact

PERSONAL = {
    Kind.PHONE: [
        "Call me at 415-555-2671", "(415) 555-2671 is mine", "+49 151 23456789", "+44 (0)20 7946 0958", "0044 20 7946 0958",
        "tel. 030/123456", "phone 4155552671", "Reach me on 5551234", "Order 4155552671: please call 212-555-0187",
        "＋１ ４１５ ５５５ ２６７１", "Handy 0151 23456789", "téléphone : 0612345678", "555-123-4567 ext. 22", "Phone #: 555-123-4567",
        "4\u200b1\u200b5-555-2671 is my phone",
    ],
    Kind.CARD: [
        "4111 1111 1111 1111", "4111.1111.1111.1111", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "４１１１ １１１１ １１１１ １１１１",
        "card number 5105105105105100 for order 12345", "3782 822463 10005", "6011111111111117", "visa 4222222222222",
    ],
    Kind.IBAN: ["DE89 3704 0044 0532 0130 00 please", "iban: gb82west12345698765432", "FR14 2004 1010 0505 0001 3M02 606", "NL91-ABNA-0417-1643-00"],
    Kind.EMAIL: [
        "john.doe@example.com", "john (at) example (dot) com", "john[at]example.com", "john at example dot com", "jöhn@exämple.de",
        "ｊｏｈｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "mailto:john+tag@sub.example.org",
    ],
    Kind.PROFANITY: ["what the fuck", "f.u.c.k", "sh1t happens", "ｆｕｃｋ", "f\u200buck", "a$$hole", "fuuuuck", "du Arschloch"],
}  # fmt: skip

HARMLESS = """
Your order 4155552671 has shipped.
Order number: 415-555-2671
Orders 415-555-2671, 415-555-2672 and 415-555-2673 are missing
Ticket 20240517-0042 is open, see #4155552671
Invoice 2024-000123 is due 2024-05-06
Tracking number is 4111111111111111
UPS says 1Z 999 AA1 01 2345 6784
USPS 9205 5000 0000 0000 0000 00
Version 3.12.4 runs on 192.168.1.10
ISBN 978-3-16-148410-0 and EAN 4006381333931
IMEI 490154203237518
Call me between 10:00-12:30 on 12.05.2024
The population is 12 345 678 people
Bestellnummer 4155552671 und Sendungsnummer 003404341610
Numéro de suivi 6A 1234 5678 901
background@2x.png and git@github.com:org/repo.git
SSN 455-99-6622, ZIP 12345-6789
GB82 WEST 1234 5698 7654 33 has a wrong checksum
4111 1111 1111 1112 has a wrong check digit
Scunthorpe, Penistone and Essex
Assess the class before you pass the assignment
Dick Van Dyke kills the process; damn slow
""".strip().splitlines()


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in PERSONAL.items() for text in texts]
)
def test_personal_data_and_swearing_are_found_in_disguise(kind, text):
    assert kind in {finding.kind for finding in redact(text).findings}


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_of_orders_and_innocent_words_stay(text):
    assert redact(text).text == text


def test_offsets_point_into_the_text_as_sent():
    text = "Ｍａｉｌ 🙂 ﬁne: ｊｏｈｎ＠ｅｘａｍｐｌｅ．ｃｏｍ!"
    (finding,) = redact(text).findings
    assert text[finding.start : finding.end] == "ｊｏｈｎ＠ｅｘａｍｐｌｅ．ｃｏｍ"


def test_the_shops_own_contacts_may_stand():
    text = "Write to help@shop.example or call +1 (415) 555-2671, not eve@else.example."
    result = redact(text, allowed=["Help@shop.example", "415-555-2671"])
    assert result.text == "Write to help@shop.example or call +1 (415) 555-2671, not [e-mail]."


def test_an_owner_adds_words():
    assert not redact("That is poppycock.").findings
    assert redact("That is poppycock.", extra_words=["poppycock"]).text == "That is *********."


def test_stored_cards_keep_their_last_four_digits_only():
    assert mask_cards("pay 4111 1111 1111 1111 for order 4155552671") == "pay •••• 1111 for order 4155552671"
    assert mask_cards("call 415-555-2671") == "call 415-555-2671"


@given(st.text(max_size=300))
def test_any_text_is_survived_and_nothing_is_found_twice(text):
    result = redact(text)
    assert all(0 <= f.start < f.end <= len(text) for f in result.findings)
    assert list(result.findings) == sorted(result.findings, key=lambda f: f.start)
    assert not find_personal_data(result.text)
