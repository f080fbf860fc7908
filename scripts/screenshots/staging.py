"""What a demo desk has not had yet: mail in and out, mail kept aside, a closed ticket in the trash."""

from email.message import EmailMessage
from typing import Any

from playwright.async_api import APIRequestContext

ADDRESS = "hello@tarn-and-thistle.example"
# Its server does not exist, so that what is sent by it shows how a failing mail looks.
ACCOUNT = {
    "email": ADDRESS,
    "display_name": "Tarn & Thistle",
    "provider": "smtp",
    "smtp_host": "mail.tarn-and-thistle.example",
    "smtp_port": 587,
    "is_default": True,
}


async def stage(api: APIRequestContext, email: str, password: str) -> None:
    """Play a morning's mail to the desk; one that has an account already has had it."""
    signed_in = await (await api.post("/auth/login", data={"email": email, "password": password})).json()
    admin = {"Authorization": f"Bearer {signed_in['access_token']}"}
    await _edit_an_article(api, admin)
    health = await (await api.get("/admin/email/health", headers=admin)).json()
    if health["accounts"]:
        return
    made = await api.post("/admin/email-accounts", data=ACCOUNT, headers=admin)
    assert made.ok, await made.text()
    secret = health["webhook_secret"]
    for mail in (_asking(), _away()):
        await api.post(
            "/webhooks/email",
            data=mail.as_bytes(),
            headers={"Content-Type": "message/rfc822", "X-Webhook-Secret": secret},
        )
    offer = await api.post(
        "/webhooks/email",
        data=_offer().as_bytes(),
        headers={"Content-Type": "message/rfc822", "X-Webhook-Secret": secret},
    )
    unwanted: dict[str, Any] = await offer.json()
    ids = [unwanted["ticket_id"]]
    await api.post(
        "/admin/actions/run", data={"ticket_ids": ids, "actions": [{"type": "close"}]}, headers=admin
    )
    await api.post("/admin/tickets/delete", data={"ticket_ids": ids}, headers=admin)


async def _edit_an_article(api: APIRequestContext, admin: dict[str, str]) -> None:
    """The most read one, so that there are two versions to compare."""
    found = (await (await api.get("/admin/articles?status=published", headers=admin)).json())["articles"]
    best = max(found, key=lambda each: each.get("views", 0))
    if best["version"] > 1:
        return
    path = f"/admin/articles/{best['id']}"
    body = (await (await api.get(path, headers=admin)).json())["article"]["body"]
    told = (
        body.replace("at least", "no fewer than")
        + "\n\nStill stuck? The desk answers within the hour on working days."
    )
    await api.put(path, data={"body": told, "note": "Who answers when it still fails"}, headers=admin)


def _mail(sender: str, subject: str, text: str, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ADDRESS, subject
    mail["Message-ID"] = f"<{abs(hash(subject))}@postbox.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def _asking() -> EmailMessage:
    mail = _mail(
        "Isla Bennett <isla.bennett@postbox.example>",
        "One mug of two arrived broken",
        "Hello,\n\nthe second mug of order TT-46531 came in three pieces. Could you send another one?\n\nIsla",
    )
    mail.add_alternative(
        "<p>Hello,</p><p>the second mug of order <b>TT-46531</b> came in three pieces. "
        "Could you send another one?</p><p>Isla</p>",
        subtype="html",
    )
    return mail


def _away() -> EmailMessage:
    return _mail(
        "Grace Adeyemi <grace.adeyemi@postbox.example>",
        "Automatic reply: your order",
        "I am out of the office until Monday.",
        Auto_Submitted="auto-replied",
    )


def _offer() -> EmailMessage:
    return _mail("Offers <news@offers.example>", "Half price on everything", "Only today.")
