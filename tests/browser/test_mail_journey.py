"""An agent's answer leaves as a mail, and the customer's answer to that mail comes back into the thread, live."""

import asyncio
from email.message import EmailMessage

from playwright.async_api import expect

from tests.email.conftest import Sink

from .conftest import WEBHOOK_SECRET, Desk, Open

QUESTION = "Could I please speak with a person about a sponsorship?"
ANSWER = "Gladly, which event is it about?"


async def _mail_with(sink: Sink, address: str, text: str) -> EmailMessage:
    """Wait for the mail to this address that holds the text."""
    for _ in range(600):
        for mail in sink.to(address):
            body = mail.get_body(("plain", "html"))
            if body and text in body.get_content():
                return mail
        await asyncio.sleep(0.1)
    raise AssertionError(f"no mail with {text!r}; there are {[m['subject'] for m in sink.to(address)]}")


async def test_an_answer_goes_out_by_mail_and_its_answer_comes_back_live(open_page: Open, desk: Desk):
    sink = Sink()
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        account = {
            "email": "help@desk.example",
            "provider": "smtp",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
        }
        await asyncio.to_thread(desk.as_owner, "/admin/email-accounts", account)
        customer, agent = desk.customer("Paula Post"), desk.agent("Arno Agent")
        ticket = await asyncio.to_thread(desk.ticket, customer, "Sponsorship", QUESTION, "Events")

        page = await open_page(f"/app/inbox/all/{ticket}", as_=agent)
        log = page.get_by_role("log")
        await expect(log.get_by_text(QUESTION).first).to_be_visible()
        await page.keyboard.press("r")
        await page.keyboard.type(ANSWER)
        await page.keyboard.press("Control+Enter")
        await expect(log.get_by_text(ANSWER).first).to_be_visible(timeout=40_000)
        mail = await _mail_with(sink, customer["email"], ANSWER)
        assert mail["message-id"]

        reply = EmailMessage()
        reply["From"], reply["To"] = customer["email"], "help@desk.example"
        reply["Subject"], reply["Message-ID"] = f"Re: {mail['subject']}", "<paula-1@customers.example>"
        reply["In-Reply-To"] = reply["References"] = mail["message-id"]
        reply.set_content("It is the harbour festival in June.\n\nOn Monday the desk wrote:\n> Gladly")
        answer = await page.request.post(
            "/webhooks/email",
            data=reply.as_bytes(),
            headers={"Content-Type": "message/rfc822", "X-Webhook-Secret": WEBHOOK_SECRET},
        )
        assert answer.ok, await answer.text()
        await expect(log.get_by_text("It is the harbour festival in June.").first).to_be_visible(
            timeout=40_000
        )
        thread = await asyncio.to_thread(desk.call, f"/ticket/{ticket}", token=agent["token"])
        assert sum("harbour festival" in message["message"] for message in thread["messages"]) == 1
