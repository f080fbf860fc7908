import hashlib
from uuid import uuid4

from deskwell.core.db import execute, rows
from deskwell.core.storage import FileStore
from deskwell.domains.tickets import service
from tests.files import samples

PNG = samples.png()


def form(content=PNG, name="shot.png"):
    return {"file": (name, content, "application/octet-stream")}


async def objects(context, prefix):
    return [found.key async for found in context.gateway(FileStore).objects(prefix)]


async def people(context, make, sign_in):
    customer = await make.customer()
    ticket = await make.ticket(customer=customer)
    agent, stranger = await make.agent(), await make.customer()
    return ticket, await sign_in(customer), await sign_in(agent), await sign_in(stranger)


async def test_a_file_goes_up_is_listed_and_comes_down_under_its_name(context, make, sign_in):
    ticket, customer, agent, stranger = await people(context, make, sign_in)
    name = "Überweisung 5%.pdf"
    content = b"%PDF-1.7\n" + b"x" * 3000
    answer = await customer.post(f"/ticket/{ticket.id}/attachments", files=form(content, name))
    assert answer.status_code == 200
    attachment = answer.json()["attachment"]
    assert answer.json()["success"] is True
    assert attachment["file_name"] == name
    assert attachment["file_size"] == len(content)
    assert attachment["mime_type"] == "application/pdf"
    assert attachment["ticket_id"] == str(ticket.id)
    assert attachment["message_id"] is None

    for reader in (customer, agent):
        listed = (await reader.get(f"/ticket/{ticket.id}/attachments")).json()
        assert (listed["count"], listed["attachments"][0]["id"]) == (1, attachment["id"])
        got = await reader.get(f"/attachment/{attachment['id']}")
        assert (got.status_code, got.content) == (200, content)
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
        assert got.headers["content-type"] == "application/pdf"
        assert "filename*=UTF-8''%C3%9Cberweisung%205%25.pdf" in got.headers["content-disposition"]

    for call in (f"/ticket/{ticket.id}/attachments", f"/attachment/{attachment['id']}"):
        assert (await stranger.get(call)).status_code == 404
    assert (await stranger.post(f"/ticket/{ticket.id}/attachments", files=form())).status_code == 404
    assert await objects(context, f"tickets/{ticket.id}") == [f"tickets/{ticket.id}/{attachment['id']}"]


async def test_ranges_and_revalidation(context, make, sign_in):
    ticket, customer, *_ = await people(context, make, sign_in)
    content = b"%PDF-1.4\n" + bytes(range(256)) * 10
    answer = await customer.post(f"/ticket/{ticket.id}/attachments", files=form(content, "a.pdf"))
    url = f"/attachment/{answer.json()['attachment']['id']}"
    part = await customer.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(content)}"
    assert (await customer.get(url, headers={"Range": "bytes=-5"})).content == content[-5:]
    assert (await customer.get(url, headers={"Range": "bytes=999999-"})).status_code == 416
    whole = await customer.get(url, headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert whole.status_code == 200
    etag = whole.headers["etag"]
    assert etag == f'"{hashlib.sha256(content).hexdigest()}"'
    assert (await customer.get(url, headers={"If-None-Match": etag})).status_code == 304
    head = await customer.head(url)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(content)), b"")


async def test_refused_files_leave_nothing_behind(context, make, sign_in):
    ticket, customer, *_ = await people(context, make, sign_in)
    url = f"/ticket/{ticket.id}/attachments"
    limit = 10 * 1024 * 1024
    big = b"%PDF-1.4\n" + b"x" * (limit - 9)
    assert (await customer.post(url, files=form(big, "fits.pdf"))).status_code == 200
    for content, name, status in (
        (big + b"x", "big.pdf", 413),
        (b"<html><script>alert(1)</script>", "page.txt", 415),
        (b"MZ" + b"\0" * 50, "tool.exe", 415),
        (PNG, "photo.jpg", 415),
        (b"", "empty.txt", 400),
    ):
        answer = await customer.post(url, files=form(content, name))
        assert answer.status_code == status, (name, answer.text)
        assert answer.json()["code"]

    async def endless():
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4\n'
        for _ in range(12):
            yield b"x" * 1024 * 1024

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    assert (await customer.post(url, content=endless(), headers=kind)).status_code == 413
    assert (await customer.post(url, content=b"--b\r\nhello", headers=kind)).status_code == 422
    assert (await customer.post(url, json={"file": "x"})).status_code == 422
    assert (await customer.post(url, data={"note": "x"}, files={"other": ("a.txt", b"a")})).status_code == 422
    assert len(await objects(context, f"tickets/{ticket.id}")) == 1
    assert (await customer.get(url)).json()["count"] == 1


async def test_who_may_remove(context, make, sign_in):
    ticket, customer, agent, _ = await people(context, make, sign_in)
    url = f"/ticket/{ticket.id}/attachments"
    own = (await customer.post(url, files=form())).json()["attachment"]
    theirs = (await agent.post(url, files=form())).json()["attachment"]
    refused = await customer.delete(f"/attachment/{theirs['id']}")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_file")
    gone = await customer.delete(f"/attachment/{own['id']}")
    assert (gone.status_code, gone.json()["success"]) == (200, True)
    assert (await agent.delete(f"/attachment/{theirs['id']}")).status_code == 200
    assert (await customer.get(f"/attachment/{own['id']}")).status_code == 404
    assert (await customer.delete(f"/attachment/{own['id']}")).status_code == 404
    assert (await customer.get(url)).json() == {"attachments": [], "count": 0}


