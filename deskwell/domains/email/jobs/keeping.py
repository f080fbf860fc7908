from datetime import timedelta

from deskwell.core.clock import now
from deskwell.core.context import Context
from deskwell.core.logs import get_logger

from .. import queries, service
from ..events import ForgetRawMail

log = get_logger(__name__)


async def forget_raw_mail(context: Context, request: ForgetRawMail) -> None:  # noqa: ARG001
    """Throw away the bytes of mails older than the owner wants to keep them, a few at a time."""
    forgotten = 0
    while True:
        async with context.transaction() as session:
            settings = await queries.mail_settings(session)
            if settings.keep_days == 0:
                return
            count = await service.forget_older(session, now() - timedelta(days=settings.keep_days))
        forgotten += count
        if not count:
            break
    if forgotten:
        log.info("raw_mail_forgotten", count=forgotten)
