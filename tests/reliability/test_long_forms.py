"""The long forms (`make soak`): whole desks, killed, filled up, backed up and worked hard. Each prints its ledger."""

import asyncio
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from deskwell.core import clock
from deskwell.core.db import execute, rows
from deskwell.gateways.postgres import EmbeddedPostgres
from tests.front_door.conftest import RunningDesk, place, programs, start, wait_until

from .desks import KNOWN, call, kill_at_random, prepared, quantile
from .proxy import Fault, FaultProxy

__all__ = ["place", "programs", "start"]
pytestmark = pytest.mark.slow
# ruff: noqa: B023, ASYNC110, ASYNC240 - the loops wait for what they start; nothing else runs in this process
LEDGER = int(os.environ.get("DESKWELL_LEDGER", "10000"))
MINUTES = float(os.environ.get("DESKWELL_SOAK_MINUTES", "30"))


async def test_r01_r02_ten_thousand_messages_under_chaos_are_each_there_once(place, start):
    desk = start(place / "chaos", **KNOWN)
    _, load = await prepared(desk)
    over = asyncio.Event()
    killing = asyncio.create_task(kill_at_random(desk, over, seed=7))
    began = time.monotonic()
    await load.run(LEDGER, at_once=24, seconds=float(os.environ.get("DESKWELL_LEDGER_SECONDS", "3600")))
    took = time.monotonic() - began
    over.set()
    killed = await killing
    await asyncio.to_thread(wait_until, lambda: desk.call("/ready")[0] == 200, 60, desk)
    lost, doubled = await load.difference()
    print(
        f"\nledger: {len(load.ledger)} messages in {took:.0f} s, {load.tries} tries {load.statuses}, killed {killed}, lost {len(lost)}, doubled {len(doubled)}"
    )
    assert sum(killed.values()) >= took / 12
    assert lost == []
    assert doubled == []
    await asyncio.to_thread(desk.stop)


@pytest.mark.parametrize("part", ["web", "worker", "postgres", "everything"])
async def test_r16_r25_ready_is_green_again_soon_after_a_crash(part, place, start):
    desk = start(place / "recovery", **KNOWN)
    await asyncio.to_thread(lambda: desk.url)
    seconds = []
    for _ in range(5):
        await asyncio.to_thread(wait_until, lambda: desk.call("/ready")[0] == 200, 120, desk)
        before = {name: desk.pids_of(name) for name in ("web", "worker", "postgres")}
        began = time.monotonic()
        if part == "everything":
            desk.process.kill()
            desk.process.wait()
            desk = start(place / "recovery", **KNOWN)
        else:
            os.kill(before[part][0], signal.SIGKILL)

        def is_back(before=before):
            named = [part] if part != "everything" else list(before)
            return (
                all(desk.pids_of(name) not in ([], before[name]) for name in named)
                and desk.call("/ready")[0] == 200
            )

        await asyncio.to_thread(wait_until, is_back, 120, desk)
        seconds.append(time.monotonic() - began)
    print(
        f"\nrecovery of {part}: median {statistics.median(seconds):.2f} s of {[round(s, 2) for s in seconds]}"
    )
    assert statistics.median(seconds) <= float(os.environ.get("DESKWELL_RECOVERY_SECONDS", "15"))
    await asyncio.to_thread(desk.stop)


async def test_r05_smtp_cut_at_any_byte_gives_one_mail_or_a_known_uncertainty(
    context, make, run_jobs, sink, admin, queue
):
    """The connection to the mail server ends after every few bytes, on each way; the count of each Message-ID is compared."""
    from datetime import timedelta

    from deskwell.domains.email.events import SweepMail
    from deskwell.domains.email.jobs import sweep_mail

    proxy = FaultProxy(target_port=sink.port)
    async with proxy.running():
        account = {
            "email": "cut@desk.example",
            "provider": "smtp",
            "smtp_host": "127.0.0.1",
            "smtp_port": proxy.port,
            "smtp_username": "u",
            "smtp_password": "p",
            "is_default": True,
        }
        assert (await admin.post("/admin/email-accounts", json=account)).status_code == 200
        ends = [*range(0, 260, 13), *range(300, 3000, 300)]
        faults = [Fault(way, cut_after=n) for way in ("down", "up") for n in ends] + [
            Fault("up", cut_at=b"\r\n.\r\n"),
            Fault("down", cut_at=b"250 2.0.0"),
        ]
        worst = 0
        for index, fault in enumerate(faults):
            customer = await make.customer()
            ticket = await make.ticket(customer=customer)
            await run_jobs()
            sink.mails.clear()
            await admin.post(f"/ticket/{ticket.id}/admin/reply", json={"message": f"cut {index}"})
            proxy.plan = [fault]
            for hours in range(4):
                with clock.shifted(timedelta(hours=hours)):
                    await sweep_mail(context, SweepMail())
                    await run_jobs()
            found = [m for m in sink.to(customer.email) if f"cut {index}" in m.as_string()]
            async with context.transaction() as session:
                state = await rows(
                    session,
                    "SELECT o.state, o.uncertain_attempts AS n FROM outbox o JOIN email_messages e ON e.id = o.email_id WHERE e.ticket_id = %(t)s AND e.template_type = 'ticket_reply'",
                    t=ticket.id,
                )
                await execute(
                    session,
                    "UPDATE outbox SET state = 'failed' WHERE state NOT IN ('sent', 'failed', 'bounced')",
                )
            assert 1 <= len(found) <= 1 + state[0]["n"], (fault, len(found), state)
            assert len({m["message-id"] for m in found}) == 1
            worst = max(worst, len(found))
    print(f"\nSMTP cut at {len(faults)} places: none lost, at most {worst} copies of one Message-ID")


async def test_r16_a_stop_under_load_breaks_no_request_and_loses_nothing(place, start):
    desk = start(place / "stops", **KNOWN)
    _, load = await prepared(desk)
    for stops in range(3):
        running = asyncio.create_task(load.run(400, name=f"stop {stops}"))
        await asyncio.sleep(3)
        assert await asyncio.to_thread(desk.stop) == 0
        desk = start(place / "stops", "--port", desk.url.rpartition(":")[2], **KNOWN)
        load.desk = desk
        await running
    lost, doubled = await load.difference()
    print(f"\nstops under load: {load.tries} tries {load.statuses}, lost {len(lost)}, doubled {len(doubled)}")
    assert (lost, doubled) == ([], [])
    await asyncio.to_thread(desk.stop)


