"""What every request passes: an id, limits of size, and the headers that keep browsers safe. Plain ASGI, for speed."""

import re
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskwell.core.errors import Problem, TooLarge
from deskwell.core.ids import new_id
from deskwell.core.logs import get_logger
from deskwell.core.settings import Settings

from . import metrics
from .problems import answer, unexpected

log = get_logger("deskwell.request")
MAX_BODY = 1024 * 1024
MAX_UPLOAD = 30 * 1024 * 1024
LARGE_BODIES = re.compile(r"^/(ticket/[^/]+/attachments|webhooks/|files|admin/articles)")
QUIET = frozenset({"/health", "/ready", "/metrics"})  # asked for all the time
REQUEST_ID = re.compile(r"^[\w-]{8,64}$")
# The hash is that of the one style element a list box of the web app (Radix Select) renders.
CSP = (
    "default-src 'self'; script-src 'self'; "
    "style-src 'self' 'sha256-441zG27rExd4/il+NvIqyL8zFx5XmyNQtE381kSkUJk='; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self' blob: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Guard:
    """The outermost layer: nothing leaves without its headers, and no fault leaves as anything but a 500 of ours."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }
        if settings.is_https:
            self.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = time.perf_counter(), 500
        has_started = False

        async def send_guarded(message: Message) -> None:
            nonlocal status, has_started
            if scope["state"].get("is_too_large"):  # the parser has made it a 400: say what it was
                if not has_started:
                    scope["state"]["is_too_large"] = False
                    await answer(Request(scope), _too_large(scope))(scope, receive, send_guarded)
                    scope["state"]["is_too_large"] = True
                return
            if message["type"] == "http.response.start":
                status, has_started = message["status"], True
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", CSP)
                if "application/json" in headers.get("content-type", ""):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._limited(scope, receive, send_guarded)
        except Exception as error:
            if has_started:
                raise
            response = await _refusal(Request(scope), error)
            await response(scope, receive, send_guarded)
        finally:
            seconds = time.perf_counter() - started
            metrics.observe(scope, status, seconds)
            duration = round(seconds * 1000, 1)
            if scope["path"] not in QUIET or status >= 400:
                log.info("request", method=scope["method"], path=scope["path"], status=status, ms=duration)
            structlog.contextvars.unbind_contextvars("request_id")

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = _limit(scope)
        length = Headers(scope=scope).get("content-length", "")
        if length.isdigit() and int(length) > limit:
            raise _too_large(scope)
        read = 0

        async def receive_counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                scope["state"]["is_too_large"] = True
                raise _too_large(scope)
            return message

        await self.app(scope, receive_counted, send)


def _limit(scope: Scope) -> int:
    return MAX_UPLOAD if LARGE_BODIES.match(scope["path"]) else MAX_BODY


def _too_large(scope: Scope) -> TooLarge:
    return TooLarge(f"The request may have at most {_limit(scope) // 1024 // 1024} MB.")


async def _refusal(request: Request, error: Exception) -> Response:
    return answer(request, error) if isinstance(error, Problem) else await unexpected(request, error)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if REQUEST_ID.match(given) else new_id().hex
