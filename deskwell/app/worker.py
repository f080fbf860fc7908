"""The worker process: every job bound to its handler, sweeps on their schedule, stalled jobs rescued."""

import asyncio
import contextlib
import signal
from collections.abc import Callable
from typing import Any

import procrastinate
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from pydantic import TypeAdapter

from deskwell.core.context import Context
from deskwell.core.jobs import Binding, JobRequest, bind
from deskwell.core.logs import get_logger
from deskwell.core.settings import Settings, get_settings
from deskwell.domains.accounts.events import (
    SendConfirmationMail,
    SendEmailChangeMail,
    SendInvitationMail,
    SendResetMail,
    TellOldAddress,
)
from deskwell.domains.ai import events as ai_events
from deskwell.domains.ai import jobs as ai_jobs
from deskwell.domains.automation.events import ForgetRuns, SweepRules
from deskwell.domains.automation.jobs import forget_runs, sweep_rules
from deskwell.domains.copilot import jobs as copilot_jobs
from deskwell.domains.email import jobs as email
from deskwell.domains.email.events import DeliverMail, FetchMailboxes, ForgetRawMail, ReadMail, SweepMail
from deskwell.domains.files.events import RemoveObjects, SweepFiles
from deskwell.domains.files.jobs import remove_objects, sweep_files
from deskwell.domains.knowledge.events import RefreshSearchWords
from deskwell.domains.knowledge.jobs import refresh_search_words
from deskwell.domains.live.events import SweepLive
from deskwell.domains.live.jobs import sweep_live
from deskwell.domains.notifications.events import MailNotification
from deskwell.domains.notifications.jobs import mail_notification
from deskwell.domains.reports.events import FoldReports, RebuildReports, RollMonths
from deskwell.domains.reports.jobs import fold_reports, rebuild_reports, roll_months
from deskwell.domains.sla.events import ReapplySlas, SweepClocks
from deskwell.domains.sla.jobs import reapply_slas, sweep_clocks
from deskwell.domains.tickets.events import EmptyTrash, ReleaseDrafts, WakeTickets
from deskwell.domains.tickets.jobs import empty_trash, release_drafts, wake_tickets

from . import faults
from .context import build_context
from .schedule import SCHEDULE

log = get_logger(__name__)
QUEUES: dict[str, int] = {"mail": 4, "ai": 4, "default": 4, "index": 1, "background": 1}
"""Queues and how many jobs of each run at once in a worker. What takes long (embedding a knowledge base, or many
tickets) has queues of its own, so that it never stands before a customer's answer."""
ai_jobs.KINDS.update(copilot_jobs.KINDS)  # what agents ask is answered where the model is loaded
GRACE_SECONDS = 25
STALLED_SECONDS = 15
RESCUE_SECONDS = 5


BINDINGS: tuple[Binding, ...] = (
    bind(SweepLive, sweep_live),
    bind(ReadMail, email.read_mails),
    bind(DeliverMail, email.deliver_mail),
    bind(SweepMail, email.sweep_mail),
    bind(ForgetRawMail, email.forget_raw_mail),
    bind(FetchMailboxes, email.fetch_mailboxes),
    bind(SendResetMail, email.send_reset_mail),
    bind(SendInvitationMail, email.send_invitation_mail),
    bind(SendConfirmationMail, email.send_confirmation_mail),
    bind(SendEmailChangeMail, email.send_email_change_mail),
    bind(TellOldAddress, email.tell_old_address),
    bind(RefreshSearchWords, refresh_search_words),
    bind(ai_events.AnswerTicket, ai_jobs.answer_ticket),
    bind(ai_events.WakeTurns, ai_jobs.wake_turns),
    bind(ai_events.EmbedArticles, ai_jobs.embed_articles),
    bind(ai_events.EmbedTickets, ai_jobs.embed_tickets),
    bind(ai_events.AnswerQuestion, ai_jobs.answer_question),
    bind(ai_events.RefitConfidence, ai_jobs.refit_confidence),
    bind(SweepClocks, sweep_clocks),
    bind(SweepRules, sweep_rules),
    bind(MailNotification, mail_notification),
    bind(ForgetRuns, forget_runs),
    bind(ReapplySlas, reapply_slas),
    bind(FoldReports, fold_reports),
    bind(RebuildReports, rebuild_reports),
    bind(RollMonths, roll_months),
    bind(RemoveObjects, remove_objects),
    bind(SweepFiles, sweep_files),
    bind(WakeTickets, wake_tickets),
    bind(ReleaseDrafts, release_drafts),
    bind(EmptyTrash, empty_trash),
)


