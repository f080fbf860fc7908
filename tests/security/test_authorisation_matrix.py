"""Who may call what: every route × stranger, customer, agent without permissions × foreign and ghost objects.

The matrix is made from the routes themselves, so that a new route is in it at once (class 4 and 5: IDOR; class 37:
the live channel). A stranger's object answers exactly like one that does not exist.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from deskwell.core.actor import Role
from deskwell.core.ids import new_id
from deskwell.domains.accounts.models import CustomRole
from tests.conftest import client_of

GHOST = "00000000-0000-7000-8000-000000000000"
OPEN = {"anyone", "maybe_signed_in"}
STAFF_ONLY = {"staff", "admin", "staff_ticket", "permitted"}


@dataclass(frozen=True)
class Place:
    """One route, and which dependencies say who may call it."""

    method: str
    path: str
    gates: frozenset[str]

    def url(self, **values: str) -> str:
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda match: values.get(match[1], GHOST), self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def gates_of(dependant: Dependant) -> Iterator[str]:
    for inner in dependant.dependencies:
        if getattr(inner.call, "states_permission", False):
            yield inner.call.__name__
        yield from gates_of(inner)


def routes_of(routes: object) -> Iterator[APIRoute]:
    for route in routes:  # type: ignore[attr-defined]
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from routes_of(route.original_router.routes)
        elif hasattr(route, "routes") and route.routes:
            yield from routes_of(route.routes)


@pytest.fixture(scope="module")
def places(app) -> list[Place]:
    found = [
        Place(method, route.path, frozenset(gates_of(route.dependant)))
        for route in routes_of(app.routes)
        for method in sorted(route.methods - {"HEAD", "OPTIONS"})
    ]
    assert len(found) > 200, len(found)
    assert all(place.gates for place in found), [str(place) for place in found if not place.gates]
    return found


def is_open(place: Place) -> bool:
    return bool(place.gates & OPEN) and not place.gates & (
        STAFF_ONLY | {"signed_in", "customer", "visible_ticket"}
    )


async def call(client, place: Place, **values: str):
    body = None if place.method in {"GET", "DELETE"} else {}
    return await client.request(place.method, place.url(**values), json=body)


async def test_a_stranger_is_asked_to_sign_in_everywhere_but_at_the_open_doors(client, places):
    wrong = {}
    for place in places:
        if not is_open(place):
            status = (await call(client, place)).status_code
            if status != 401:
                wrong[str(place)] = status
    assert wrong == {}


async def test_the_open_doors_are_these(places):
    """A new open route has to be added here by hand."""
    doors = {place.path for place in places if is_open(place)}
    unexpected = {
        path
        for path in doors
        if not path.startswith(
            ("/auth/", "/help", "/app", "/portal", "/webhooks/", "/docs", "/sign-", "/reset", "/setup")
        )
        and path not in OTHER_DOORS
        and "{rest" not in path
    }
    assert unexpected == set()


OTHER_DOORS = {
    "/",
    "/contexts/{context_id}/logo/{file_id}",
    "/errors",
    "/favicon.ico",
    "/gallery",
    "/health",
    "/invitation",
    "/confirm-email",
    "/metrics",
    "/ready",
    "/robots.txt",
    "/sitemap.xml",
}


async def test_a_customer_gets_nothing_of_the_staffs(sign_in, make, places):
    customer = await sign_in(await make.customer())
    wrong = {}
    for place in places:
        if place.gates & STAFF_ONLY:
            status = (await call(customer, place)).status_code
            if status not in {403, 404}:
                wrong[str(place)] = status
    assert wrong == {}


async def test_an_agent_without_permissions_gets_nothing_that_needs_one(sign_in, make, context, places):
    empty = await make.saved(CustomRole(id=new_id(), name=f"Nothing {new_id().hex[-6:]}", permissions=[]))
    agent = await sign_in(await make.user(role=Role.AGENT, role_id=empty.id))
    wrong = {}
    for place in places:
        if place.path.startswith("/auth/") or place.path == "/live":
            continue  # signing out would end the matter; the stream has no end
        answer = await call(agent, place)
        if place.gates & {"permitted", "admin"} and answer.status_code not in {403, 404}:
            wrong[str(place)] = answer.status_code
        assert answer.status_code < 500 or place.path == "/ready", (str(place), answer.text)
    assert wrong == {}


async def test_a_foreign_ticket_answers_like_one_that_does_not_exist(sign_in, make, places):
    ticket = await make.ticket()
    stranger = await sign_in(await make.customer())
    outsider = await sign_in(await make.agent())
    team = await make.team(is_restricted=True)
    hidden = await make.ticket()
    async with make.context.transaction() as session:
        locked = await session.get(type(hidden), hidden.id)
        locked.team_id = team.id
    wrong = {}
    for place in places:
        if "{ticket_id}" not in place.path:
            continue
        for who, foreign_id in ((stranger, ticket.id), (outsider, hidden.id)):
            foreign = await call(who, place, ticket_id=str(foreign_id))
            ghost = await call(who, place, ticket_id=GHOST)
            if _plain(foreign) != _plain(ghost) or foreign.status_code < 400:
                wrong[str(place)] = (_plain(foreign), _plain(ghost))
    assert wrong == {}


def _plain(answer) -> tuple[int, str]:
    text = re.sub(r'"request_id":"[^"]*"', "", answer.text)
    return answer.status_code, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text)


async def test_nobody_reaches_staff_routes_with_a_customers_cookie_from_another_site(app, make):
    admin = await make.admin()
    token = await make.token(admin)
    async with client_of(app, Cookie=f"deskwell_session={token}", Origin="https://evil.example") as evil:
        answer = await evil.post("/admin/contexts", json={"name": "Evil"})
    assert answer.status_code == 401
