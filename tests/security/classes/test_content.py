"""What people write and upload runs nowhere: HTML, styles, files, spreadsheets, archives, odd bytes (classes 1-3, 11, 18, 23-25, 28)."""

import io
import re
import zipfile
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskwell.core import csvs
from deskwell.core.placeholders import render
from deskwell.domains.email.logic.html import sanitise
from deskwell.domains.knowledge.logic.markdown import render as render_article
from tests.files import samples
from tests.security.vectors import STYLES, vectors

CANARY = "canary.example"
LOADING = {"src", "srcset", "background", "poster", "data", "action", "formaction", "xlink:href", "style"}
SAFE_TAGS_THAT_LOAD = {"img"}


class Dangers(HTMLParser):
    """What a browser would run or load by itself."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag in {
            "script",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
            "meta",
            "link",
            "svg",
            "math",
            "style",
        }:
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or plain.startswith(("javascript:", "vbscript:", "data:text", "blob:")):
                self.found.append(f"{tag} {name}={plain}")
            if (
                name in LOADING
                and not plain.startswith("remote:")
                and (CANARY in plain or "expression(" in plain or "url(" in plain)
            ):
                self.found.append(f"{tag} {name}={plain}")


@pytest.mark.parametrize("vector", vectors(CANARY))
def test_class_01_stored_xss_no_vector_survives_the_sanitisers(vector):
    mail = sanitise(vector)
    assert Dangers(mail).found == [], mail
    assert Dangers(sanitise(mail)).found == [], "and none comes to life when it is read again"
    article = render_article(vector).html
    assert [d for d in Dangers(article).found if not d.startswith(("img src=//", "img src=http"))] == [], (
        article
    )


async def test_class_02_files_that_could_run_are_refused_or_only_saved(make, sign_in):
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    client = await sign_in(customer)
    url = f"/ticket/{ticket.id}/attachments"
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for name, content in (
        ("a.svg", svg),
        ("a.html", b"<html><script>alert(1)</script>"),
        ("a.png", svg),
        ("a.xml", svg),
        ("a.txt", b"<!doctype html><script>alert(1)</script>"),
    ):
        answer = await client.post(url, files={"file": (name, content, "image/png")})
        assert answer.status_code == 415, name
    kept = await client.post(url, files={"file": ("a.png", samples.png(), "text/html")})
    got = await client.get(f"/attachment/{kept.json()['attachment']['id']}")
    assert got.headers["content-type"] == "image/png"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("style", [style.replace("CANARY", CANARY) for style in STYLES])
def test_class_03_styles_and_remote_pictures_load_nothing_by_themselves(style):
    html = sanitise(style)
    assert Dangers(html).found == []
    assert not re.search(r"position\s*:\s*(fixed|absolute)", html), "nothing lies over the page"


@given(st.text(), st.sampled_from(["''.__class__", "7*7", "config", "x|attr('y')", "ticket_id}}{{name"]))
def test_class_11_templates_have_no_logic(text, expression):
    values = {"name": "{{ticket_id}}" + text, "ticket_id": "9"}
    asked = "{{ " + expression + " }}"
    two_names = "9" + values["name"]  # "ticket_id}}{{name" makes two placeholders of one
    assert render(asked, values) in {asked, "{{ ticket_id}}{{name }}", two_names}

    assert render("{{name}}", values) == "{{ticket_id}}" + text, "what is filled in is not read again"


@given(
    st.lists(st.text() | st.integers() | st.none(), min_size=1, max_size=5), st.sampled_from("=+-@\t\r\x00")
)
def test_class_18_exports_hold_no_formulas(cells, sign):
    import csv

    line = [*cells, f"{sign}cmd|' /C calc'!A0"]
    written = csvs.write(["h"] * len(line), [line])
    (_, read) = list(csv.reader(io.StringIO(written.replace("\x00", "\ufffe")), strict=False))[:2]
    for value, cell in zip(line, read, strict=False):
        if isinstance(value, str):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\ufffe"))


async def test_class_18_every_csv_of_the_api_defuses_a_subject(make, sign_in):
    formula = '=HYPERLINK("http://evil.example","x")'
    admin = await sign_in(await make.admin(name="=cmd|' /C calc'!A0"))
    ticket = await make.ticket(subject=formula)
    await admin.post(f"/ticket/{ticket.id}/time-entry", json={"duration_minutes": 5, "description": formula})
    await admin.patch(f"/ticket/{ticket.id}", json={"priority": "high"})
    days = "start_date=2020-01-01&end_date=2099-01-01"
    seen = 0
    for path in (
        "/admin/activity/export",
        "/admin/audit/export",
        "/admin/time-entries.csv",
        "/reports/tickets.csv?figure=created",
        "/reports/breakdown.csv?by=agent",
        "/reports/overview.csv",
        f"/reports/tickets.csv?figure=created&{days}",
    ):
        answer = await admin.get(path)
        if answer.status_code != 200:
            continue
        seen += 1
        assert not re.search(r'(^|,|")"?[=@]', answer.text.replace("\ufeff", "").replace("'=", "")), path
    assert seen >= 5


@pytest.mark.parametrize(
    "name",
    [
        "shell.php",
        "a.pht",
        ".htaccess",
        "\u200b.htaccess",
        "../../etc/passwd",
        "a.jpg.exe",
        "con.txt\x00.exe",
        "a" * 5000 + ".exe",
    ],
)
async def test_class_23_a_name_is_data_only(name, make, sign_in, context):
    from deskwell.core.storage import FileStore

    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    client = await sign_in(customer)
    answer = await client.post(
        f"/ticket/{ticket.id}/attachments",
        content=b'--b\r\nContent-Disposition: form-data; name="file"; filename="'
        + name.encode()
        + b'"\r\n\r\n<?php system($_GET[0]);\r\n--b--\r\n',
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code in {400, 415, 422, 200}, answer.text
    stored = [found.key async for found in context.gateway(FileStore).objects(f"tickets/{ticket.id}")]
    assert all(re.fullmatch(r"tickets/[0-9a-f-]{36}/[0-9a-f-]{36}", key) for key in stored)
    if answer.status_code == 200:
        shown = answer.json()["attachment"]["file_name"]
        assert "/" not in shown
        assert not shown.startswith(".")


async def test_class_24_archives_and_pictures_are_not_unfolded_without_measure(make, sign_in):
    admin = await sign_in(await make.admin())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(3):
            archive.writestr(f"{index}.md", b"0" * (80 * 1024 * 1024))
    bomb = packed.getvalue()
    assert len(bomb) < 1024 * 1024
    answer = await admin.post("/admin/articles/import", files={"file": ("bomb.zip", bomb)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    # The size in the directory lies: no more is unpacked than it says.
    lying = bomb.replace((80 * 1024 * 1024).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    answer = await admin.post("/admin/articles/import", files={"file": ("lie.zip", lying)})
    assert answer.status_code == 400, answer.text
    # A PNG that claims 60,000 × 60,000 pixels is a file like any other: nobody unfolds it.
    png = bytearray(samples.png())
    png[16:24] = (60_000).to_bytes(4, "big") * 2
    ticket = await make.ticket()
    stored = await admin.post(f"/ticket/{ticket.id}/attachments", files={"file": ("flood.png", bytes(png))})
    assert stored.status_code in {200, 415}


async def test_class_25_bodies_are_bounded_before_they_are_read(client, make, sign_in):
    deep = b"[" * 200_000
    for content, kind in (
        (deep + b"]" * 200_000, "application/json"),
        (b'{"email":' * 50_000, "application/json"),
        (b'{"email":1e999999}', "application/json"),
    ):
        answer = await client.post("/auth/login", content=content, headers={"Content-Type": kind})
        assert answer.status_code in {400, 413, 422}, answer.text
    customer = await make.customer()
    ticket, signed_in = await make.ticket(customer=customer), await sign_in(customer)
    url = f"/ticket/{ticket.id}/attachments"
    many = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % i for i in range(20_000)
    )
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    assert (await signed_in.post(url, content=many + b"--b--", headers=kind)).status_code in {400, 413, 422}
    stored = await signed_in.post(url, files={"file": ("a.png", samples.png())})
    path = f"/attachment/{stored.json()['attachment']['id']}"
    ranges = "bytes=" + ",".join("0-" for _ in range(20_000))
    assert (await signed_in.get(path, headers={"Range": ranges})).status_code in {200, 206, 416, 431}


@pytest.mark.parametrize(
    "text", ["a\x00b", "lone \ud800 surrogate", "\ufffe\uffff", "e\u0301" * 2000, "\u202egpj.exe"]
)
async def test_class_28_odd_characters_are_stored_or_refused(text, make, sign_in):
    import json

    customer = await make.customer()
    client = await sign_in(customer)
    body = {"context": "Shop", "subject": f"Odd {text[:20]}", "message": f"Text {text}"}
    answer = await client.post(
        "/ticket",
        content=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Prefer": "respond-async"},
    )
    assert answer.status_code in {200, 202, 400, 422}, answer.text
    if answer.status_code < 300:
        thread = (await client.get(f"/ticket/{answer.json()['ticket_id']}")).json()
        assert "Text" in thread["messages"][0]["message"]
    assert (await client.get("/customer/tickets", params={"search": "a\x00b"})).status_code < 500
