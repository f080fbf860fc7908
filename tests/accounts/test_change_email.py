"""A new address counts once the link that was mailed to it was followed."""

import re
from pathlib import Path

from tests.email.conftest import Sink, account, admin, settings, sink
from tests.factories import PASSWORD

__all__ = ["account", "admin", "settings", "sink"]  # fixtures of the neighbours
PAGES = Path(__file__).parents[2] / "web/src/app/routes.tsx"


async def test_a_new_address_is_confirmed_by_mail(client, make, sign_in, account, sink: Sink, run_jobs):
    kim = await make.customer(email="kim@old.example")
    customer = await sign_in(kim)
    wish = {"email": "Kim@New.example", "current_password": PASSWORD}
    refused = await customer.patch("/auth/me", json={**wish, "current_password": "wrong"})
    assert refused.status_code in {400, 401, 403}
    assert (await customer.patch("/auth/me", json=wish)).json()["email"] == "kim@old.example"
    await run_jobs()
    (mail,) = sink.to("kim@new.example")
    assert not sink.to("kim@old.example")
    page, token = re.search(r"/([a-z-]+)\?token=(\S+)", mail.get_body(("plain",)).get_content()).groups()
    assert f"path: '{page}'" in PAGES.read_text(), "the link must lead to a page there is"

    confirmed = await client.post("/auth/confirm-email", json={"token": token})
    assert confirmed.status_code == 200, confirmed.text
    assert (await customer.get("/auth/me")).json()["email"] == "kim@new.example"
    await run_jobs()
    (told,) = sink.to("kim@old.example")
    assert "was changed" in told["subject"]
    again = await client.post("/auth/confirm-email", json={"token": token})
    assert again.status_code == 400
    credentials = {"email": "kim@new.example", "password": PASSWORD}
    assert (await client.post("/auth/login", json=credentials)).status_code == 200


async def test_an_address_somebody_has_cannot_be_taken(make, sign_in, account):
    taken = await make.customer()
    customer = await sign_in(await make.customer())
    wish = {"email": taken.email, "current_password": PASSWORD}
    assert (await customer.patch("/auth/me", json=wish)).status_code in {400, 409}
