"""Settings → database, listener and gateways."""

from deskwell.core import logs
from deskwell.core.context import Context
from deskwell.core.db import Database
from deskwell.core.events import CHANNEL, write_facts
from deskwell.core.jobs import write_jobs
from deskwell.core.listen import Listener
from deskwell.core.settings import Settings

from .subscriptions import build_bus


def build_context(settings: Settings) -> Context:
    """Put a process together; nothing is connected before it is used."""
    logs.configure(as_json=settings.log_format == "json")
    database = Database(settings, info={"bus": build_bus()})
    database.finishers = [write_facts, write_jobs]
    return Context(settings, database, Listener(settings, CHANNEL))
