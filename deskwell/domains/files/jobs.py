from datetime import timedelta

from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.logs import get_logger
from deskwell.core.storage import FileStore, StoredObject

from . import queries, service
from .events import RemoveObjects, SweepFiles

log = get_logger(__name__)
YOUNG = timedelta(days=1)
BATCH = 500


async def remove_objects(context: Context, request: RemoveObjects) -> None:
    """Delete bytes whose rows are gone; deleting twice is no error."""
    async with context.transaction() as session:
        kept = await queries.known_keys(session, request.storage_keys)
    files = context.gateway(FileStore)
    await files.delete([key for key in request.storage_keys if key not in kept])


async def sweep_files(context: Context, _: SweepFiles) -> None:
    """Remove what was left behind: by a browser that never sent the message, or a process that died."""
    async with context.transaction() as session:
        await service.forget_unclaimed(session)
    files = context.gateway(FileStore)
    orphans = 0
    batch: list[StoredObject] = []
    async for found in files.objects():
        if now() - found.modified_at > YOUNG:
            batch.append(found)
        if len(batch) >= BATCH:
            orphans += await _remove_orphans(context, files, batch)
            batch = []
    orphans += await _remove_orphans(context, files, batch)
    if orphans:
        log.info("orphaned_objects_removed", count=orphans)


async def _remove_orphans(context: Context, files: FileStore, batch: list[StoredObject]) -> int:
    keys = [found.key for found in batch]
    async with context.transaction() as session:
        known = await queries.known_keys(session, keys)
    orphans = [key for key in keys if key not in known]
    await files.delete(orphans)
    return len(orphans)
