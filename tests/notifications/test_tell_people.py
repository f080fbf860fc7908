from sqlalchemy import select

from deskwell.core.db import one
from deskwell.core.ids import new_id
from deskwell.domains.email.models import EmailAccount, EmailMessage, Provider
from deskwell.domains.notifications.events import MailNotification
from deskwell.domains.notifications.jobs import mail_notification


async def notifications_of(sign_in, user):
    return (await (await sign_in(user)).get("/notifications")).json()


async def test_people_hear_of_what_concerns_them(sign_in, make):
    ana, ben = await make.agent(name="Ana"), await make.agent(name="Ben")
    kim = await make.customer(name="Kim")
    ticket = await make.ticket(customer=kim, subject="Fire")
    assign = {"admin_email": ben.email}
    await (await sign_in(ana)).post(f"/admin/ticket/{ticket.id}/assign-admin", json=assign)
    note = {"message": "@Ben please look", "is_internal": True}
    await (await sign_in(ana)).post(f"/ticket/{ticket.id}/admin/reply", json=note)
    await (await sign_in(kim)).post(f"/ticket/{ticket.id}/reply", json={"message": "Any news?"})

    heard = await notifications_of(sign_in, ben)
    assert [n["kind"] for n in heard["notifications"]] == ["customer_replied", "mentioned", "assigned"]
    assert heard["notifications"][1]["text"] == f"Ana mentioned you on #{ticket.number} Fire"
    assert heard["unread_count"] == 3
    assert (await notifications_of(sign_in, ana))["notifications"] == []
    assert (await (await sign_in(kim)).get("/notifications")).status_code == 403

    client = await sign_in(ben)
    one = heard["notifications"][0]["id"]
    assert (await client.post("/notifications/read", json={"ids": [one]})).json() == {"unread_count": 2}
    assert (await client.post("/notifications/read", json={"all": True})).json() == {"unread_count": 0}
    back = {"ids": [one], "is_read": False}
    assert (await client.post("/notifications/read", json=back)).json() == {"unread_count": 1}


async def test_each_person_chooses_what_to_hear_of(sign_in, make):
    ana, ben = await make.agent(), await make.agent()
    client = await sign_in(ben)
    wish = {"preferences": [{"kind": "assigned", "in_app": False, "by_mail": False}]}
    saved = (await client.put("/notifications/preferences", json=wish)).json()["preferences"]
    assert next(p for p in saved if p["kind"] == "assigned")["in_app"] is False
    ticket = await make.ticket()
    assign = {"admin_email": ben.email}
    await (await sign_in(ana)).post(f"/admin/ticket/{ticket.id}/assign-admin", json=assign)
    assert (await notifications_of(sign_in, ben))["unread_count"] == 0


async def test_a_restricted_teams_ticket_is_not_told_to_others(sign_in, make):
    ana, ben = await make.agent(name="Ina"), await make.agent(name="Udo Fremd")
    team, ticket = await make.team(ana, is_restricted=True), await make.ticket()
    await make.put_in_team(ticket, team)
    note = {"message": "@Udo Fremd look at this", "is_internal": True}
    assert (await (await sign_in(ana)).post(f"/ticket/{ticket.id}/admin/reply", json=note)).status_code == 200
    assert (await notifications_of(sign_in, ben))["notifications"] == []


async def test_a_mention_is_mailed_once_with_a_link_and_without_the_text(sign_in, make, context):
    account = {"email": "desk@example.net", "provider": Provider.SMTP, "smtp_host": "mail.example.net"}
    await make.saved(EmailAccount(id=new_id(), **account))
    ina, uma = await make.agent(name="Ina Mail"), await make.agent(name="Uma Mail")
    ticket = await make.ticket(subject="Letter")
    note = {"message": f"@[Uma Mail]({uma.id}) the secret word is xyzzy", "is_internal": True}
    await (await sign_in(ina)).post(f"/ticket/{ticket.id}/admin/reply", json=note)

    async with context.transaction() as session:
        waiting = await one(session, "SELECT id FROM notifications WHERE user_id = %(user)s", user=uma.id)
    for _ in range(2):
        await mail_notification(context, MailNotification(waiting["id"]))
    async with context.transaction() as session:
        query = select(EmailMessage).where(EmailMessage.to_email.contains([uma.email]))
        (mail,) = (await session.scalars(query)).all()
    assert mail.subject == f"Ina Mail mentioned you on #{ticket.number} Letter"
    assert f"/app/tickets/{ticket.id}" in mail.body_text
    assert "xyzzy" not in mail.body_text
