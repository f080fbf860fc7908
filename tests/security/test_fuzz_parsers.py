"""The readers of strangers' text: mails, searches, filters, placeholders, Markdown, HTML. Nothing breaks them or holds them up."""

import os
import time
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskwell.core.placeholders import names, render
from deskwell.core.text import clean
from deskwell.domains.email.logic.html import sanitise
from deskwell.domains.email.logic.reading import read_mail
from deskwell.domains.inbox.logic.syntax import parse as parse_search
from deskwell.domains.knowledge.logic.markdown import plain_text
from deskwell.domains.knowledge.logic.markdown import render as render_markdown

EXAMPLES = int(os.environ.get("DESKWELL_FUZZ_EXAMPLES", "20000"))
SECONDS = 2.0
PIECES = [
    "From: ", "Subject: ", "Content-Type: multipart/mixed; boundary=b\n", "--b\n", "--b--\n", "=?utf-8?q?", "=?b?", "?=", "\n", "\r\n", "\n\n", ": ", "charset=utf-7", "base64", "begin 644 a\n", "<", ">", "(", ")", '"', "\\", "@",
    "<div>", "</div>", "<!--", "-->", "<table>", "<style>", "<svg>", "&#", "&amp;", " style=", "on=", "javascript:", "url(", "> ", ">> ", "On Tue, Jan 5, 2021 Ann <a@b.c> wrote:\n", "-- \n", "_" * 20, "{{", "}}", "{{ name }}", "**", "__", "[", "](", "![", "`", "```\n", "| a | b |\n|-|-|\n", "# ", "* ", "1. ", "~~", "[^1]",
    "is:", "from:", "tag:", '"', "-", "OR", "before:", "2024-01-01", "#12", "*", "\x00", "\ud800", "\u202e", "\ufeff", "é", "漢", " ", "a", "0",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60).map("".join)


def read(text: str) -> None:
    """Every reader once; each must come to an end by itself."""
    began = time.process_time()
    mail = read_mail(text.encode("utf-8", "surrogatepass"))
    assert "\x00" not in mail.text + mail.subject
    mail.text.encode()
    stored = clean(text)
    assert sanitise(sanitise(stored)) is not None
    assert "<script" not in sanitise(stored).lower()
    parse_search(stored)
    names(stored)
    assert isinstance(render(stored, {"name": "{{name}}"}), str)
    assert "<script" not in render_markdown(stored).html.lower()
    plain_text(stored)
    assert time.process_time() - began < SECONDS, "a reader is not linear"


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(TEXT)
def test_no_text_breaks_a_reader_or_holds_it_up(text):
    read(text)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, derandomize=False, suppress_health_check=list(HealthCheck))
@given(TEXT, st.integers(1, 40))
def test_no_text_breaks_a_reader_in_many_tries(text, times):
    read(text * times)


NAMES = st.sampled_from(["search", "status", "priority", "tag", "team", "customer", "field", "date_from", "date_to", "tz", "sort", "order", "page", "page_size", "cursor", "is", "has", "sla_state", "assigned_to", "context", "source", "category", "waiting_for"])  # fmt: skip


@pytest.fixture
async def admin(make, sign_in):
    return await sign_in(await make.admin())


async def test_no_filter_breaks_the_lists(admin, make):
    await make.ticket()
    queries: list[list[tuple[str, str]]] = []

    @settings(max_examples=60)
    @given(st.lists(st.tuples(NAMES, TEXT.map(lambda t: t[:80])), max_size=4))
    def collect(pairs):
        queries.append(pairs)

    collect()
    for pairs in queries:
        query = "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)
        answer = await admin.get(f"/admin/tickets?{query}")
        assert answer.status_code in {200, 400, 422}, (query, answer.text)
        if answer.status_code != 200:
            assert isinstance(answer.json()["detail"], str)
