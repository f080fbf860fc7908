import pytest

from deskwell.core.db import execute
from deskwell.domains.tickets import service
from deskwell.domains.tickets.models import Priority
from tests.factories import actor_of


async def found(client, text, path="/admin/tickets", **params):
    answer = await client.get(path, params={"search": text, "page_size": 50, **params})
    assert answer.status_code == 200, answer.text
    return [ticket["subject"] for ticket in answer.json()["tickets"]]


@pytest.fixture(scope="module")
async def agent(make, sign_in):
    return await sign_in(await make.agent())


async def test_words_are_found_in_subject_and_messages_in_any_form(make, agent):
    await make.ticket(subject="Zebraprinter smokes", body="It happened while printing invoices for Müller.")
    assert await found(agent, "zebraprinters") == ["Zebraprinter smokes"]
    assert await found(agent, "zebraprinter invoice") == ["Zebraprinter smokes"]
    assert await found(agent, "zebraprin") == ["Zebraprinter smokes"]
    assert await found(agent, "zebraprinter muller") == ["Zebraprinter smokes"]
    assert await found(agent, '"printing invoices" zebraprinter') == ["Zebraprinter smokes"]
    assert await found(agent, '"invoices printing" zebraprinter') == []
    assert await found(agent, "zebraprinter -invoices") == []
    assert await found(agent, "zebraprinter quasar") == []


async def test_the_hit_is_shown_and_the_subject_counts_more(make, agent):
    body = f"{'Hello there. ' * 40}The quokka bites me daily. {'Bye. ' * 60}"
    await make.ticket(subject="Animal trouble", body=body)
    await make.ticket(subject="Quokka again", body="See above.")
    answer = (await agent.get("/admin/tickets", params={"search": "quokkas"})).json()
    assert [t["subject"] for t in answer["tickets"]] == ["Quokka again", "Animal trouble"]
    first, second = (t["match"] for t in answer["tickets"])
    assert first["subject"] == [{"text": "Quokka", "hit": True}, {"text": " again", "hit": False}]
    assert [p["text"] for p in second["snippet"] if p["hit"]] == ["quokka"]
    assert len("".join(p["text"] for p in second["snippet"])) < 200


async def test_replies_are_found_and_notes_by_staff_only(context, make, sign_in, agent):
    anna = await make.customer()
    ticket = await make.ticket(customer=anna, subject="Search notes", body="Hello")
    boss = await make.agent()
    async with context.transaction() as session:
        locked = await service.lock_ticket(session, ticket.id)
        await service.reply_as_staff(session, actor_of(boss), locked, "The wombat answered.")
        await service.reply_as_staff(
            session, actor_of(boss), locked, "Customer is a narwhal.", is_internal=True
        )
        await service.reply_as_staff(session, actor_of(boss), locked, "Then the ocelot came.")
    customer = await sign_in(anna)
    for word in ("wombat", "ocelot"):
        assert await found(agent, word) == ["Search notes"]
        assert await found(customer, word, "/customer/tickets") == ["Search notes"]
    assert await found(agent, "narwhal") == ["Search notes"]
    assert await found(agent, "narwhal wombat") == ["Search notes"]
    assert await found(customer, "narwhal", "/customer/tickets") == []
    assert await found(customer, "narwhal wombat", "/customer/tickets") == []
    stranger = await sign_in(await make.customer())
    assert await found(stranger, "wombat", "/customer/tickets") == []


async def test_file_names_are_found(make, sign_in, agent):
    anna = await make.customer()
    ticket = await make.ticket(customer=anna, subject="With a file")
    customer = await sign_in(anna)
    file = {"file": ("gibberfax_report-2026.txt", b"hello\n")}
    assert (await customer.post(f"/ticket/{ticket.id}/attachments", files=file)).status_code == 200
    assert await found(agent, "gibberfax") == ["With a file"]
    assert await found(customer, "gibberfax report", "/customer/tickets") == ["With a file"]
    assert await found(agent, "gibberfax has:attachment") == ["With a file"]


