import base64
import binascii
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from deskwell.core import limits
from deskwell.core.clock import now
from deskwell.core.context import Context, Ctx
from deskwell.core.errors import Invalid, TooLarge, Unauthorized
from deskwell.core.http import client_address
from deskwell.core.mail import MailGateway, MailUnreachable
from deskwell.domains.accounts.access import Anyone

from .. import queries, schemas, service
from ..logic import signatures
from ..logic.handing_in import HandedIn, NotAMail, from_form, from_json
from ..models import EmailAccount, InboundState, Provider

router = APIRouter()
MAX_BYTES = 40 * 1024 * 1024
WAIT_SECONDS = 5.0


@router.post("/webhooks/email", response_model=schemas.Received)
async def receive(request: Request, response: Response, context: Ctx, _: Anyone) -> Any:
    """Take a mail in any of its forms. Stored before it is read; answers when it is read, or after 5 s with 202."""
    return await _receive(request, response, context, "")


@router.post("/webhooks/email/{secret}", response_model=schemas.Received)
async def receive_with_secret(
    secret: str, request: Request, response: Response, context: Ctx, _: Anyone
) -> Any:
    """The same for senders that can only be given an address: the secret is its last part."""
    return await _receive(request, response, context, secret)


async def _receive(request: Request, response: Response, context: Context, path_secret: str) -> Any:
    await limits.hit(context, "webhook", client_address(request))
    is_trusted = _knows_secret(request, context, path_secret)
    if not is_trusted and not await _may_be_signed(context):
        raise _refused()
    body = await _body(request)
    if not body.strip():
        raise Invalid("There is no mail in this request.", code="mail_missing")
    handed: HandedIn | None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in {"multipart/form-data", "application/x-www-form-urlencoded"}:
        handed = await _form(request, context, body, is_trusted=is_trusted)
    elif kind == "application/json" or (_looks_like_json(body) and kind != "message/rfc822"):
        handed = await _json(request, context, body, is_trusted=is_trusted)
    elif not is_trusted:
        raise _refused()
    else:
        handed = HandedIn(body, "raw")
    if handed is None:
        return schemas.Received(message="The subscription is confirmed.")
    return await _take(context, response, handed)


def _refused() -> Unauthorized:
    return Unauthorized(
        "This webhook needs its secret: header X-Webhook-Secret, basic auth, or as last part of the address.",
        code="webhook_secret",
    )


def _knows_secret(request: Request, context: Context, path_secret: str) -> bool:
    wanted = service.webhook_secret(context.settings).encode()
    given = [path_secret, request.headers.get("x-webhook-secret", ""), _basic_password(request)]
    return any(hmac.compare_digest(value.encode(), wanted) for value in given)


def _basic_password(request: Request) -> str:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


async def _accounts(context: Context) -> list[EmailAccount]:
    async with context.transaction() as session:
        return list(await session.scalars(select(EmailAccount).where(EmailAccount.is_active)))


async def _may_be_signed(context: Context) -> bool:
    """Whether any account could tell a signature; else a stranger's body is not even read."""
    return any(
        a.provider in {Provider.MAILGUN, Provider.SENDGRID, Provider.SES} for a in await _accounts(context)
    )


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > MAX_BYTES:
        raise TooLarge("A mail may have at most 40 MB.")
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > MAX_BYTES:
            raise TooLarge("A mail may have at most 40 MB.")
        pieces.append(piece)
    body = b"".join(pieces)
    request._body = body  # noqa: SLF001 - the form parser of the framework reads it from here
    return body


def _looks_like_json(body: bytes) -> bool:
    return body.lstrip()[:1] == b"{"


