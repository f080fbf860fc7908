"""Accounts: nobody becomes more than they are, tokens cannot be forged, guessed or reused (classes 12-17, 32)."""

import asyncio
import inspect
from datetime import timedelta

import jwt
import pydantic
import pyotp
import pytest

import deskwell.app.api  # noqa: F401 - loads every schema
from deskwell.core import clock
from deskwell.core.clock import now
from deskwell.core.db import rows
from deskwell.core.ids import new_id
from deskwell.core.security import sign_token
from deskwell.domains.accounts.models import TokenKind
from deskwell.domains.accounts.service import make_token
from tests.conftest import client_of, test_settings
from tests.factories import PASSWORD

POWERS = {
    "role",
    "permissions",
    "role_id",
    "is_admin",
    "is_active",
    "email_verified_at",
    "password_hash",
    "team_ids",
}
# Who may set these is asked by the route: each is an administrator's own screen.
ROUTED = {
    "InviteUser",
    "ChangeRole",
    "RoleWrite",
    "KeyWrite",
    "UserWrite",
    "Invite",
    "PersonInvite",
    "SetRole",
}


def input_models() -> set[type[pydantic.BaseModel]]:
    found = set()
    for module in list(__import__("sys").modules.values()):
        if getattr(module, "__name__", "").startswith("deskwell.domains."):
            for _, member in inspect.getmembers(module, inspect.isclass):
                if issubclass(member, pydantic.BaseModel) and member.__module__ == module.__name__:
                    found.add(member)
    return found


def test_class_12_no_model_that_a_customer_fills_in_has_a_power_among_its_fields(app):
    from tests.security.test_authorisation_matrix import STAFF_ONLY, gates_of, routes_of

    wrong, seen = [], 0
    for route in routes_of(app.routes):
        if route.body_field is None or set(gates_of(route.dependant)) & STAFF_ONLY:
            continue
        for model in [field.field_info.annotation for field in route.dependant.body_params]:
            if inspect.isclass(model) and issubclass(model, pydantic.BaseModel):
                seen += 1
                if POWERS & set(model.model_fields):
                    wrong.append((route.path, model.__name__))
    assert seen > 15
    assert wrong == []


async def test_class_12_unknown_fields_give_no_power(client, sign_in, make):
    more = {"role": "admin", "permissions": ["users.manage"], "is_active": True, "id": str(new_id())}
    person = {"email": "mass@example.org", "password": "secret", "name": "Mass"}
    made = await client.post("/auth/register", json={**person, **more})
    assert made.json()["user"]["role"] == "customer"
    agent = await sign_in(await make.agent())
    changed = await agent.patch("/auth/me", json={"name": "Me", **more})
    assert changed.status_code == 422
    assert (await agent.get("/auth/me")).json()["role"] == "agent"


@pytest.mark.parametrize(
    "trick", ["none", "NONE", "HS512", "jwk", "kid", "crit", "other audience", "eternal", "empty"]
)
async def test_class_13_tokens_in_disguise_are_nobody(trick, client, make, context):
    user = await make.customer()
    token = await make.token(user)
    key = context.settings.key_bytes()
    claims = jwt.decode(token, key, ["HS256"], audience="deskwell")
    forged = {
        "none": jwt.encode(claims, None, "none"),
        "NONE": jwt.encode(claims, None, "none").replace("eyJhbGciOiJub25lIiw", "eyJhbGciOiJOT05FIiw"),
        "HS512": jwt.encode(claims, key, "HS512"),
        "jwk": jwt.encode(claims, "k" * 40, "HS256", headers={"jwk": {"kty": "oct", "k": "a2tr"}}),
        "kid": jwt.encode(claims, "x" * 40, "HS256", headers={"kid": "../../dev/null"}),
        "crit": jwt.encode(claims, key, "HS256", headers={"crit": ["unknown"], "unknown": 1}),
        "other audience": jwt.encode({**claims, "aud": "elsewhere"}, key, "HS256"),
        "eternal": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, key, "HS256"),
        "empty": "",
    }[trick]
    client.cookies.clear()
    answer = await client.get("/auth/me", headers={"Authorization": f"Bearer {forged}"})
    assert answer.status_code == 401
    assert (await client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})).status_code == 200


