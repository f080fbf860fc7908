"""The matrix of roles: what each role's row says is what its routes do, and no writing route stands outside it."""

import pytest_asyncio

from deskwell.core.actor import PERMISSIONS, Role
from deskwell.core.ids import new_id
from deskwell.domains.accounts.models import CustomRole
from tests.security.test_authorisation_matrix import GHOST, Place, places, routes_of

__all__ = ["places"]
REPLY = {"message": "Hello"}
LATER = {"until": "2040-01-01T00:00:00Z"}
INSIDE = {
    "POST /admin/actions/preview": (
        "tickets.close",
        {"ticket_ids": ["{ticket}"], "actions": [{"type": "close"}]},
    ),
    "POST /admin/actions/run": (
        "tickets.close",
        {"ticket_ids": ["{ticket}"], "actions": [{"type": "close"}]},
    ),
    "POST /admin/tickets/delete": ("tickets.trash", {"ticket_ids": [GHOST]}),
    "POST /admin/tickets/restore": ("tickets.trash", {"ticket_ids": [GHOST]}),
    f"DELETE /admin/tickets/trash?ticket_ids={GHOST}": ("tickets.erase", None),
    "POST /admin/ticket/{ticket_id}/assign-admin": ("tickets.assign", {"admin_email": "nobody@example.org"}),
    "POST /admin/ticket/{ticket_id}/assign?agent_name=Nobody": ("tickets.assign", None),
    "POST /admin/ticket/{ticket_id}/unassign": ("tickets.assign", None),
    "POST /admin/ticket/{ticket_id}/give-to-ai": ("tickets.assign", None),
    "POST /admin/ticket/{ticket_id}/close": ("tickets.close", None),
    "POST /ticket/{ticket_id}/reopen": ("tickets.close", None),
    "POST /ticket/{ticket_id}/snooze": ("tickets.close", LATER),
    "POST /ticket/{ticket_id}/unsnooze": ("tickets.close", None),
    "POST /ticket/{ticket_id}/priority": ("tickets.edit", {"priority": "high"}),
    "PATCH /ticket/{ticket_id}": ("tickets.edit", {"subject": "Another"}),
    "POST /ticket/{ticket_id}/admin/reply": ("tickets.reply", REPLY),
    "POST /ticket/{ticket_id}/cc": ("tickets.reply", {"add": [{"email": "kim@example.org"}]}),
    "PUT /ticket/{ticket_id}/draft": ("tickets.reply", {"kind": "reply", "body": "Hello"}),
    "POST /ticket/{ticket_id}/watchers": ("tickets.note", {"add": [GHOST]}),
    "POST /ticket/{ticket_id}/merge": ("tickets.merge", {"into_ticket_id": GHOST}),
    "POST /ticket/{ticket_id}/unmerge": ("tickets.merge", None),
    "POST /ticket/{ticket_id}/split": ("tickets.merge", {"message_ids": [GHOST], "subject": "Part"}),
    "POST /ticket/{ticket_id}/split-off": ("tickets.merge", {"message_id": GHOST}),
    "POST /ticket/{ticket_id}/links": ("tickets.merge", {"ticket_id": GHOST}),
    f"DELETE /ticket/{{ticket_id}}/links/{GHOST}": ("tickets.merge", None),
    "POST /inbox/views": ("views.share", {"name": "Ours", "sharing": "everyone"}),
    f"PUT /admin/teams/{GHOST}/members/{GHOST}/availability": ("teams.manage", {"takes_tickets": False}),
}
"""Writing routes that decide inside, because it depends on what is asked: the permission, and what is sent."""
ONES_OWN = {
    "PATCH /auth/me",
    "PUT /auth/me/shortcuts",
    "POST /auth/totp/start",
    "POST /auth/totp/confirm",
    "POST /auth/totp/stop",
    "POST /auth/logout",
    "POST /auth/logout-all",
    "POST /auth/send-confirmation",
    "DELETE /auth/sessions/{session_id}",
    "POST /auth/password",
    "PUT /inbox/views/{view_id}",
    "DELETE /inbox/views/{view_id}",
    "POST /notifications/read",
    "PUT /notifications/preferences",
    "POST /files",
    "DELETE /attachment/{attachment_id}",
    "POST /ticket/{ticket_id}/attachments",
    "PUT /ticket/{ticket_id}/presence",
    "DELETE /ticket/{ticket_id}/draft",
    "POST /ticket/{ticket_id}/draft/send",
    "POST /ticket/{ticket_id}/draft/undo",
    "POST /admin/articles/preview",
    "POST /admin/email-templates/preview",
}
"""What is about oneself only, or changes nothing."""
CUSTOMERS = {
    "POST /ticket",
    "POST /ticket/{ticket_id}/reply",
    "POST /ticket/{ticket_id}/rate",
    "POST /ticket/{ticket_id}/escalate",
    "POST /ticket/{ticket_id}/close",
}
"""What customers do on their own tickets; keys act for them with `requester`."""


