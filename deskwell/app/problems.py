"""Errors → HTTP. A person reads one sentence; a program reads a code; nobody reads a class name, SQL or a path."""

from collections.abc import Sequence
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg_pool import PoolClosed, PoolTimeout
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException

from deskwell.core.errors import Invalid, NotFound, Problem, TooLarge, Unavailable, Unprocessable
from deskwell.core.logs import get_logger

from . import faults

log = get_logger(__name__)
CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "wrong_type"}
SENTENCES = {404: "There is nothing here.", 405: "This call does not exist with that method."}
LOST = "8s2b"  # SQLAlchemy's code for a transaction whose connection has gone
UNREACHABLE = (
    OperationalError,
    InterfaceError,
    PoolExhausted,
    PoolTimeout,
    PoolClosed,
    psycopg.OperationalError,
    psycopg.InterfaceError,  # the connection has ended while it was used
)
BAD_TEXT = (
    psycopg.errors.UntranslatableCharacter,
    psycopg.errors.CharacterNotInRepertoire,
    psycopg.DataError,
)


def install(app: FastAPI) -> None:
    """Teach the app how to answer everything that can be raised."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    for kind in UNREACHABLE:
        app.add_exception_handler(kind, _database_down)
    app.add_exception_handler(PendingRollbackError, _transaction_broken)
    app.add_exception_handler(DBAPIError, _database_refused)
    app.add_exception_handler(psycopg.Error, _database_refused)
    app.add_exception_handler(UnicodeEncodeError, _bad_text)
    app.add_exception_handler(Exception, unexpected)


def answer(request: Request, problem: Problem) -> JSONResponse:
    """Return the body of the wire: detail, code, request id, and field errors when there are any."""
    body: dict[str, Any] = {
        "detail": problem.detail,
        "code": problem.name,
        "request_id": getattr(request.state, "request_id", None),
    }
    if problem.errors:
        body["errors"] = problem.errors
    body.update(problem.extra)
    return JSONResponse(body, problem.status, problem.headers)


async def _problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return answer(request, error)


async def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [{"field": _field(item["loc"]), "message": _sentence(item)} for item in error.errors()[:20]]
    first = errors[0] if errors else {"field": "", "message": "The request could not be read."}
    where = f"{first['field']}: " if first["field"] else ""
    return answer(request, Unprocessable(f"{where}{first['message']}", errors=errors))


def _field(location: Sequence[Any]) -> str:
    return ".".join(str(part) for part in location[1:]) or str(location[0] if location else "")


def _sentence(item: dict[str, Any]) -> str:
    known = {
        "missing": "This field is required.",
        "extra_forbidden": "This field is not known.",
        "uuid_parsing": "This is not a valid id.",
        "json_invalid": "The body is not valid JSON.",
    }
    return known.get(item["type"], str(item["msg"]).removeprefix("Value error, ").rstrip(".") + ".")


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    problem = Problem(SENTENCES.get(error.status_code, str(error.detail)), code=CODES.get(error.status_code))
    if error.status_code == NotFound.status:
        problem = NotFound(SENTENCES[404])
    if error.status_code == TooLarge.status:
        problem = TooLarge("This is larger than allowed.")
    response = answer(request, problem)
    response.status_code = error.status_code
    if error.status_code == 400:
        response = answer(request, Invalid("The request could not be read.", code="bad_request"))
    response.headers.update(error.headers or {})
    return response


async def _database_down(request: Request, error: Exception) -> JSONResponse:
    log.error("database_unreachable", error=type(error).__name__)
    return answer(request, Unavailable())


async def _transaction_broken(request: Request, error: Exception) -> JSONResponse:
    """The connection ended within a reaction that may fail, and what came after it found the transaction gone."""
    is_lost = isinstance(error, PendingRollbackError) and error.code == LOST
    return await (_database_down if is_lost else unexpected)(request, error)


async def _database_refused(request: Request, error: Exception) -> JSONResponse:
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, BAD_TEXT):
        return answer(request, Invalid("A value is out of range or holds characters that cannot be stored."))
    if isinstance(original, psycopg.errors.ForeignKeyViolation):
        log.warning("unknown_reference", constraint=original.diag.constraint_name)
        return answer(
            request,
            Invalid("Something that is named here does not exist (any more).", code="unknown_reference"),
        )
    if isinstance(original, (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)):
        return answer(
            request, Unavailable("Somebody changed this at the same moment. Please try again.", retry_after=1)
        )
    if isinstance(original, (psycopg.OperationalError, psycopg.InterfaceError)) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    ):
        return await _database_down(request, error)
    return await unexpected(request, error)


async def _bad_text(request: Request, _: Exception) -> JSONResponse:
    return answer(request, Invalid("A value holds characters that cannot be stored."))


async def unexpected(request: Request, error: Exception) -> JSONResponse:
    """Answer a fault of ours: it is logged with the request's id, and tells nothing of the inside."""
    log.error("unhandled_error", exc_info=error, path=request.scope.get("path"))
    await faults.note(
        request.app.state.context, error, source="web", request_id=getattr(request.state, "request_id", None)
    )
    sentence = (
        "Something went wrong on our side. Please try again; if it happens again, tell us the request id."
    )
    return answer(request, Problem(sentence))
