"""Providers with an HTTP API: SendGrid, Amazon SES (signed with SigV4) and Mailgun. The raw mail goes out as it is."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import httpx2

from deskwell.core.clock import now
from deskwell.core.mail import Envelope, MailAccount, MailUnreachable, Outcome, SendResult

from .hosts import resolve

SECONDS = 30
MAX_ANSWER = 200_000


async def send(account: MailAccount, envelope: Envelope, allowed: Sequence[str]) -> SendResult:
    """Try once over the account's provider."""
    build = {"sendgrid": _sendgrid, "ses": _ses, "mailgun": _mailgun}[account.provider]
    try:
        answer = await _post(build(account, envelope), allowed)
    except MailUnreachable as error:
        return SendResult(Outcome.LATER, str(error))
    except httpx2.ConnectError as error:
        return SendResult(Outcome.LATER, f"The provider cannot be reached: {error}"[:300])
    except httpx2.HTTPError:
        return SendResult(Outcome.UNCERTAIN, "The provider's answer was lost.")
    return _judge(answer)


async def check(account: MailAccount, allowed: Sequence[str]) -> str:
    """Ask the provider who we are."""
    try:
        answer = await _post(_CHECKS[account.provider](account), allowed)
    except httpx2.HTTPError as error:
        raise MailUnreachable(f"The provider cannot be reached: {error}"[:300]) from error
    if answer.status_code >= 400:
        raise MailUnreachable(f"{answer.status_code} {_reason(answer)}")
    return f"{account.provider} accepted the key."


def _judge(answer: httpx2.Response) -> SendResult:
    code = answer.status_code
    if code < 300:
        return SendResult(Outcome.SENT, provider_id=_provider_id(answer))
    if code == 429 or code >= 500 or code == 408:
        return SendResult(Outcome.LATER, f"{code} {_reason(answer)}", retry_after=_retry_after(answer))
    if b"Throttl" in answer.content or b"throttl" in answer.content:
        return SendResult(Outcome.LATER, f"{code} {_reason(answer)}", retry_after=_retry_after(answer))
    return SendResult(Outcome.REFUSED, f"{code} {_reason(answer)}")


def _retry_after(answer: httpx2.Response) -> float | None:
    value = answer.headers.get("retry-after") or ""
    if value.isdigit():
        return float(value)
    reset = answer.headers.get("x-ratelimit-reset") or ""
    return (
        max(1.0, float(reset) - now().timestamp()) if answer.status_code == 429 and reset.isdigit() else None
    )


def _provider_id(answer: httpx2.Response) -> str:
    if found := answer.headers.get("x-message-id"):
        return str(found)
    try:
        data = json.loads(answer.content)
        return str(data.get("MessageId") or data.get("id") or "")
    except (ValueError, AttributeError):
        return ""  # accepted is accepted, whatever stands in the answer


def _reason(answer: httpx2.Response) -> str:
    try:
        data: Any = json.loads(answer.content)
    except ValueError:
        return answer.text[:200].strip() or answer.reason_phrase
    if isinstance(data, dict):
        errors = data.get("errors")
        if isinstance(errors, list) and errors and isinstance(errors[0], dict):
            return str(errors[0].get("message", ""))[:300]
        return str(data.get("message") or data.get("Message") or data.get("__type") or "")[:300]
    return str(data)[:200]


def _base(account: MailAccount, default: str) -> str:
    return (account.credentials.get("base_url") or default).rstrip("/")


def _sendgrid(account: MailAccount, envelope: Envelope) -> httpx2.Request:
    """SendGrid takes no raw mail over its API: the parts are handed over one by one."""
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    shown = {key: _addresses(mail, key) for key in ("to", "cc")}
    known = {a["email"].lower() for addresses in shown.values() for a in addresses}
    bcc = [{"email": r} for r in envelope.recipients if r.lower() not in known]
    wanted = {r.lower() for r in envelope.recipients}
    to = [a for a in shown["to"] if a["email"].lower() in wanted]
    person: dict[str, Any] = {"to": to or bcc or [{"email": r} for r in envelope.recipients]}
    if shown["cc"] and to:
        person["cc"] = [a for a in shown["cc"] if a["email"].lower() in wanted] or None
    if bcc and to:
        person["bcc"] = bcc
    person = {key: value for key, value in person.items() if value}
    body: dict[str, Any] = {
        "personalizations": [person],
        "from": _addresses(mail, "from")[0],
        "subject": str(mail["subject"] or " "),
        "content": [],
        "headers": {
            key: str(mail[key])
            for key in ("Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Deskwell-Loop", "X-Auto-Response-Suppress")
            if mail[key]
        },
        "custom_args": {"deskwell_id": envelope.message_id},
    }  # fmt: skip
    if mail["reply-to"]:
        body["reply_to"] = _addresses(mail, "reply-to")[0]
    files = []
    for part in mail.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        if part.get_filename():
            files.append(
                {
                    "content": base64.b64encode(data).decode(),
                    "type": part.get_content_type(),
                    "filename": part.get_filename(),
                    "disposition": "inline" if part["content-id"] else "attachment",
                    **({"content_id": str(part["content-id"]).strip("<>")} if part["content-id"] else {}),
                }
            )
        elif part.get_content_type() in {"text/plain", "text/html"}:
            body["content"].append(
                {"type": part.get_content_type(), "value": data.decode("utf-8", "replace") or " "}
            )
    if files:
        body["attachments"] = files
    url = _base(account, "https://api.sendgrid.com") + "/v3/mail/send"
    return httpx2.Request("POST", url, json=body, headers={"Authorization": f"Bearer {account.api_key}"})


