import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.domains.files.logic.forms import FormBroken, FormReader

TYPE = "multipart/form-data; boundary=----b0undary"


def part(disposition: str, content: bytes) -> bytes:
    return (
        b"------b0undary\r\nContent-Disposition: form-data; "
        + disposition.encode()
        + b"\r\nContent-Type: text/plain\r\n\r\n"
        + content
        + b"\r\n"
    )


END = b"------b0undary--\r\n"


def read(body: bytes, step: int = 7) -> tuple[FormReader, bytes]:
    got = []
    form = FormReader(TYPE, got.append)
    for start in range(0, len(body), step):
        form.feed(body[start : start + step])
    return form, b"".join(got)


@given(st.binary(max_size=500), st.integers(1, 600))
def test_the_bytes_of_the_file_come_through_whatever_the_pieces(content, step):
    body = part('name="message_id"', b"42") + part('name="file"; filename="a b.txt"', content) + END
    form, got = read(body, step)
    assert (got, form.file_name, form.fields) == (content, "a b.txt", {"message_id": "42"})
    assert form.has_file
    assert form.is_complete


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('name="file"; filename="Übersicht.pdf"', "Übersicht.pdf"),
        ("name=file; filename=plain.txt", "plain.txt"),
        ('name="file"; filename="say %22hi%22.txt"', 'say "hi".txt'),
        ('name="file"; filename="x"; filename*=UTF-8\'\'%C3%BC.txt', "ü.txt"),
        ('name="file"', None),
    ],
)
def test_the_name_is_read_as_browsers_write_it(disposition, name):
    assert read(part(disposition, b"x") + END)[0].file_name == name


def test_only_the_first_file_counts():
    form, got = read(
        part('name="file"; filename="a"', b"one") + part('name="file"; filename="b"', b"two") + END
    )
    assert (form.file_name, got) == ("a", b"one")


def test_a_form_cut_off_is_not_complete():
    body = part('name="file"; filename="a"', b"one") + END
    assert not read(body[:-10])[0].is_complete


@pytest.mark.parametrize(
    "kind", ["", "application/json", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_what_is_no_form_is_told(kind):
    with pytest.raises(FormBroken):
        FormReader(kind, lambda _: None)


def test_nonsense_and_endless_fields_are_told():
    with pytest.raises(FormBroken):
        read(b"hello, this is no form at all")
    with pytest.raises(FormBroken):
        read(part('name="note"', b"x" * 5000) + END)