async def test_class_13_a_token_of_a_session_that_is_not_there_is_nobody(client, context):
    token = sign_token(context.settings, new_id(), new_id(), now() + timedelta(hours=1))
    assert (await client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})).status_code == 401


async def test_class_14_links_are_random_hashed_used_once_and_end(client, make, context):
    user = await make.customer()
    async with context.transaction() as session:
        secret = await make_token(session, TokenKind.RESET, user.id)
        stored = await rows(session, "SELECT * FROM one_time_tokens WHERE user_id = %(u)s", u=user.id)
    assert len(secret) >= 43, "256 bits"
    assert secret not in str(stored)
    body = {"token": secret, "password": "a quite new one"}
    for wrong in ("", " ", secret[:-1], secret.swapcase(), stored[0]["digest"]):
        assert (await client.post("/auth/reset", json={**body, "token": wrong})).status_code in {400, 422}
    with clock.shifted(timedelta(minutes=61)):
        assert (await client.post("/auth/reset", json=body)).json()["code"] == "link_expired"

    async def use():
        return (await client.post("/auth/reset", json=body)).status_code

    assert sorted(await asyncio.gather(use(), use(), use())) == [200, 400, 400]


async def test_class_14_an_invitation_is_no_reset(client, make, context):
    user = await make.agent()
    async with context.transaction() as session:
        secret = await make_token(session, TokenKind.INVITATION, user.id)
    answer = await client.post("/auth/reset", json={"token": secret, "password": "a quite new one"})
    assert answer.json()["code"] == "link_expired"


async def test_class_15_links_in_mails_never_follow_the_host_header(app, make, context, run_jobs, client):
    user = await make.customer()
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    async with client_of(app, **forged) as poisoned:
        assert (await poisoned.post("/auth/reset-request", json={"email": user.email})).status_code == 200
    await run_jobs()
    async with context.transaction() as session:
        mails = await rows(session, "SELECT * FROM outbox ORDER BY created_at DESC LIMIT 5")
        emails = await rows(session, "SELECT body_text, body_html FROM email_messages")
    assert "evil.example" not in str(mails) + str(emails)


async def test_class_16_known_and_unknown_accounts_answer_alike(client, make):
    known = await make.customer()
    answers = {}
    for name, email in (("known", known.email), ("ghost", f"ghost-{new_id().hex}@example.org")):
        login = await client.post("/auth/login", json={"email": email, "password": "wrong"})
        reset = await client.post("/auth/reset-request", json={"email": email})
        answers[name] = [
            (a.status_code, {k: v for k, v in a.json().items() if k != "request_id"}) for a in (login, reset)
        ]
    assert answers["known"] == answers["ghost"]


async def test_class_16_a_hash_is_computed_for_unknown_accounts_too(context, make, monkeypatch):
    from deskwell.core import security

    computed = []
    real = security._hasher("bcrypt", context.settings.bcrypt_cost)

    class Counting:
        def verify_and_update(self, password, hashed):
            computed.append(hashed[:7])
            return real.verify_and_update(password, hashed)

        def hash(self, password):
            return real.hash(password)

    monkeypatch.setattr(security, "_hasher", lambda *_: Counting())
    from deskwell.domains.accounts import service
    from deskwell.domains.accounts.errors import WrongCredentials

    known = await make.customer()
    for email in (known.email, "nobody@example.org"):
        async with context.transaction() as session:
            with pytest.raises(WrongCredentials):
                await service.authenticate(session, context.settings, email=email, password="wrong")
    assert len(computed) == 2
    assert computed[0] == computed[1], "the same work factor"


