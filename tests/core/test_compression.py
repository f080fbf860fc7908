"""Long JSON answers travel compressed, to those who cannot be a stranger's page."""

import pytest

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def long_subject() -> str:
    return "A long story " * 15


async def test_a_long_answer_is_compressed_for_its_reader_and_for_no_strangers_page(
    client, make, sign_in, long_subject
):
    admin = await make.admin()
    for _ in range(8):
        await make.ticket(subject=long_subject)
    staff = await sign_in(admin)
    packed = await staff.get("/admin/tickets")
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert int(packed.headers["content-length"]) < len(packed.content) / 3
    assert packed.headers["x-content-type-options"] == "nosniff"
    plain = await staff.get("/admin/tickets", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json()["tickets"] == packed.json()["tickets"]

    cookie = {"Cookie": f"deskwell_session={await make.token(admin)}"}
    asked = {"same-origin": "gzip", "same-site": None, "cross-site": None, "none": None}
    for site, coding in asked.items():
        answer = await client.get("/admin/tickets", headers={**cookie, "Sec-Fetch-Site": site})
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding") == coding, site
    assert "content-encoding" not in (await client.get("/admin/tickets", headers=cookie)).headers


async def test_short_answers_errors_changes_and_other_types_stay_as_they_are(
    client, make, sign_in, long_subject
):
    customer = await make.customer()
    caller = await sign_in(customer)
    body = {"context": "Shop", "subject": "Long", "message": long_subject * 10}
    ticket = (await caller.post("/ticket", json=body, headers={"Prefer": "respond-async"})).json()[
        "ticket_id"
    ]
    assert "content-encoding" in (await caller.get(f"/ticket/{ticket}")).headers
    for answer in (
        await caller.get("/auth/me"),
        await caller.get("/admin/tickets"),
        await caller.post(f"/ticket/{ticket}/close"),
        await client.get("/help", headers=OWN_PAGE),
    ):
        assert "content-encoding" not in answer.headers, answer.url
