"""A role changed on screen holds from that moment on: for routes, lists, search, export and the live stream."""

import asyncio
import contextlib
from dataclasses import replace
from types import SimpleNamespace

from deskwell.core.security import read_token
from deskwell.domains.live.routes import stream
from tests.conftest import client_of
from tests.factories import actor_of


async def test_a_changed_role_holds_at_once_everywhere(app, context, make, sign_in):
    admin = await sign_in(await make.admin())
    role = {
        "name": "Lookers",
        "description": "",
        "permissions": ["tickets.read", "reports.read", "audit.read"],
    }
    saved = (await admin.post("/admin/roles", json=role)).json()["role"]
    person = await make.agent(role_id=saved["id"])
    token = await make.token(person)
    ticket = await make.ticket(subject="Xylophone lessons", body="Xylophone")
    heard = []

    async def listen():
        actor = replace(
            actor_of(person),
            session_id=read_token(context.settings, token),
            permissions=frozenset(role["permissions"]),
        )
        response = await stream(SimpleNamespace(app=app), context, actor)
        async for line in response.body_iterator:
            heard.append(line)  # noqa: PERF401 - what was said so far is wanted

    async def until(word):
        for _ in range(200):
            if any(word in line for line in heard):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{word} was never heard: {heard}")

    async def set_permissions(*permissions):
        changed = await admin.put(
            f"/admin/roles/{saved['id']}", json={**role, "permissions": list(permissions)}
        )
        assert changed.status_code == 200, changed.text
        await until("role.changed")
        heard.clear()

    async def what_it_may(client):
        found = await client.get("/admin/tickets", params={"search": "xylophone"})
        csv = await client.get("/admin/activity/export")
        return {
            "route": (await client.get(f"/ticket/{ticket.id}")).status_code,
            "search": len(found.json()["tickets"]) if found.status_code == 200 else found.status_code,
            "export": csv.status_code if csv.status_code != 200 else "ticket.opened" in csv.text,
            "reports": (await client.get("/reports/overview")).status_code,
            "edit": (
                await client.post(f"/ticket/{ticket.id}/priority", json={"priority": "high"})
            ).status_code,
        }

    task = asyncio.create_task(listen())
    async with client_of(app, Authorization=f"Bearer {token}") as client:
        assert await what_it_may(client) == {
            "route": 200, "search": 1, "export": True, "reports": 200, "edit": 403
        }  # fmt: skip
        await admin.post(f"/ticket/{ticket.id}/tags", json={"tag_ids": []})
        await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "low"})
        await until("ticket.priority_changed")

        await set_permissions("time.log")
        assert await what_it_may(client) == {
            "route": 404, "search": 0, "export": 403, "reports": 403, "edit": 404
        }  # fmt: skip
        await admin.post(f"/ticket/{ticket.id}/priority", json={"priority": "urgent"})
        await set_permissions("tickets.read", "tickets.edit")
        assert str(ticket.id) not in "".join(heard), "nothing of a ticket that may not be seen"
        after = await what_it_may(client)
        assert (after["route"], after["search"], after["edit"]) == (200, 1, 200)
        await until("ticket.priority_changed")

        heard.clear()
        await admin.post(f"/admin/users/{person.id}/deactivate")
        await until("signed_out")
        assert (await client.get("/auth/me")).status_code == 401
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
