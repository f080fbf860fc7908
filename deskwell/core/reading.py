"""Routes that only read and are asked all day: lists and threads.

FastAPI works out the dependencies of a route anew for each request, which for such a route costs as much as its
statements. A `ReadRoute` looks at them once, when it is made: what it depends on takes the request and nothing else.
Everything else is as ever: who may call it, its description in the API, errors, and the response model that lets out
only what it names.
"""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

Step = tuple[str, Callable[[Request], Awaitable[Any]]]


class ReadRoute(APIRoute):
    """Use it as `route_class=ReadRoute`, or for one route by `add_api_route(…, route_class_override=ReadRoute)`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        if self.dependant.query_params or self.dependant.header_params:
            raise TypeError(f"{self.path} takes its query by a `parameters.reader`, as a ReadRoute.")
        steps = [_step(part) for part in self.dependant.dependencies]
        path = self.dependant.path_params
        endpoint, answer = self.endpoint, TypeAdapter(self.response_model)

        async def handle(request: Request) -> Response:
            values, errors = _read_path(path, request)
            for name, call in steps:
                values[name] = await call(request)
            if errors:
                raise RequestValidationError(errors)
            found = answer.validate_python(await endpoint(**values), from_attributes=True)
            return Response(answer.dump_json(found, by_alias=True), media_type="application/json")

        return handle


def _read_path(fields: Sequence[ModelField], request: Request) -> tuple[dict[str, Any], list[Any]]:
    values, wrong = {}, []
    for field in fields:
        values[field.name], errors = field.validate(
            request.path_params[field.alias], {}, loc=("path", field.alias)
        )
        wrong += errors
    return values, wrong


def _step(part: Dependant) -> Step:
    takes_more = part.dependencies or part.path_params or part.query_params or part.header_params
    if takes_more or part.request_param_name is None or part.name is None or part.call is None:
        raise TypeError(f"{part.call} takes more than the request: no dependency for a ReadRoute.")
    return part.name, part.call
