"""The project's own corpus: mails as real programs write them, each with what must be read from it."""

import time

import pytest

from deskwell.domains.email.logic.reading import Mail, read_mail
from tests.email.corpus import charsets, headers, hostile, machines, programs, quotes, servers, structure
from tests.email.corpus.building import Case

CASES = [
    *charsets.cases(),
    *headers.cases(),
    *structure.cases(),
    *quotes.cases(),
    *machines.cases(),
    *servers.cases(),
    *programs.cases(),
]
HOSTILE = hostile.cases()


def _named(cases: list[Case]) -> list:
    return [pytest.param(case, id=case.name) for case in cases]


def _check(case: Case) -> Mail:
    mail = read_mail(case.raw)
    expected = dict(case.expected)
    bounce = mail.bounce
    found = {
        "subject": mail.subject,
        "text": mail.text,
        "sender": mail.sender.email if mail.sender else None,
        "sender_name": mail.sender.name if mail.sender else None,
        "is_sender_certain": mail.is_sender_certain,
        "to": [a.email for a in mail.to],
        "message_id": mail.message_id,
        "references": mail.references,
        "in_reply_to": mail.in_reply_to,
        "sent_at": mail.sent_at,
        "files": [f.name for f in mail.content.files],
        "file_count": len(mail.content.files),
        "inline": [f.name for f in mail.content.files if f.is_inline],
        "visible": mail.reply.visible,
        "kind": mail.classification.kind,
        "bounced": [r.email for r in bounce.recipients] if bounce else None,
        "status": bounce.status if bounce else None,
        "is_permanent": bounce.is_permanent if bounce else None,
        "about": bounce.message_ids[0] if bounce and bounce.message_ids else None,
    }
    for wanted in expected.pop("contains", []):
        assert wanted in mail.text
    for wanted in expected.pop("html_contains", []):
        assert wanted in mail.html
    for unwanted in expected.pop("html_lacks", []):
        assert unwanted not in mail.html
    for unwanted in expected.pop("visible_lacks", []):
        assert unwanted not in mail.reply.visible
    assert {key: found[key] for key in expected} == expected
    assert "\0" not in mail.text + mail.subject + mail.html
    return mail


@pytest.mark.parametrize("case", _named(CASES))
def test_reads_a_mail_as_a_person_would(case: Case):
    _check(case)


@pytest.mark.parametrize("case", _named(HOSTILE))
def test_reads_a_hostile_mail_in_bounded_time(case: Case):
    started = time.process_time()
    _check(case)
    assert time.process_time() - started < 10


def test_corpus_is_as_big_as_promised():
    names = [case.name for case in CASES + HOSTILE]
    assert len(names) >= 200
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", _named([c for c in CASES if "visible" in c.expected]))
def test_folding_loses_no_word(case: Case):
    mail = read_mail(case.raw)
    pieces = f"{mail.reply.visible}\n{mail.reply.quoted}\n{mail.reply.signature}"
    kept = {word.strip(">") for word in pieces.split()}
    assert {word.strip(">") for word in mail.text.split()} <= kept