def build_queue(context: Context) -> procrastinate.App:
    """Return the queue with all handlers as tasks. Its connections go past a pooler."""
    url = context.settings.direct_url.replace("postgresql+psycopg", "postgresql")
    connector = PsycopgConnector(conninfo=url, min_size=1, max_size=8)
    queue = procrastinate.App(connector=connector)
    for binding in BINDINGS:
        _register(queue, context, binding)
    _schedule(queue)
    return queue


def _register(queue: procrastinate.App, context: Context, binding: Binding) -> None:
    adapter = TypeAdapter(binding.request)

    async def run(**args: Any) -> None:
        try:
            await binding.handler(context, adapter.validate_python(args))
        except Exception as error:
            log.exception("job_failed", task=binding.request.task_name())
            await faults.note(context, error, source="worker")
            raise

    retries = binding.request.retries
    strategy = procrastinate.RetryStrategy(max_attempts=retries, exponential_wait=2) if retries else False
    queue.task(name=binding.request.task_name(), queue=binding.request.queue, retry=strategy)(run)


def _schedule(queue: procrastinate.App) -> None:
    """Run each sweep on its cron; one that is still waiting is not queued twice."""
    for entry in SCHEDULE:
        _repeat(queue, entry.cron, entry.request)


def _repeat(queue: procrastinate.App, cron: str, request: JobRequest) -> None:
    task = queue.tasks[request.task_name()]

    async def tick(timestamp: int) -> None:  # noqa: ARG001 - the queue hands it over
        await task.func(**request.args())

    name = f"every.{request.task_name()}"
    seconds, _, minutes_and_more = cron.partition(" ")  # the queue wants the seconds last
    queue.periodic(cron=f"{minutes_and_more} {seconds}")(
        queue.task(name=name, queue=request.queue, queueing_lock=name, lock=name)(tick)
    )


async def rescue_stalled(queue: procrastinate.App) -> None:
    """Put jobs of workers that stopped beating back to the queue."""
    for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        log.warning("job_rescued", task=job.task_name)
        try:
            await queue.job_manager.retry_job(job)
        except UniqueViolation:  # another one of its kind waits already and will do its work
            await queue.job_manager.finish_job(job, Status.FAILED, delete_job=True)


async def keep_rescuing(queue: procrastinate.App) -> None:
    """Rescue again and again.

    This is no job itself: a worker may die while it rescues, and what it left would keep all others from it.
    """
    while True:
        await asyncio.sleep(RESCUE_SECONDS)
        try:
            await rescue_stalled(queue)
        except (
            ConnectorException
        ) as error:  # another worker was quicker, or the database is away for a moment
            log.warning("not_rescued", error=str(error.__cause__ or error))


async def run(settings: Settings | None = None, *, context: Context | None = None) -> None:
    """Work until SIGTERM; running jobs get 25 seconds to end."""
    context = context or build_context(settings or get_settings())
    queue = build_queue(context)
    await context.listener.start()
    async with queue.open_async():
        await rescue_stalled(queue)
        workers = [
            asyncio.create_task(_work(queue, name, concurrency), name=f"worker-{name}")
            for name, concurrency in QUEUES.items()
        ]
        workers.append(asyncio.create_task(keep_rescuing(queue), name="rescue"))
        workers.append(asyncio.create_task(email.watch_mailboxes(context), name="mailboxes"))
        _stop_on_signal(lambda: [worker.cancel() for worker in workers])
        await asyncio.gather(*workers, return_exceptions=True)
    await context.listener.stop()
    await context.database.close()


async def _work(queue: procrastinate.App, name: str, concurrency: int) -> None:
    await queue.run_worker_async(
        queues=[name],
        name=name,
        concurrency=concurrency,
        install_signal_handlers=False,
        fetch_job_polling_interval=2.0,
        update_heartbeat_interval=3,
        stalled_worker_timeout=STALLED_SECONDS,
        shutdown_graceful_timeout=GRACE_SECONDS,
        delete_jobs="successful",
    )


def _stop_on_signal(stop: Callable[[], Any]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop)
