"""Each route with a ticket in its path, for each kind of stranger: a foreign ticket answers like one that is not there."""

import re

from fastapi.routing import APIRoute, iter_route_contexts

GHOST = "019ab000-0000-7000-8000-00000000dead"
OTHER_IDS = "019ab000-0000-7000-8000-00000000beef"
CANARY = "canary-note-4f1d"


def ticket_routes(app):
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and "{ticket_id}" in route.path:
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, route.path


def address(path, ticket_id):
    return re.sub(r"\{[^}]+\}", OTHER_IDS, path.replace("{ticket_id}", str(ticket_id)))


def without_request_id(answer):
    body = answer.json()
    body.pop("request_id", None)
    return answer.status_code, body


async def test_a_foreign_ticket_is_like_one_that_does_not_exist(app, sign_in, make):
    ana = await make.agent()
    hidden = await make.ticket()
    await make.put_in_team(hidden, await make.team(ana, is_restricted=True))
    strangers = [await sign_in(await make.customer()), await sign_in(await make.agent())]
    walked, told = 0, []
    for method, path in ticket_routes(app):
        walked += 1
        for stranger in strangers:
            foreign = await stranger.request(method, address(path, hidden.id), json={})
            ghost = await stranger.request(method, address(path, GHOST), json={})
            same = without_request_id(foreign) == without_request_id(ghost)
            if not same or foreign.status_code < 400 or foreign.status_code >= 500:
                told.append((method, path, foreign.status_code, ghost.status_code))
    assert walked > 40, "the walk must see the routes of included routers"
    assert told == []


async def test_without_signing_in_no_ticket_route_answers(app, client):
    for method, path in ticket_routes(app):
        answer = await client.request(method, address(path, GHOST), json={})
        assert answer.status_code in {401, 422}, (method, path, answer.status_code)


async def test_a_customer_never_sees_a_note(app, sign_in, make):
    owner, agent = await make.customer(), await sign_in(await make.agent())
    ticket = await make.ticket(customer=owner)
    note = {"message": CANARY, "is_internal": True}
    assert (await agent.post(f"/ticket/{ticket.id}/admin/reply", json=note)).status_code == 200
    customer = await sign_in(owner)
    reads = [path for method, path in ticket_routes(app) if method == "GET"]
    seen = 0
    for path in [*reads, "/customer/tickets", f"/customer/tickets?search={CANARY}", "/stats", "/auth/me"]:
        url = address(path, ticket.id)
        for suffix in ("", "?include=notes"):
            answer = await customer.get(url + suffix if "?" not in url else url)
            seen += answer.status_code == 200
            assert CANARY not in answer.text.replace(f"search={CANARY}", ""), path
    assert seen >= 8, "the customer must have read something"
