"""The examples of docs/how-to/use-the-api.md, run as they are written, by a shell against a real server."""

import asyncio
import json
import re
import shutil
import socket
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn

PAGE = Path(__file__).parents[2] / "docs/how-to/use-the-api.md"
needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="the examples are for curl")


@pytest_asyncio.fixture(loop_scope="session")
async def address(app):
    """The app on a port of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await task


@needs_curl
async def test_the_examples_of_the_documentation_run(address, sign_in, make):
    admin = await sign_in(await make.admin())
    script = re.search(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert script
    scopes = sorted(set(re.findall(r"tickets\.\w+", script[1])) - {"tickets.note"})
    assert scopes == ["tickets.close", "tickets.edit", "tickets.read", "tickets.reply"]
    made = (await admin.post("/admin/api-keys", json={"name": "Examples", "scopes": scopes})).json()
    commands = re.sub(r"^export .*$", "", script[1], flags=re.MULTILINE)
    environment = {"PATH": "/usr/bin:/bin", "DESKWELL": address, "DESKWELL_KEY": made["key"]}
    shell = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", commands + '\necho; echo "$TICKET"',
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, errors = await shell.communicate()
    assert shell.returncode == 0, (output, errors)
    *_, done, ticket_id = output.decode().strip().splitlines()
    assert json.loads(done[done.rindex('{"success"') :])["changed_count"] == 1
    thread = (await admin.get(f"/ticket/{ticket_id}")).json()
    ticket = thread["ticket"]
    assert (ticket["source"], ticket["status"], ticket["priority"]) == ("api", "closed", "low")
    assert "It is on its way." in [message["message"] for message in thread["messages"]]
    keys = (await admin.get("/admin/api-keys")).json()["api_keys"]
    assert next(key for key in keys if key["name"] == "Examples")["last_used_at"]
