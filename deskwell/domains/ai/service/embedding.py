"""Texts to vectors by whatever model a context uses; None where none can be had, and words must do."""

from collections.abc import Sequence

import numpy as np

from deskwell.core.context import Context
from deskwell.core.llm import ChatModel, Embedder, Endpoint, ModelUnavailable, Vectors
from deskwell.core.logs import get_logger

from ..queries.settings import endpoint_id

log = get_logger(__name__)


def model_id(context: Context, endpoint: Endpoint | None) -> str:
    """Under which name vectors are kept; those of two models are never compared."""
    return endpoint_id(endpoint) if endpoint else context.gateway(Embedder).model_id


async def embed(context: Context, endpoint: Endpoint | None, texts: Sequence[str]) -> Vectors | None:
    """Unit vectors, one row a text."""
    try:
        if endpoint is None:
            return await context.gateway(Embedder).embed(texts)
        vectors = await context.gateway(ChatModel).embed(endpoint, texts)
    except ModelUnavailable as error:
        log.warning("embedding_unavailable", reason=error.reason)
        return None
    scaled: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled
