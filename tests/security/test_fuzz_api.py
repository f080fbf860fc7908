"""Fuzzing of the whole API from its own OpenAPI document (schemathesis): no 5xx, bounded time, every refusal a sentence."""

import asyncio
import os
import time

import pytest

from deskwell.core.actor import Role
from deskwell.core.limits import TABLE
from deskwell.core.llm import ChatModel
from deskwell.gateways.llm.endpoints import OpenAiEndpoints
from tests.conftest import test_settings

from .fuzzing import Fuzzer

MINUTES = float(os.environ.get("DESKWELL_FUZZ_MINUTES", "30"))


@pytest.fixture(scope="module")
def settings(database_url, files_folder):
    """Nothing is limited: the fuzzer asks more than a person ever would."""
    return test_settings(
        database_url,
        data_dir=files_folder,
        storage_url=f"file://{files_folder}",
        rate_limits=dict.fromkeys(TABLE, "10000000/60"),
    )


@pytest.fixture
async def fuzzer(app, context, make, sign_in, monkeypatch):
    # Whatever address a case sets for the model: nobody waits long for it.
    context.gateways[ChatModel] = OpenAiEndpoints(first_wait=0.001, call_seconds=0.5)
    look = context.listener.wait_until  # no worker runs here: whoever waits for one is told so soon
    monkeypatch.setattr(
        context.listener, "wait_until", lambda asked, timeout: look(asked, timeout=min(timeout, 0.2))
    )

    async def new_client():
        return await sign_in(await make.user(role=Role.ADMIN))

    fuzzer = Fuzzer(app.openapi(), asyncio.get_running_loop(), new_client, examples=1)
    fuzzer.ids["/ticket"] = [str((await make.ticket()).id) for _ in range(4)]
    fuzzer.ids["/admin/users"] = [str((await make.agent()).id), str((await make.customer()).id)]
    fuzzer.ids["/admin/teams"] = [str((await make.team()).id)]
    return fuzzer


async def test_no_call_of_the_api_breaks_on_made_up_requests(fuzzer):
    await asyncio.to_thread(fuzzer.run)
    assert not fuzzer.findings, "\n".join(map(str, fuzzer.findings.values()))
    assert fuzzer.sent > 250, "the document must have been walked"


@pytest.mark.slow
async def test_no_call_of_the_api_breaks_in_half_an_hour(fuzzer):
    until = time.monotonic() + MINUTES * 60
    fuzzer.examples, fuzzer.seed = 25, int(os.environ.get("DESKWELL_FUZZ_SEED", time.time()))
    while time.monotonic() < until:
        print(f"seed {fuzzer.seed}: {fuzzer.sent} requests so far, {dict(fuzzer.statuses)}")
        await asyncio.to_thread(fuzzer.run, until=until)
        fuzzer.seed += 1
    assert not fuzzer.findings, "\n".join(map(str, fuzzer.findings.values()))
