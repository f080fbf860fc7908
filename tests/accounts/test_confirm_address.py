"""Who registers with an address sees what comes by mail from it only once they have shown that it is theirs."""

import re

from tests.conftest import client_of
from tests.email.conftest import Sink, account, admin, hand_in, settings, sink
from tests.email.corpus.building import mail
from tests.factories import PASSWORD

__all__ = ["account", "admin", "hand_in", "settings", "sink"]  # fixtures of the neighbours
SECRET = "The code of my safe is 4711."


async def register(app, client, email):
    answer = await client.post(
        "/auth/register", json={"email": email, "name": "Mallory", "password": PASSWORD}
    )
    assert answer.status_code == 200, answer.text
    return client_of(app, Authorization=f"Bearer {answer.json()['access_token']}")


def written(subject, name, **values):
    return mail(
        SECRET, From="victim@example.org", Subject=subject, Message_ID=f"<{name}@example.org>", **values
    )


async def ask(customer, subject, text="Is this mine?"):
    body = {"context": "Shop", "subject": subject, "message": text}
    return await customer.post("/ticket", json=body, headers={"Prefer": "respond-async"})


async def shown(customer):
    return [each["subject"] for each in (await customer.get("/customer/tickets")).json()["tickets"]]


async def test_who_registered_with_anothers_address_sees_nothing_of_their_mail(
    app, client, admin, account, hand_in, sink: Sink, run_jobs, context
):
    async with await register(app, client, "victim@example.org") as impostor:
        assert (await impostor.get("/auth/me")).json()["is_confirmed"] is False
        own = (await ask(impostor, "My own question")).json()["ticket_id"]
        mailed = (await hand_in(written("My safe", "safe")))["ticket_id"]
        phoned = await admin.post(
            "/ticket",
            json={
                "context": "Shop",
                "subject": "Called us",
                "message": SECRET,
                "source": "phone",
                "requester": {"email": "victim@example.org"},
            },
            headers={"Prefer": "respond-async"},
        )
        assert await shown(impostor) == ["My own question"]
        assert (await impostor.get("/customer/tickets", params={"search": "safe"})).json()["tickets"] == []
        stats = (await impostor.get("/stats")).json()
        assert (stats["total_tickets"], len(stats["sample_summary"])) == (1, 1)
        for hidden in (mailed, phoned.json()["ticket_id"]):
            for call in ("", "/attachments", "/emails", "/sla-status"):
                assert (await impostor.get(f"/ticket/{hidden}{call}")).status_code == 404, call
            said = await impostor.post(f"/ticket/{hidden}/reply", json={"message": "What was it again?"})
            assert said.status_code == 404
            assert (await impostor.post(f"/ticket/{hidden}/escalate", json={})).status_code == 404
        # A message on the same matter does not lead into the hidden ticket either.
        context_name = (await admin.get(f"/ticket/{mailed}")).json()["ticket"]["context"]
        body = {"context": context_name, "subject": "My safe", "message": "What was the code of my safe?"}
        again = await impostor.post("/ticket", json=body, headers={"Prefer": "respond-async"})
        assert again.json()["ticket_id"] != mailed

        # The owner's answer to a mail about the impostor's ticket stays theirs as well.
        assert (await admin.post(f"/ticket/{own}/admin/reply", json={"message": "Yes?"})).status_code == 200
        await run_jobs()
        sent = sink.to("victim@example.org")[-1]
        answered = await hand_in(written("Re: My own question", "who", In_Reply_To=sent["message-id"]))
        assert answered["ticket_id"] == own
        assert (await impostor.get(f"/ticket/{own}")).status_code == 404


async def test_a_confirmed_address_shows_everything(app, client, account, hand_in, sink: Sink, run_jobs):
    async with await register(app, client, "kim@example.org") as kim:
        ticket = await hand_in(
            mail("Hello", From="kim@example.org", Message_ID="<k1@example.org>", Subject="By mail")
        )
        await run_jobs()
        sink.mails.clear()
        assert (await kim.post("/auth/send-confirmation")).status_code == 200
        await run_jobs()
        (told,) = sink.to("kim@example.org")
        link = re.search(r"/confirm-email\?token=(\S+)&of=account", told.get_body(("plain",)).get_content())
        assert link
        assert await shown(kim) == []
        assert (await client.post("/auth/confirm-account", json={"token": "wrong" * 8})).status_code == 400
        assert (await client.post("/auth/confirm-account", json={"token": link[1]})).status_code == 200
        assert (await client.post("/auth/confirm-account", json={"token": link[1]})).status_code == 400
        assert await shown(kim) == ["By mail"]
        assert (await kim.get(f"/ticket/{ticket['ticket_id']}")).status_code == 200
        assert (await kim.get("/auth/me")).json()["is_confirmed"] is True
        sink.mails.clear()
        assert (await kim.post("/auth/send-confirmation")).status_code == 200
        await run_jobs()
        assert sink.mails == []  # there is nothing left to confirm


async def test_a_ticket_made_over_to_an_unconfirmed_account_is_not_shown(app, client, make, admin):
    async with await register(app, client, "heir@example.org") as heir:
        ticket = await make.ticket(subject="Of somebody else")
        changed = await admin.patch(f"/ticket/{ticket.id}", json={"requester": {"email": "heir@example.org"}})
        assert changed.status_code == 200, changed.text
        assert await shown(heir) == []
        assert (await heir.get(f"/ticket/{ticket.id}")).status_code == 404
