"""Settings → database, listener and gateways."""

from pathlib import Path
from typing import Any

from deskwell.core import logs
from deskwell.core.context import Context, OnFirstUse
from deskwell.core.db import Database
from deskwell.core.events import CHANNEL, facts_to_write
from deskwell.core.jobs import jobs_to_write
from deskwell.core.listen import Listener
from deskwell.core.llm import ChatModel, Embedder
from deskwell.core.mail import MailGateway
from deskwell.core.settings import Settings
from deskwell.core.storage import FileStore
from deskwell.gateways.files import open_files
from deskwell.gateways.llm.embedded import EmbeddedEmbedder
from deskwell.gateways.mail import open_mail

from . import faults
from .subscriptions import build_bus


def build_context(settings: Settings) -> Context:
    """Put a process together; nothing is connected before it is used."""
    faults.start_reporting(settings)
    logs.configure(as_json=settings.log_format == "json")
    database = Database(settings, info={"bus": build_bus(), "settings": settings})
    database.finishers = [facts_to_write, jobs_to_write]
    return Context(settings, database, Listener(settings, CHANNEL), _gateways(settings))


def _gateways(settings: Settings) -> dict[type[Any], Any]:
    """Open the doors to the outside; none of them connects before it is used."""
    return {
        MailGateway: open_mail(settings.allow_private_hosts),
        FileStore: open_files(
            settings.storage_url or f"file://{(settings.data_dir or Path('data')).absolute()}/files",
            access_key_id=settings.storage_access_key_id,
            secret_access_key=settings.storage_secret_access_key.get_secret_value(),
        ),
        ChatModel: OnFirstUse(lambda: _open_models(settings)),
        Embedder: EmbeddedEmbedder(settings.embedding_model_path),
    }


def _open_models(settings: Settings) -> ChatModel:
    from deskwell.gateways.llm.endpoints import OpenAiEndpoints

    return OpenAiEndpoints(allowed_hosts=settings.allow_private_hosts)