def permissions_of(dependant):
    for inner in dependant.dependencies:
        permission = getattr(inner.call, "permission", None)
        if permission is not None:
            yield str(permission)
        yield from permissions_of(inner)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def gated(app) -> list[tuple[Place, set[str]]]:
    """Routes that name the permission they need."""
    found = [
        (Place(method, route.path, frozenset()), set(permissions_of(route.dependant)))
        for route in routes_of(app.routes)
        for method in sorted(route.methods - {"HEAD", "OPTIONS"})
    ]
    return [(place, needed) for place, needed in found if needed]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agent_with(make, sign_in):
    """A client of an agent whose role holds exactly these permissions."""

    async def start(*permissions):
        name = f"Role {new_id().hex[-8:]}"
        role = await make.saved(CustomRole(id=new_id(), name=name, permissions=list(permissions)))
        return await sign_in(await make.user(role=Role.AGENT, role_id=role.id))

    return start


def test_every_writing_route_has_a_place_in_the_matrix(places, gated):
    """A new route has to name a permission, or be placed here by hand."""
    placed = {str(place) for place, _ in gated} | ONES_OWN | CUSTOMERS | {_plain(call) for call in INSIDE}
    outside = [
        str(place)
        for place in places
        if place.method != "GET"
        and not place.gates & {"anyone", "maybe_signed_in", "admin"}
        and str(place) not in placed
        and _plain(f"{place.method} {place.url(ticket_id='{ticket_id}')}") not in placed
    ]
    assert outside == []


def _plain(call: str) -> str:
    return call.split("?", maxsplit=1)[0]


async def test_a_role_may_what_its_row_says_and_nothing_else(admin_roles, agent_with, gated):
    """Each built-in role on every route that names a permission."""
    wrong = {}
    for name, held in admin_roles.items():
        client = await agent_with(*held)
        for place, needed in gated:
            body = None if place.method in {"GET", "DELETE"} else {}
            answer = await client.request(place.method, place.url(), json=body)
            is_refused = answer.status_code == 403
            if needed <= held and is_refused:
                wrong[f"{name} {place}"] = answer.text
            if not needed <= held and answer.status_code not in {403, 404}:
                wrong[f"{name} {place}"] = answer.status_code
    assert wrong == {}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin_roles(make, sign_in):
    admin = await sign_in(await make.admin())
    roles = (await admin.get("/admin/roles")).json()["roles"]
    return {
        role["name"]: set(role["permissions"]) for role in roles if role["name"] in {"Agent", "Light agent"}
    }


async def test_what_is_decided_inside_needs_its_permission_too(agent_with, make):
    reader = await agent_with("tickets.read")
    ticket = await make.ticket()
    wrong = {}
    for call, (permission, body) in INSIDE.items():
        method, _, path = call.partition(" ")
        url = path.replace("{ticket_id}", str(ticket.id))
        sent = None if body is None else _with_ticket(body, str(ticket.id))
        refused = await reader.request(method, url, json=sent)
        if refused.status_code != 403:
            wrong[f"without {permission}: {call}"] = (refused.status_code, refused.text[:200])
        allowed = await (await agent_with("tickets.read", permission)).request(method, url, json=sent)
        if allowed.status_code in {403, 422} or allowed.status_code >= 500:
            wrong[f"with {permission}: {call}"] = (allowed.status_code, allowed.text[:200])
    assert wrong == {}


def _with_ticket(body, ticket_id):
    if "ticket_ids" in body and body["ticket_ids"] == ["{ticket}"]:
        return {**body, "ticket_ids": [ticket_id]}
    return body


def test_every_permission_guards_something(gated):
    """A permission that stands in the matrix and guards nothing would promise what is not kept."""
    used = {key for _, needed in gated for key in needed} | {permission for permission, _ in INSIDE.values()}
    beside = {
        "tickets.read": "decides which tickets are seen at all",
        "macros.share": "decides whose macros may be changed",
        "time.manage": "decides whose entries may be changed",
        "audit.read": "reads the audit log and the activity of all tickets",
    }
    assert set(PERMISSIONS) - used - set(beside) == set()
