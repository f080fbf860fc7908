"""Keyboard shortcuts of one's own."""

import pytest

from deskwell.core.actor import Role


async def test_own_keys_are_kept_per_person(sign_in, make):
    ana, ben = [await sign_in(await make.user(role=Role.AGENT)) for _ in range(2)]
    keys = {"ticket.close": "shift+d", "list.next": "g j", "ticket.merge": ""}

    answer = await ana.put("/auth/me/shortcuts", json={"shortcuts": keys})

    assert answer.status_code == 200, answer.text
    assert (await ana.get("/auth/me")).json()["shortcuts"] == keys
    assert (await ben.get("/auth/me")).json()["shortcuts"] == {}
    await ana.put("/auth/me/shortcuts", json={"shortcuts": {"list.next": "n"}})
    assert (await ana.get("/auth/me")).json()["shortcuts"] == {"list.next": "n"}


@pytest.mark.parametrize(
    "shortcuts",
    [{"ticket.close": "a b c"}, {"ticket.close": "x" * 40}, {"no command": "a"}, {"ticket.close": 7}, "a"],
)
async def test_what_is_no_shortcut_is_refused(shortcuts, sign_in, make):
    agent = await sign_in(await make.user(role=Role.AGENT))
    answer = await agent.put("/auth/me/shortcuts", json={"shortcuts": shortcuts})
    assert answer.status_code in {400, 422}, answer.text
    assert (await agent.get("/auth/me")).json()["shortcuts"] == {}


async def test_too_many_shortcuts_are_refused(sign_in, make):
    agent = await sign_in(await make.user(role=Role.AGENT))
    many = {f"c.{n}": "a" for n in range(201)}
    assert (await agent.put("/auth/me/shortcuts", json={"shortcuts": many})).status_code in {400, 422}