@pytest.fixture
def small_disk():
    """A disk of 220 MB that can be filled."""
    folder = Path(tempfile.mkdtemp(prefix="dw-small-", dir="/tmp"))
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=220m,mode=755", "none", str(folder)], check=False
    ).returncode:
        pytest.skip("needs root and tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)
    shutil.rmtree(folder, ignore_errors=True)


async def test_r18_a_full_disk_refuses_and_goes_on_when_there_is_room(small_disk, start):
    desk = start(small_disk / "desk", **KNOWN)
    token, load = await prepared(desk, tickets=2)
    await load.run(20, name="before")
    ballast = small_disk / "ballast"
    with ballast.open("wb") as file:
        try:
            while True:
                file.write(b"x" * 65536)
                file.flush()
        except OSError:
            pass
    statuses = set()
    for number in range(12):
        body = {"message": f"full {number} " + os.urandom(60_000).hex()[:90_000]}
        status, _ = await asyncio.to_thread(
            lambda body=body: desk.call(
                f"/ticket/{load.tickets[0]}/reply",
                body,
                Authorization=f"Bearer {load.token}",
                Prefer="respond-async",
            )
        )
        statuses.add(status)
    ballast.unlink()
    await asyncio.to_thread(wait_until, lambda: desk.call("/ready")[0] == 200, 120, desk)
    await load.run(20, name="after")
    lost, doubled = await load.difference()
    print(f"\nfull disk: answers {sorted(statuses)}, afterwards lost {len(lost)}, doubled {len(doubled)}")
    assert statuses <= {0, 200, 202, 503}, statuses
    assert 503 in statuses or 0 in statuses
    assert (lost, doubled) == ([], [])
    assert token
    await asyncio.to_thread(desk.stop)


@pytest.mark.skipif(not shutil.which("faketime"), reason="needs faketime")
@pytest.mark.parametrize("shift", ["+1h", "-1h", "@2038-01-20 00:00:00"])
async def test_r20_a_desk_whose_clock_has_jumped_works(shift, place, start):
    folder = place / f"clock{abs(hash(shift))}"
    library = next(Path("/usr/lib").rglob("libfaketime.so.1"))
    desk = start(folder, **KNOWN, LD_PRELOAD=str(library), FAKETIME=shift)
    _, load = await prepared(desk)
    await load.run(40)
    lost, doubled = await load.difference()
    assert (lost, doubled) == ([], [])
    url = EmbeddedPostgres(desk.data_dir).url
    with psycopg.connect(url, autocommit=True) as session:
        assert session.execute("SELECT count(*) FROM turns WHERE settled_at < created_at").fetchone() == (0,)
    print(f"\nclock {shift}: {len(load.ledger)} messages, none lost or doubled")
    await asyncio.to_thread(desk.stop)


async def test_r22_a_backup_under_load_restores_to_a_whole_desk(place, start, programs):
    desk = start(place / "live", **KNOWN)
    _, load = await prepared(desk)
    running = asyncio.create_task(load.run(600, name="backup"))
    while len(load.accepted) < 100:
        await asyncio.sleep(0.1)
    file = place / "under-load.tar"
    before = list(load.accepted)

    async def run(*arguments):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "deskwell",
            *arguments,
            env={**os.environ, "DESKWELL_PG_BINDIR": str(programs.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        told, _ = await process.communicate()
        assert process.returncode == 0, told.decode()
        return told.decode()

    await run("backup", str(file), "--data-dir", str(desk.data_dir))
    await running
    lost, doubled = await load.difference()
    assert (lost, doubled) == ([], [])
    await asyncio.to_thread(desk.stop)
    await run("restore", str(file), "--data-dir", str(place / "restored"))
    again = start(place / "restored", **KNOWN)
    load.desk = again
    await asyncio.to_thread(lambda: again.url)
    load.ledger = before
    lost, doubled = await load.difference()
    print(
        f"\nbackup under load: {len(before)} messages were accepted before it, missing in the restored desk {len(lost)}, doubled {len(doubled)}"
    )
    assert (lost, doubled) == ([], [])
    await asyncio.to_thread(again.stop)


async def test_r24_half_an_hour_of_work_leaves_no_growth(place, start):
    desk = start(place / "soak", **KNOWN)
    token, load = await prepared(desk)
    until = time.monotonic() + MINUTES * 60
    sizes, files, reads, number = [], [], [], 0
    while time.monotonic() < until:
        await load.run(40, at_once=3, name=f"soak {number}")
        number += 1
        for _ in range(10):
            began = time.monotonic()
            await call(desk, "/admin/tickets?page_size=25", token=token)
            reads.append(time.monotonic() - began)
        sizes.append(_memory(desk))
        files.append(
            sum(
                len(list(Path(f"/proc/{pid}/fd").iterdir()))
                for name in ("web", "worker")
                for pid in desk.pids_of(name)
            )
        )
        await asyncio.sleep(1)
    lost, doubled = await load.difference()
    half = len(sizes) // 2
    growth = (statistics.mean(sizes[-5:]) - statistics.mean(sizes[half : half + 5])) / max(MINUTES / 2, 0.1)
    print(
        f"\nsoak of {MINUTES:g} min: {len(load.ledger)} messages, reads p95 {quantile(reads, 0.95) * 1000:.0f} ms, memory {sizes[0]:.0f} → {sizes[-1]:.0f} MB ({growth:+.2f} MB/min in the second half), files {files[0]} → {files[-1]}"
    )
    assert (lost, doubled) == ([], [])
    assert files[-1] <= files[half] + 20
    if MINUTES >= 10:
        assert growth < 1
    await asyncio.to_thread(desk.stop)


def _memory(desk: RunningDesk) -> float:
    """Resident megabytes of web and worker."""
    total = 0
    for name in ("web", "worker"):
        for pid in desk.pids_of(name):
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
            total += int(found[1]) if found else 0
    return total / 1024