def _addresses(mail: EmailMessage, key: str) -> list[dict[str, str]]:
    header: Any = mail[key]
    found = header.addresses if header else ()
    return [{"email": a.addr_spec, **({"name": a.display_name} if a.display_name else {})} for a in found]


def _mailgun(account: MailAccount, envelope: Envelope) -> httpx2.Request:
    domain = account.credentials.get("domain") or account.email.rpartition("@")[2]
    url = f"{_base(account, _mailgun_host(account))}/v3/{domain}/messages.mime"
    return httpx2.Request(
        "POST",
        url,
        data={"to": ",".join(envelope.recipients), "v:deskwell_id": envelope.message_id},
        files={"message": ("message.eml", envelope.content, "message/rfc822")},
        headers={"Authorization": _basic("api", account.api_key)},
    )


def _mailgun_host(account: MailAccount) -> str:
    is_eu = account.credentials.get("region", "").lower().startswith("eu")
    return "https://api.eu.mailgun.net" if is_eu else "https://api.mailgun.net"


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _ses(account: MailAccount, envelope: Envelope) -> httpx2.Request:
    body = {
        "FromEmailAddress": account.email,
        "Destination": {"ToAddresses": list(envelope.recipients)},
        "Content": {"Raw": {"Data": base64.b64encode(envelope.content).decode()}},
        "EmailTags": [
            {"Name": "deskwell_id", "Value": hashlib.sha256(envelope.message_id.encode()).hexdigest()}
        ],
    }
    url = _ses_base(account) + "/v2/email/outbound-emails"
    return sign_v4(account, "POST", url, json.dumps(body).encode())


def _ses_base(account: MailAccount) -> str:
    region = account.credentials.get("region") or "us-east-1"
    return _base(account, f"https://email.{region}.amazonaws.com")


def sign_v4(
    account: MailAccount, method: str, url: str, body: bytes, *, at: datetime | None = None
) -> httpx2.Request:
    """A request signed for the `ses` service with AWS Signature Version 4."""
    parts = urlsplit(url)
    moment = (at or now()).astimezone(UTC)
    stamp, day = moment.strftime("%Y%m%dT%H%M%SZ"), moment.strftime("%Y%m%d")
    region = account.credentials.get("region") or "us-east-1"
    digest = hashlib.sha256(body).hexdigest()
    headers = {
        "content-type": "application/json",
        "host": parts.netloc,
        "x-amz-content-sha256": digest,
        "x-amz-date": stamp,
    }
    names = ";".join(sorted(headers))
    canonical = "\n".join(
        [
            method,
            parts.path or "/",
            parts.query,
            *(f"{k}:{headers[k]}" for k in sorted(headers)),
            "",
            names,
            digest,
        ]
    )
    scope = f"{day}/{region}/ses/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = b"AWS4" + account.credentials.get("secret_access_key", "").encode()
    for step in (day, region, "ses", "aws4_request"):
        key = hmac.new(key, step.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    credential = f"{account.credentials.get('access_key_id', '')}/{scope}"
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
    )
    return httpx2.Request(method, url, content=body, headers=headers)


_CHECKS: dict[str, Callable[[MailAccount], httpx2.Request]] = {
    "sendgrid": lambda a: httpx2.Request("GET", _base(a, "https://api.sendgrid.com") + "/v3/scopes", headers={"Authorization": f"Bearer {a.api_key}"}),
    "mailgun": lambda a: httpx2.Request(
        "GET",
        f"{_base(a, _mailgun_host(a))}/v3/domains/{a.credentials.get('domain') or a.email.rpartition('@')[2]}",
        headers={"Authorization": _basic("api", a.api_key)},
    ),
    "ses": lambda a: sign_v4(a, "GET", _ses_base(a) + "/v2/email/account", b""),
}  # fmt: skip


async def _post(request: httpx2.Request, allowed: Sequence[str], limit: int = MAX_ANSWER) -> httpx2.Response:
    """Send to the address that was checked; no redirects, a bounded answer."""
    url = request.url
    if url.scheme not in {"https", "http"}:
        raise MailUnreachable("The provider's address must start with https://.")
    port = url.port or (443 if url.scheme == "https" else 80)
    address = await resolve(url.host, port, allowed)
    request.headers["Host"] = url.netloc.decode()
    request.extensions = {**request.extensions, "sni_hostname": url.host}
    request.url = url.copy_with(host=address, port=port)
    async with httpx2.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
        response = await client.send(request, stream=True)
        try:
            content = b""
            async for piece in response.aiter_bytes():
                content += piece
                if len(content) > limit:
                    break
        finally:
            await response.aclose()
    return httpx2.Response(response.status_code, headers=_plain_headers(response), content=content)


def _plain_headers(response: httpx2.Response) -> dict[str, str]:
    unwanted = {"content-encoding", "transfer-encoding", "content-length"}
    return {key: value for key, value in response.headers.items() if key.lower() not in unwanted}


async def fetch(
    url: str, allowed: Sequence[str], is_allowed_host: Callable[[str], bool], limit: int = MAX_ANSWER
) -> bytes:
    """Fetch a small document from an allowed host."""
    try:
        parsed = urlsplit(url)
        if parsed.scheme not in {"https", "http"} or not is_allowed_host(parsed.hostname or ""):
            raise MailUnreachable("This address is not allowed.")
        answer = await _post(httpx2.Request("GET", url), allowed, limit)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise MailUnreachable(str(error)[:200]) from error
    if answer.status_code != 200:
        raise MailUnreachable(f"{answer.status_code}")
    if len(answer.content) > limit:
        raise MailUnreachable("It is too big.")
    return bytes(answer.content)
