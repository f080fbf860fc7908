"""Requests made from the OpenAPI document itself, sent in process to the real app on the real database.

schemathesis makes the cases: such as the document allows, and such as it forbids. What comes back is harvested for ids,
so that later requests reach things that exist, of the right and of the wrong kind.
"""

import asyncio
import contextlib
import random
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode

UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f-]{27}$")
ENDLESS = {"/live"}  # the stream of events: it has no end
# They end the session that asks, or take its rights: asked last, by a person of their own.
ENDS_THE_SESSION = re.compile(r"^/auth/(logout|sessions|password|second-factor)|^/admin/users|^/auth/me")
ORDER = {"POST": 0, "GET": 1, "PUT": 2, "PATCH": 2, "DELETE": 3}
SLOW_SECONDS = 10


@dataclass
class Finding:
    """An answer that must not be, with what it takes to see it again."""

    label: str
    why: str
    request: str

    def __str__(self) -> str:
        return f"{self.label}: {self.why}\n    {self.request}"


@dataclass
class Fuzzer:
    """Sends cases to the app and remembers what it must not have answered."""

    document: dict[str, Any]
    loop: asyncio.AbstractEventLoop
    new_client: Callable[[], Awaitable[httpx2.AsyncClient]]
    examples: int
    seed: int = 0
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    sent: int = 0
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _client: httpx2.AsyncClient | None = None

    def run(self, *, until: float = float("inf")) -> None:
        """Every call of the document, with cases that are allowed and cases that are not."""
        schema = schemathesis.openapi.from_dict(self.document)
        operations = [result.ok() for result in schema.get_all_operations()]
        for operation in sorted(operations, key=_rank):
            if operation.path in ENDLESS:
                continue
            if time.monotonic() < until:
                self._try(operation)

    def _try(self, operation: Any) -> None:
        dice = random.Random(f"{self.seed} {operation.label}")
        allowed, forbidden = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

        @hypothesis.seed(self.seed)
        @hypothesis.settings(
            max_examples=self.examples,
            database=None,
            deadline=None,
            derandomize=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(allowed | forbidden)
        def each(case: Case) -> None:
            self._send(operation, case, dice)

        with contextlib.suppress(Unsatisfiable):  # there is nothing about this call that could be wrong
            each()

    def _send(self, operation: Any, case: Case, dice: random.Random) -> None:
        prefix = operation.path.partition("{")[0].rstrip("/")
        for name, value in list((case.path_parameters or {}).items()):
            known = self.ids["/ticket"] if name == "ticket_id" else self.ids[prefix]
            if known and dice.random() < 0.8:
                case.path_parameters[name] = dice.choice(known)
            elif not str(value).strip("./%"):
                case.path_parameters[name] = "x"
        if not isinstance(case.body, bytes):
            case.body = self._with_known_ids(case.body, dice)
        arguments = case.as_transport_kwargs(base_url="http://desk.test")
        arguments["headers"] = {
            **(arguments.get("headers") or {}),
            "Prefer": "respond-async",
        }
        prepared = requests.Request(**arguments).prepare()
        headers = {name: value for name, value in prepared.headers.items() if name.lower() != "cookie"}
        started = time.monotonic()
        answer = asyncio.run_coroutine_threadsafe(
            self._answer(operation, prepared.method, prepared.url, prepared.body, headers), self.loop
        ).result(120)
        self._judge(operation, answer, time.monotonic() - started, prepared)
        self._harvest(prefix, answer)

    async def _answer(
        self, operation: Any, method: str, url: str, body: Any, headers: dict[str, Any]
    ) -> httpx2.Response:
        if self._client is None:
            self._client = await self.new_client()
        encoded = {
            name: value if isinstance(value, bytes) else value.encode("utf-8", "surrogateescape")
            for name, value in headers.items()
        }
        content = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        answer = await self._client.request(method, url, content=content, headers=list(encoded.items()))
        if answer.status_code == 401 or ENDS_THE_SESSION.search(operation.path):
            self._client = None
        return answer

    def _judge(
        self, operation: Any, answer: httpx2.Response, seconds: float, prepared: requests.PreparedRequest
    ) -> None:
        self.sent += 1
        self.statuses[answer.status_code] += 1
        why = ""
        is_told = (
            "reasons" in answer.text or '"unavailable"' in answer.text
        )  # a part of the desk is down, and it says so
        if answer.status_code >= 500 and not is_told:
            why = f"answered {answer.status_code}"
        elif (
            answer.status_code >= 400
            and not is_told
            and _is_json(answer)
            and not isinstance(answer.json().get("detail"), str)
        ):
            why = "refused without a sentence"
        if seconds > SLOW_SECONDS:
            why = f"took {seconds:.0f} s"
        if why:
            told = f"{prepared.method} {prepared.url} {str(prepared.body)[:600]}"
            self.findings.setdefault((operation.label, why), Finding(operation.label, why, told))

    def _harvest(self, prefix: str, answer: httpx2.Response) -> None:
        if answer.status_code < 300 and _is_json(answer):
            known = self.ids[prefix]
            known.extend(each for each in _ids_in(answer.json()) if each not in known)
            del known[:-50]

    def _with_known_ids(self, value: Any, dice: random.Random) -> Any:
        if isinstance(value, dict):
            return {key: self._with_known_ids(each, dice) for key, each in value.items()}
        if isinstance(value, list):
            return [self._with_known_ids(each, dice) for each in value]
        if isinstance(value, str) and UUID.match(value) and dice.random() < 0.7:
            known = [each for ids in self.ids.values() for each in ids]
            return dice.choice(known) if known else value
        return value


def _is_json(answer: httpx2.Response) -> bool:
    return "application/json" in answer.headers.get("content-type", "")


def _ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, str) and key in {"id", "ticket_id"} and UUID.match(each):
                yield each
            else:
                yield from _ids_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids_in(each)


def _rank(operation: Any) -> tuple[bool, int]:
    """Things are made before they are read, changed and deleted; who asks loses their session last."""
    return bool(ENDS_THE_SESSION.search(operation.path)), ORDER.get(operation.method.upper(), 1)
