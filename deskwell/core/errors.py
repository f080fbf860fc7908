"""What can go wrong, as a person is told of it: `{"detail", "code", "request_id"}` with a status (spec of the wire)."""

from typing import ClassVar


class Problem(Exception):
    """Base of all refusals. `detail` is one sentence for a person and never tells of the inside."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        headers: dict[str, str] | None = None,
        errors: list[dict[str, str]] | None = None,
        extra: dict[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.name = code or self.code
        self.headers = headers or {}
        self.errors = errors or []
        self.extra = extra or {}


class Invalid(Problem):
    """A wrong value of a known field, or a broken business rule."""

    status, code = 400, "invalid"

    @classmethod
    def field(cls, field: str, message: str, *, code: str | None = None) -> "Invalid":
        return cls(message, code=code, errors=[{"field": field, "message": message}])


class Unauthorized(Problem):
    """No token, a bad one, or a session that has ended."""

    status, code = 401, "unauthorized"

    def __init__(self, detail: str = "Please sign in.", *, code: str | None = None) -> None:
        super().__init__(detail, code=code, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(Problem):
    """The role may not call this."""

    status, code = 403, "forbidden"

    def __init__(self, detail: str = "Your role does not allow this.", *, code: str | None = None) -> None:
        super().__init__(detail, code=code)


class NotFound(Problem):
    """Unknown, or not yours: the two answer alike."""

    status, code = 404, "not_found"


class Conflict(Problem):
    """Somebody was faster, or the state does not allow it any more."""

    status, code = 409, "conflict"


class TooLarge(Problem):
    """More bytes than allowed."""

    status, code = 413, "too_large"


class WrongType(Problem):
    """A kind of content that is not accepted."""

    status, code = 415, "wrong_type"


class Unprocessable(Problem):
    """A missing or ill-typed field."""

    status, code = 422, "unprocessable"


class TooMany(Problem):
    """A limit is reached; `Retry-After` says when to come back."""

    status, code = 429, "too_many_requests"

    def __init__(self, retry_after: float, detail: str | None = None) -> None:
        self.retry_after = max(1, round(retry_after))
        detail = detail or f"Too many attempts. Please try again in {self.retry_after} seconds."
        super().__init__(detail, headers={"Retry-After": str(self.retry_after)})


class Unavailable(Problem):
    """A part is down for the moment."""

    status, code = 503, "unavailable"

    def __init__(
        self, detail: str = "Deskwell is busy for a moment. Please try again.", *, retry_after: int = 5
    ) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
