"""A server that speaks OpenAI's protocol and says what it was told to say."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

Reply = Callable[[dict[str, Any]], Any]


def says(action: str, text: str, *sources: str) -> dict[str, Any]:
    return {"action": action, "text": text, "sources": list(sources)}


@dataclass
class ModelServer:
    """`script` holds what to answer next: a dict (as JSON), a text, a Response, or a function of the request."""

    url: str = ""
    script: list[Any] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        return ["\n".join(m["content"] for m in r["messages"]) for r in self.requests if "messages" in r]

    async def chat(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        reply = self.script.pop(0) if self.script else says("hand_over", "")
        if callable(reply) and not isinstance(reply, Response):
            reply = reply(body)
        if asyncio.iscoroutine(reply):
            reply = await reply
        if isinstance(reply, Response):
            return reply
        text = reply if isinstance(reply, str) else json.dumps(reply)
        if body.get("stream"):
            return StreamingResponse(_chunks(text), media_type="text/event-stream")
        return JSONResponse(
            {
                "id": "c", "object": "chat.completion", "created": 1, "model": body["model"],
                "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
                "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
            }
        )  # fmt: skip

    async def embeddings(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        vectors = [[float(len(word) % 7), float(word.count("a")), 1.0] for word in body["input"]]
        data = [{"object": "embedding", "index": i, "embedding": v} for i, v in enumerate(vectors)]
        return JSONResponse(
            {
                "object": "list",
                "model": body["model"],
                "data": data,
                "usage": {"prompt_tokens": 1, "total_tokens": 1},
            }
        )


def refused(status: int, **headers: str) -> Response:
    return JSONResponse(
        {"error": {"message": "scripted", "type": "x"}},
        status,
        headers={k.replace("_", "-"): v for k, v in headers.items()},
    )


async def _chunks(text: str) -> AsyncIterator[str]:
    for word in text.split(" "):
        delta = {
            "choices": [{"index": 0, "delta": {"content": word + " "}}],
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
        }
        yield f"data: {json.dumps(delta)}\n\n"
    yield "data: [DONE]\n\n"


@contextlib.asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    model = ModelServer()
    app = Starlette(
        routes=[
            Route("/v1/chat/completions", model.chat, methods=["POST"]),
            Route("/v1/embeddings", model.embeddings, methods=["POST"]),
        ]
    )
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    model.url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    try:
        yield model
    finally:
        server.should_exit = True
        await task
        listening.close()