async def _form(request: Request, context: Context, body: bytes, *, is_trusted: bool) -> HandedIn:
    try:
        form = await request.form(max_files=200, max_fields=500, max_part_size=MAX_BYTES)
    except HTTPException as error:
        raise Invalid("This form cannot be read.", code="form_broken") from error
    fields: dict[str, str] = {}
    files: list[tuple[str, str, bytes]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files.append((value.filename or "file", value.content_type or "", await value.read()))
        else:
            fields.setdefault(name, value)
    if not is_trusted and not await _is_form_signed(request, context, fields, body):
        raise _refused()
    try:
        return from_form(fields, files)
    except NotAMail as error:
        raise Invalid(str(error), code="mail_missing") from error


async def _is_form_signed(request: Request, context: Context, fields: Mapping[str, str], body: bytes) -> bool:
    signature = request.headers.get("x-twilio-email-event-webhook-signature", "")
    stamp = request.headers.get("x-twilio-email-event-webhook-timestamp", "")
    for account in await _accounts(context):
        if account.provider is Provider.MAILGUN:
            plain = service.plain_account(context.settings, account)
            key = plain.credentials.get("webhook_signing_key") or plain.api_key
            if signatures.is_mailgun(fields, key, now()):
                return True
        public_key = account.settings.get("webhook_public_key")
        if (
            account.provider is Provider.SENDGRID
            and public_key
            and signatures.is_sendgrid(public_key, stamp, signature, body, now())
        ):
            return True
    return False


async def _json(request: Request, context: Context, body: bytes, *, is_trusted: bool) -> HandedIn | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid("This is not valid JSON.", code="json_broken") from error
    if not isinstance(data, dict):
        raise Invalid("Please send a JSON object.", code="json_broken")
    if request.headers.get("x-amz-sns-message-type") or ("TopicArn" in data and "SigningCertURL" in data):
        return await _sns(context, data, is_trusted=is_trusted)
    if not is_trusted:
        raise _refused()
    try:
        return from_json(data)
    except NotAMail as error:
        raise Invalid(str(error), code="mail_missing") from error


async def _sns(context: Context, data: dict[str, Any], *, is_trusted: bool) -> HandedIn | None:
    """SES over SNS: signed by Amazon, and of a topic that an account names (or with our secret)."""
    topics = {a.settings.get("topic_arn") for a in await _accounts(context)} - {None, ""}
    gateway = context.gateway(MailGateway)
    try:
        url = str(data.get("SigningCertURL") or "")
        certificate = await gateway.fetch(url, is_allowed_host=signatures.is_sns_host)
    except MailUnreachable as error:
        raise _refused() from error
    if not (is_trusted or data.get("TopicArn") in topics) or not signatures.is_sns(data, certificate, now()):
        raise _refused()
    if data.get("Type") == "SubscriptionConfirmation":
        subscribe = str(data.get("SubscribeURL") or "")
        if urlsplit(subscribe).scheme == "https":
            await gateway.fetch(subscribe, is_allowed_host=signatures.is_sns_host)
        return None
    try:
        inner = json.loads(str(data.get("Message") or ""))
        content = str(inner["content"])
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(
            "This notification holds no mail. Let SES send the content with it.", code="mail_missing"
        ) from error
    recipients = inner.get("receipt", {}).get("recipients") or []
    try:
        raw = base64.b64decode(content, validate=True)
    except binascii.Error:
        raw = content.encode("utf-8", "surrogateescape")
    return HandedIn(raw, "ses", [r for r in recipients if isinstance(r, str)][:50])


async def _take(context: Context, response: Response, handed: HandedIn) -> Any:
    """Store, then wait for what becomes of it."""
    async with context.transaction() as session:
        inbound_id = await service.store_inbound(
            session, handed.content, via=handed.via, envelope_to=handed.envelope_to
        )

    async def look() -> dict[str, Any] | None:
        return await queries.look_up_inbound(context.database, inbound_id)

    row = await context.listener.wait_until(look, timeout=WAIT_SECONDS)
    if row is None:
        response.status_code = 202
        return schemas.Received(message="The mail is stored and will be read.")
    if row["state"] == InboundState.FAILED:
        response.status_code = 202
        return schemas.Received(
            message=f"The mail is kept, but could not be read: {row['reason']}", category="unreadable"
        )
    async with context.transaction() as session:
        email = (
            queries.email_read(await queries.get_email(session, row["email_id"])) if row["email_id"] else None
        )
    is_filtered = row["state"] == InboundState.FILTERED
    return schemas.Received(
        message="The mail is kept aside." if is_filtered else "The mail is in its ticket.",
        ticket_id=row["ticket_id"],
        email_message=email,
        filtered=True if is_filtered else None,
        category=row["category"] if row["category"] != "repeat" else None,
    )
