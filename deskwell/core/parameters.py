"""The query parameters of a hot route, read in one go.

FastAPI reads and checks each parameter by itself: for the twenty filters of a list that costs more than finding the
tickets. Here one model reads them all, and describes them in the API as FastAPI would have.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

M = TypeVar("M", bound=BaseModel)


def reader(model: type[M]) -> Callable[[Request], Awaitable[M]]:
    """Return a dependency that reads the query into the model; a name that has a list may be repeated."""
    properties = model.model_json_schema()["properties"]
    several = {name for name, schema in properties.items() if "array" in _types(schema)}

    async def read(request: Request) -> M:
        given = request.query_params
        known = [name for name in given if name in properties]
        try:
            return model.model_validate(
                {name: given.getlist(name) if name in several else given[name] for name in known}
            )
        except ValidationError as error:
            details = error.errors(include_url=False)
            raise RequestValidationError(
                [{**item, "loc": ("query", *item["loc"])} for item in details]
            ) from None

    return read


def _types(schema: dict[str, Any]) -> set[str]:
    return {part.get("type", "") for part in schema.get("anyOf", [schema])}


def described(model: type[BaseModel]) -> dict[str, Any]:
    """What such a route says in the API's description: its `openapi_extra`."""
    properties = model.model_json_schema()["properties"]
    refused = {"schema": {"$ref": "#/components/schemas/HTTPValidationError"}}
    return {
        "parameters": [_described(name, schema) for name, schema in properties.items()],
        "responses": {"422": {"description": "Validation Error", "content": {"application/json": refused}}},
    }


def _described(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in schema.items() if (key, value) != ("default", None)}
    parameter = {"name": name, "in": "query", "required": False, "schema": shown}
    return parameter | ({"description": schema["description"]} if "description" in schema else {})