async def test_names_addresses_and_codes_allow_parts_and_slips(make, sign_in, agent):
    anna = await make.customer(name="Annabel Thornquist", email="a.thornquist@wintermoor.example")
    ticket = await make.ticket(
        customer=anna, subject="Parcel", body="My order is WX-20931-KL, mail me at other@fenlake.example"
    )
    for text in (
        "thornquist",
        "thornqist",
        "annabell",
        "thornq",
        "wintermoor",
        "a.thornquist@wintermoor.example",
        "WX-20931-KL",
        "WX-20931",
        "wx-20391-kl",
        "20931",
        "fenlake",
        str(ticket.number),
        f"#{ticket.number}",
    ):
        assert "Parcel" in await found(agent, text), text
    assert await found(agent, "thornquistador") == []
    assert await found(agent, "zzqxvkw") == []
    stranger = await sign_in(await make.customer())
    assert await found(stranger, "WX-20931", "/customer/tickets") == []
    customer = await sign_in(anna)
    assert await found(customer, "WX-20931", "/customer/tickets") == ["Parcel"]


async def test_recipients_of_copies_and_mails_are_found(context, make, agent):
    copied, mailed, other = [await make.ticket() for _ in range(3)]
    async with context.transaction() as session:
        await execute(
            session,
            "INSERT INTO ticket_ccs (ticket_id, email) VALUES (%(id)s, 'boss@copies.example')",
            id=copied.id,
        )
        await execute(
            session,
            """INSERT INTO email_messages (id, ticket_id, direction, rfc_id, to_email)
               VALUES (gen_random_uuid(), %(id)s, 'inbound', 'x@y', '{Help@Copies.example}')""",
            id=mailed.id,
        )
    for text, found in {
        "to:boss@copies.example": {copied},
        "to:help@copies": {mailed},
        "to:copies.example": {copied, mailed},
    }.items():
        answer = (await agent.get("/admin/tickets", params={"search": text})).json()
        assert {ticket["id"] for ticket in answer["tickets"]} == {str(ticket.id) for ticket in found}
    assert str(other.id) not in str((await agent.get("/admin/tickets?search=to:copies.example")).json())


async def test_a_new_subject_is_found_and_the_old_one_no_longer(context, make, agent):
    ticket = await make.ticket(subject="Flugelhorn")
    async with context.transaction() as session:
        await execute(session, "UPDATE tickets SET subject = 'Sousaphone' WHERE id = %(id)s", id=ticket.id)
        from deskwell.domains.inbox.service import reindex

        await reindex(session, ticket.id)
    assert await found(agent, "sousaphone") == ["Sousaphone"]
    assert await found(agent, "flugelhorn") == []


async def test_sorting_and_filters_work_with_words(make, agent):
    for priority in ("low", "urgent", "medium"):
        await make.ticket(subject=f"Didgeridoo {priority}", priority=Priority(priority))
    assert await found(agent, "didgeridoo", sort="priority") == [
        "Didgeridoo urgent",
        "Didgeridoo medium",
        "Didgeridoo low",
    ]
    assert await found(agent, "didgeridoo priority:urgent") == ["Didgeridoo urgent"]
    assert await found(agent, "didgeridoo", priority="low") == ["Didgeridoo low"]
    answer = (await agent.get("/admin/tickets?search=didgeridoo&page_size=2&page=2")).json()
    assert (len(answer["tickets"]), answer["pagination"]["total_count"]) == (1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "the",
        "-",
        '"',
        "' OR 1=1 --",
        ":*",
        "a:b:c",
        "!!! & | ( )",
        "-foo",
        "<->",
        "\\",
        "%_%",
        "#99999999999999999999",
        "é" * 900,
        "is:",
        "\x00",
        "ＡＢＣ",
        'tag:"',
        "before:x",
        "from:@",
        "😀",
    ],
)
async def test_odd_searches_are_answered(make, sign_in, agent, text):
    assert (await agent.get("/admin/tickets", params={"search": text})).status_code == 200
    customer = await sign_in(await make.customer())
    assert (await customer.get("/customer/tickets", params={"search": text})).status_code == 200