async def test_files_belong_to_messages_and_those_of_notes_stay_inside(context, make, sign_in):
    ticket, customer, agent, _ = await people(context, make, sign_in)
    url = f"/ticket/{ticket.id}/attachments"
    held = (await agent.post(url, files=form(), data={"hold": "true"})).json()["attachment"]
    public = (await agent.post(url, files=form(), data={"hold": "true"})).json()["attachment"]
    assert held["is_held"]
    assert (await customer.get(f"/attachment/{held['id']}")).status_code == 404

    note = {"message": "See file.", "is_internal": True, "file_ids": [held["id"]]}
    assert (await agent.post(f"/ticket/{ticket.id}/admin/reply", json=note)).status_code == 200
    reply = {"message": "Here you are.", "file_ids": [public["id"]]}
    assert (await agent.post(f"/ticket/{ticket.id}/admin/reply", json=reply)).status_code == 200

    thread = (await agent.get(f"/ticket/{ticket.id}?include=notes")).json()["messages"]
    by_text = {message["message"]: message["id"] for message in thread}
    seen = (await agent.get(url)).json()["attachments"]
    assert {(a["id"], a["message_id"]) for a in seen} == {
        (held["id"], by_text["See file."]),
        (public["id"], by_text["Here you are."]),
    }
    for_customer = (await customer.get(url)).json()
    assert [a["id"] for a in for_customer["attachments"]] == [public["id"]]
    assert (await customer.get(f"/attachment/{held['id']}")).status_code == 404
    one = await customer.get(f"{url}?message_id={by_text['Here you are.']}")
    assert one.json()["count"] == 1
    assert (await customer.get(f"{url}?message_id={by_text['See file.']}")).json()["count"] == 0

    into_note = await customer.post(url, files=form(), data={"message_id": by_text["See file."]})
    assert into_note.status_code == 404
    into_theirs = await customer.post(url, files=form(), data={"message_id": by_text["Here you are."]})
    assert into_theirs.status_code == 400
    assert (await customer.post(url, files=form(), data={"message_id": str(uuid4())})).status_code == 404
    assert (await customer.post(url, files=form(), data={"message_id": "x"})).status_code == 422


async def test_files_can_go_up_before_the_ticket_exists(context, make, sign_in):
    owner, thief = await make.customer(), await make.customer()
    customer, other = await sign_in(owner), await sign_in(thief)
    file = (await customer.post("/files", files=form(b"log line\n", "a.txt"))).json()["file"]
    body = {"context": "Shop", "subject": "Broken", "message": "See log", "file_ids": [file["id"]]}
    stolen = await other.post("/ticket", json=body, headers={"Prefer": "respond-async"})
    assert (stolen.status_code, stolen.json()["code"]) == (400, "file_unknown")
    made = await customer.post("/ticket", json=body, headers={"Prefer": "respond-async"})
    assert made.status_code == 202
    listed = (await customer.get(f"/ticket/{made.json()['ticket_id']}/attachments")).json()["attachments"]
    assert [(a["id"], a["message_id"]) for a in listed] == [(file["id"], made.json()["message_id"])]
    again = await customer.post(
        "/ticket", json=body | {"subject": "Else"}, headers={"Prefer": "respond-async"}
    )
    assert again.status_code == 400


async def test_what_nobody_claimed_and_what_has_no_row_is_swept(context, make, sign_in, run_jobs):
    from deskwell.domains.files.events import SweepFiles
    from deskwell.domains.files.jobs import sweep_files

    customer = await sign_in(await make.customer())
    file = (await customer.post("/files", files=form(b"x\n", "a.txt"))).json()["file"]
    await sweep_files(context, SweepFiles())
    async with context.transaction() as session:
        key = (await rows(session, "SELECT storage_key FROM files WHERE id = %(id)s", id=file["id"]))[0][
            "storage_key"
        ]
        assert await objects(context, key.rpartition("/")[0]) == [key]
        await execute(
            session,
            "UPDATE files SET created_at = now() - interval '25 hours' WHERE id = %(id)s",
            id=file["id"],
        )
    await sweep_files(context, SweepFiles())
    await run_jobs()
    assert await objects(context, key.rpartition("/")[0]) == []


async def test_a_file_whose_bytes_are_gone_is_not_found(context, make, sign_in):
    ticket, customer, *_ = await people(context, make, sign_in)
    made = (await customer.post(f"/ticket/{ticket.id}/attachments", files=form())).json()["attachment"]
    await context.gateway(FileStore).delete([f"tickets/{ticket.id}/{made['id']}"])
    assert (await customer.get(f"/attachment/{made['id']}")).status_code == 404


async def test_a_full_storage_answers_503_and_keeps_nothing(context, make, sign_in, monkeypatch):
    from deskwell.core.storage import StorageFull

    ticket, customer, *_ = await people(context, make, sign_in)

    async def full(*_):
        raise StorageFull("no room")

    monkeypatch.setattr(type(context.gateway(FileStore)), "put", full)
    answer = await customer.post(f"/ticket/{ticket.id}/attachments", files=form())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert (await customer.get(f"/ticket/{ticket.id}/attachments")).json()["count"] == 0


async def test_deleting_while_uploading_leaves_no_orphan(context, make, sign_in):
    ticket, customer, *_ = await people(context, make, sign_in)
    async with context.transaction() as session:
        locked = await service.lock_ticket(session, ticket.id)
        locked.customer_id = (await make.customer()).id
    answer = await customer.post(f"/ticket/{ticket.id}/attachments", files=form())
    assert answer.status_code == 404
    assert await objects(context, f"tickets/{ticket.id}") == []
