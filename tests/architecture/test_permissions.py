"""Every route says who may call it. A new one that does not fails here."""

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import Mount

from deskwell.app.api import create_app
from tests.conftest import test_settings as settings_of

FILES_OF_OUR_OWN = {"assets"}  # mounted folders: built files, the same for everybody


def routes() -> list[RouteContext]:
    app = create_app(settings_of("postgresql://nobody@/nothing"))
    return list(iter_route_contexts(app.routes))


def test_every_route_states_a_permission() -> None:
    walked = [route for route in routes() if isinstance(route.original_route, APIRoute)]
    assert len(walked) > 40, "the walk must see the routes of included routers"
    silent = [f"{sorted(r.methods or [])} {r.path}" for r in walked if not states_one(r.dependant)]
    assert silent == [], "state SignedIn, Customer, Staff, Admin, anyone or requires(PERMISSION)"


def test_nothing_is_served_beside_the_routes() -> None:
    """A mounted app or a bare route would have no permission at all."""
    others = [route for route in routes() if not isinstance(route.original_route, APIRoute)]
    unknown = [
        route.path
        for route in others
        if not (isinstance(route.original_route, Mount) and route.name in FILES_OF_OUR_OWN)
        and route.path != "/openapi.json"
    ]
    assert unknown == []


def test_the_walk_notices_a_silent_route() -> None:
    app = create_app(settings_of("postgresql://nobody@/nothing"))

    @app.get("/silent")
    async def silent() -> None:
        return None

    route = next(r for r in app.routes if isinstance(r, APIRoute) and r.path == "/silent")
    assert not states_one(route.dependant)


def states_one(dependant: Dependant) -> bool:
    """Whether a dependency, near or far, states a permission."""
    return any(
        getattr(part.call, "states_permission", False) or states_one(part) for part in dependant.dependencies
    )
