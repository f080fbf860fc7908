"""Doors to language models: a chat model that may be absent, and something that turns text into vectors."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class ModelUnavailable(Exception):
    """The model gave no usable answer: it could not be reached, refused, was too slow or is not configured.

    `reason` is one sentence for the person who set the endpoint up.
    """

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


@dataclass(frozen=True)
class Endpoint:
    """Where a model answers. `base_url` is empty for OpenAI itself."""

    model: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    is_trusted: bool = False
    """Named by the machine's environment; others must be public hosts."""


@dataclass(frozen=True)
class Turn:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Completion:
    """What a model said, and what it took."""

    text: str
    model: str
    input_tokens: int
    output_tokens: int
    attempts: int
    milliseconds: int


class ChatModel(Protocol):
    """Writes text. Transport faults are tried again inside, up to 3 times."""

    async def complete(
        self,
        endpoint: Endpoint,
        turns: Sequence[Turn],
        *,
        schema: dict[str, Any] | None = None,
        max_tokens: int = 900,
    ) -> Completion: ...

    def stream(
        self, endpoint: Endpoint, turns: Sequence[Turn], *, max_tokens: int = 900
    ) -> AsyncIterator[str]: ...

    async def embed(self, endpoint: Endpoint, texts: Sequence[str]) -> Vectors: ...


class Embedder(Protocol):
    """Turns texts into unit vectors, one row each."""

    @property
    def model_id(self) -> str: ...

    async def embed(self, texts: Sequence[str]) -> Vectors: ...

    def strange_share(self, words: Sequence[str]) -> float:
        """The share of these words that the model knows only in pieces, 0 to 1."""
