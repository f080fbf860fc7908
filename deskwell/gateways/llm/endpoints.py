"""Any endpoint that speaks OpenAI's protocol, called so that it can neither hang nor flood.

One call and three retries on transport faults with exponential backoff and jitter, Retry-After obeyed, 20 s a call,
60 s in all; after five failures in a row an endpoint is left alone for half a minute.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2
import numpy as np
from openai import APIConnectionError, APIStatusError, APITimeoutError, AsyncOpenAI, OpenAIError

from deskwell.core.llm import Completion, Endpoint, ModelUnavailable, Turn, Vectors
from deskwell.core.logs import get_logger

from .guarded import HostRefused, guarded_client, trusted_client

log = get_logger(__name__)
CALL_SECONDS = 20.0
JOB_SECONDS = 60.0
RETRIES = 3
FIRST_WAIT = 0.5
LONGEST_WAIT = 20.0
FAILURES_TO_OPEN = 5
OPEN_SECONDS = 30.0
RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
MAX_RESPONSE = 200_000
T = TypeVar("T")


@dataclass
class _Breaker:
    """Whether an endpoint is worth calling now."""

    failures: int = 0
    closed_again_at: float = 0.0

    def check(self) -> None:
        if self.failures >= FAILURES_TO_OPEN and time.monotonic() < self.closed_again_at:
            raise ModelUnavailable(
                "The model has failed several times in a row and is left alone for a moment."
            )

    def note(self, *, worked: bool) -> None:
        self.failures = 0 if worked else self.failures + 1
        if self.failures >= FAILURES_TO_OPEN:
            self.closed_again_at = time.monotonic() + OPEN_SECONDS


class OpenAiEndpoints:
    """All endpoints of the desk; clients are kept per address and key. `first_wait` scales the pauses in tests."""

    def __init__(
        self,
        *,
        first_wait: float = FIRST_WAIT,
        call_seconds: float = CALL_SECONDS,
        allowed_hosts: Sequence[str] = (),
    ) -> None:
        self._clients: dict[tuple[str, str, bool], AsyncOpenAI] = {}
        self._breakers: dict[str, _Breaker] = {}
        self._first_wait = first_wait
        self._call_seconds = call_seconds
        self._allowed_hosts = allowed_hosts

    async def complete(
        self,
        endpoint: Endpoint,
        turns: Sequence[Turn],
        *,
        schema: dict[str, Any] | None = None,
        max_tokens: int = 900,
    ) -> Completion:
        """Ask for a text, as JSON of a schema where one is given.

        Raises:
            ModelUnavailable: no usable answer within the time and the retries.

        """
        began = time.monotonic()
        wanted: dict[str, Any] = {
            "model": endpoint.model,
            "messages": _messages(turns),
            "max_tokens": max_tokens,
        }
        if schema:
            wanted["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "reply", "strict": True, "schema": schema},
            }

        async def call() -> Any:
            try:
                return await self._client(endpoint).chat.completions.create(**wanted)
            except APIStatusError as error:
                if error.status_code == 400 and wanted.pop(
                    "response_format", None
                ):  # a server without schemas
                    return await self._client(endpoint).chat.completions.create(**wanted)
                raise

        answer, attempts = await self._persist(endpoint, call)
        text = _text_of(answer)
        usage = getattr(answer, "usage", None)
        return Completion(
            text=text,
            model=str(getattr(answer, "model", None) or endpoint.model),
            input_tokens=int(getattr(usage, "prompt_tokens", 0) or 0),
            output_tokens=int(getattr(usage, "completion_tokens", 0) or 0),
            attempts=attempts,
            milliseconds=round((time.monotonic() - began) * 1000),
        )

    async def stream(
        self, endpoint: Endpoint, turns: Sequence[Turn], *, max_tokens: int = 900
    ) -> AsyncIterator[str]:
        """Yield the text as it is written; only the beginning is retried."""

        async def call() -> Any:
            return await self._client(endpoint).chat.completions.create(
                model=endpoint.model, messages=_messages(turns), max_tokens=max_tokens, stream=True
            )

        chunks, _ = await self._persist(endpoint, call)
        size = 0
        try:
            async with asyncio.timeout(JOB_SECONDS):
                async for chunk in chunks:
                    piece = chunk.choices[0].delta.content if chunk.choices else None
                    if piece and size < MAX_RESPONSE:
                        size += len(piece)
                        yield piece
        except (OpenAIError, httpx2.HTTPError, TimeoutError, ValueError) as error:
            raise ModelUnavailable(_reason(error)) from error

    async def embed(self, endpoint: Endpoint, texts: Sequence[str]) -> Vectors:
        async def call() -> Any:
            return await self._client(endpoint).embeddings.create(
                model=endpoint.model, input=[text or " " for text in texts], encoding_format="float"
            )

        answer, _ = await self._persist(endpoint, call)
        try:
            vectors = np.array([item.embedding for item in answer.data], dtype=np.float32)
        except (AttributeError, TypeError, ValueError) as error:
            raise ModelUnavailable("The endpoint's answer holds no vectors.") from error
        if len(vectors) != len(texts) or vectors.ndim != 2:
            raise ModelUnavailable("The endpoint answered with the wrong number of vectors.")
        return vectors

    async def _persist(self, endpoint: Endpoint, call: Callable[[], Awaitable[T]]) -> tuple[T, int]:
        """The result and how many calls it took."""
        breaker = self._breakers.setdefault(endpoint.base_url, _Breaker())
        breaker.check()
        deadline = time.monotonic() + JOB_SECONDS
        for attempt in range(1, RETRIES + 2):
            try:
                async with asyncio.timeout(min(self._call_seconds, max(deadline - time.monotonic(), 0.1))):
                    result = await call()
            except (OpenAIError, httpx2.InvalidURL, TimeoutError, ValueError) as error:
                wait = self._wait_after(error, attempt)
                if wait is None or attempt > RETRIES or time.monotonic() + wait > deadline:
                    breaker.note(worked=not _is_fault(error))
                    raise ModelUnavailable(_reason(error), retry_after=_retry_after(error)) from error
                log.info("model_retried", attempt=attempt, wait=round(wait, 2), error=type(error).__name__)
                await asyncio.sleep(wait)
            else:
                breaker.note(worked=True)
                return result, attempt
        raise AssertionError("the last attempt returns or raises")

    def _wait_after(self, error: Exception, attempt: int) -> float | None:
        """How long to wait before the next call; None where another one cannot help."""
        if not _is_fault(error):
            return None
        asked = _retry_after(error)
        if asked is not None:
            return asked if asked <= LONGEST_WAIT else None
        pause: float = self._first_wait * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)  # noqa: S311 - only spreads load
        return pause

    def _client(self, endpoint: Endpoint) -> AsyncOpenAI:
        key = (endpoint.base_url, endpoint.api_key, endpoint.is_trusted)
        if key not in self._clients:
            self._clients[key] = AsyncOpenAI(
                api_key=endpoint.api_key or "none",
                base_url=endpoint.base_url or None,
                max_retries=0,
                timeout=self._call_seconds,
                http_client=trusted_client(self._call_seconds)
                if endpoint.is_trusted
                else guarded_client(self._allowed_hosts, self._call_seconds),
            )
        return self._clients[key]


def _messages(turns: Sequence[Turn]) -> Any:
    return [{"role": turn.role, "content": turn.content} for turn in turns]


def _text_of(answer: Any) -> str:
    try:
        text = answer.choices[0].message.content
    except (AttributeError, IndexError, TypeError) as error:
        raise ModelUnavailable("The endpoint's answer is not what the protocol says.") from error
    if not isinstance(text, str) or not text.strip():
        raise ModelUnavailable("The model answered with nothing.")
    return text[:MAX_RESPONSE]


def _is_fault(error: Exception) -> bool:
    """Of the transport or the server, not of the request."""
    if isinstance(error, APIStatusError):
        return error.status_code in RETRIED
    return (
        isinstance(error, (APIConnectionError, APITimeoutError, TimeoutError, ValueError))
        or type(error) is OpenAIError
    )


def _refusal(error: BaseException) -> BaseException | None:
    """Our own guard's word, somewhere below the client's."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, HostRefused):
        seen = seen.__cause__ or seen.__context__
    return seen


def _retry_after(error: Exception) -> float | None:
    if not isinstance(error, APIStatusError):
        return None
    headers = error.response.headers
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * unit)
        except (KeyError, ValueError):
            continue
    return None


def _reason(error: Exception) -> str:
    """One sentence for whoever set the endpoint up."""
    if isinstance(error, APIStatusError):
        said = {
            401: "The endpoint refused the key.", 403: "The endpoint refused access.", 404: "The endpoint does not know this model or address.",
            429: "The endpoint says that the limit is reached.",
        }.get(error.status_code, f"The endpoint answered with status {error.status_code}.")  # fmt: skip
        detail = str(getattr(error, "message", ""))[:200]
        return f"{said} {detail}".strip()
    if isinstance(error, (APITimeoutError, TimeoutError)):
        return "The endpoint did not answer in time."
    if refused := _refusal(error):
        return str(refused)
    if isinstance(error, APIConnectionError):
        return "The endpoint cannot be reached."
    return "The endpoint's answer cannot be read."
