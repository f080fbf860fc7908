import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.files.logic.names import LONGEST, clean_name, content_disposition
from deskwell.domains.files.logic.ranges import ByteRange, Unsatisfiable, parse_range
from deskwell.domains.files.logic.sniffing import Refused, kind_of_foreign, kind_of_upload

from . import samples


@pytest.mark.parametrize("name", samples.GOOD)
def test_every_listed_kind_is_recognised_by_its_bytes(name):
    content, kind = samples.GOOD[name]
    assert kind_of_upload(name, io.BytesIO(content)) == kind


@pytest.mark.parametrize("name", samples.BAD)
def test_a_file_that_is_not_what_its_name_says_is_refused(name):
    content = samples.BAD[name]
    with pytest.raises(Refused):
        kind_of_upload(name, io.BytesIO(content))
    assert kind_of_foreign(name, io.BytesIO(content)) == "application/octet-stream"


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "b.docx", "c.doc", "d.mp4", "e"]))
def test_sniffing_never_fails_on_odd_bytes(content, name):
    assert "/" in kind_of_foreign(name, io.BytesIO(content))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("\u200b.htaccess", "htaccess"),
        ("inv\u202efdp.exe", "invfdp.exe"),
        ("a\r\nb: c.txt", "ab_ c.txt"),
        ('q"u<o>t|e?.txt', "q_u_o_t_e_.txt"),
        ("  two   words .txt", "two words .txt"),
        ("con.txt", "_con.txt"),
        ("U\u0308bersicht.pdf", "Übersicht.pdf"),
        ("...", "file"),
        ("", "file"),
        (None, "file"),
    ],
)
def test_names_lose_folders_and_what_deceives(raw, clean):
    assert clean_name(raw) == clean


@given(st.text(max_size=400))
def test_any_name_becomes_short_and_safe(raw):
    name = clean_name(raw)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\\r\n\0"')
    assert clean_name(name) == name
    content_disposition(name).encode("ascii")


def test_a_long_name_keeps_its_extension():
    assert clean_name("x" * 400 + ".docx").endswith("xx.docx")


def test_names_travel_by_rfc_6266():
    assert content_disposition("a b.txt") == 'attachment; filename="a b.txt"'
    assert content_disposition("Übersicht 5%.pdf") == (
        "attachment; filename=\"Ubersicht 5_.pdf\"; filename*=UTF-8''%C3%9Cbersicht%205%25.pdf"
    )
    assert content_disposition("表.png", inline=True).startswith(
        'inline; filename="file.png"; filename*=UTF-8'
    )


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, None),
        ("bytes=0-4", (0, 5)),
        ("bytes=5-", (5, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-30", (0, 10)),
        ("bytes=8-99", (8, 10)),
        ("bytes=9-3", None),
        ("bytes=0-1,4-5", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("nonsense", None),
    ],
)
def test_ranges(header, wanted):
    found = parse_range(header, 10)
    assert found == (wanted and ByteRange(*wanted, 10))


def test_content_range_counts_from_zero():
    found = parse_range("bytes=5-", 10)
    assert found is not None
    assert (found.length, found.content_range) == (5, "bytes 5-9/10")


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_range_behind_the_end_cannot_be_answered(header):
    with pytest.raises(Unsatisfiable):
        parse_range(header, 10)