async def test_class_17_headers_of_a_proxy_are_believed_from_listed_proxies_only(app, make):
    admin = await make.admin()
    claims = {
        "X-Remote-User": admin.email, "Remote-User": admin.email, "X-Forwarded-User": admin.email,
        "X-Auth-Request-Email": admin.email, "X-Admin-Token": "x", "X-Original-URL": "/admin/users",
        "X-Rewrite-URL": "/admin/users", "X-HTTP-Method-Override": "DELETE",
    }  # fmt: skip
    async with client_of(app, **claims) as stranger:
        assert (await stranger.get("/admin/users")).status_code == 401
    from starlette.requests import Request

    from deskwell.core.http import client_address

    def address(peer, forwarded, **settings):
        scope = {
            "type": "http",
            "client": (peer, 1),
            "app": app,
            "headers": [(b"x-forwarded-for", forwarded.encode())],
        }
        real = app.state.context.settings
        app.state.context.settings = test_settings("", **settings)
        try:
            return client_address(Request(scope))
        finally:
            app.state.context.settings = real

    assert address("203.0.113.9", "1.2.3.4") == "203.0.113.9"
    assert address("10.0.0.1", "evil, 1.2.3.4", trusted_proxies=["10.0.0.0/8"]) == "1.2.3.4"
    assert address("10.0.0.1", "1.2.3.4, 10.0.0.2", trusted_proxies=["10.0.0.0/8"]) == "1.2.3.4"
    assert len(address("10.0.0.1", "<script>" * 50, trusted_proxies=["10.0.0.1"])) <= 64


async def test_class_32_secrets_are_sealed_written_only_and_in_no_answer_log_or_error(
    client, sign_in, make, context, capfd
):
    canary = f"CANARY-{new_id().hex}"
    admin = await sign_in(await make.admin())
    account = {
        "email": "sealed@desk.example", "provider": "smtp", "smtp_host": "mail.example.org", "smtp_port": 587,
        "smtp_username": "u", "smtp_password": canary,
    }  # fmt: skip
    saved = await admin.post("/admin/email-accounts", json=account)
    assert saved.status_code == 200, saved.text
    model = {"base_url": "https://models.example.org/v1", "model": "m", "api_key": canary}
    assert (await admin.put("/admin/ai/settings", json=model)).status_code == 200
    answers = [saved.text]
    for path in (
        "/admin/email-accounts",
        "/admin/ai/settings",
        "/admin/audit",
        "/admin/audit/export",
        "/admin/activity/export",
        "/admin/errors",
        "/ready",
        "/admin/email/health",
    ):
        answers += [(await admin.get(path)).text]
    async with context.transaction() as session:
        tables = [
            r["table_name"]
            for r in await rows(
                session, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'deskwell'"
            )
        ]
        for table in tables:
            answers += [str(await rows(session, f"SELECT to_jsonb(t)::text AS x FROM {table} t"))]
    answers.append(capfd.readouterr().out + capfd.readouterr().err)
    assert all(canary not in answer for answer in answers)
    await admin.put("/admin/ai/settings", json={"base_url": None, "model": None, "api_key": ""})


async def test_class_32_another_host_wants_the_secret_again(sign_in, make):
    admin = await sign_in(await make.admin())
    body = {"base_url": "https://models.example.org/v1", "model": "m", "api_key": "k-secret"}
    assert (await admin.put("/admin/ai/settings", json=body)).status_code == 200
    moved = await admin.put("/admin/ai/settings", json={"base_url": "https://evil.example/v1"})
    read = (await admin.get("/admin/ai/settings")).json()
    assert moved.status_code == 400 or read["has_api_key"] is False, "the key must not go to a new host"
    await admin.put("/admin/ai/settings", json={"base_url": None, "model": None, "api_key": ""})


async def test_class_16_a_code_is_guessed_ten_times_at_most(client, sign_in, make):
    agent = await make.agent()
    staff = await sign_in(agent)
    secret = (await staff.post("/auth/totp/start")).json()["secret"]
    await staff.post("/auth/totp/confirm", json={"code": pyotp.TOTP(secret).now()})
    statuses = []
    for index in range(12):
        wrong = {"email": agent.email, "password": PASSWORD, "code": "000000"}
        statuses.append((await client.post("/auth/login", json=wrong)).status_code)
        del index
    assert statuses.count(401) == 10
    assert statuses[-1] == 429
