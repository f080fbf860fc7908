"""Signatures of providers on what they hand in. Comparison in constant time, old ones refused."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

MAX_AGE_SECONDS = 300


def is_mailgun(fields: Mapping[str, str], key: str, at: datetime) -> bool:
    """Mailgun: HMAC-SHA256 of timestamp and token."""
    stamp, token, given = (fields.get(name, "") for name in ("timestamp", "token", "signature"))
    if not key or not stamp.isdigit() or abs(at.timestamp() - int(stamp)) > MAX_AGE_SECONDS:
        return False
    expected = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), given.encode())


def is_sendgrid(public_key: str, stamp: str, signature: str, body: bytes, at: datetime) -> bool:
    """SendGrid: ECDSA over timestamp and body with the key of the account."""
    try:
        if not stamp.isdigit() or abs(at.timestamp() - int(stamp)) > MAX_AGE_SECONDS:
            return False
        key = serialization.load_der_public_key(base64.b64decode(public_key))
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(base64.b64decode(signature), stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True


def is_sns_host(host: str) -> bool:
    """Whether a host is Amazon's own for SNS: nobody else's certificate or confirmation is fetched."""
    parts = host.lower().split(".")
    return (
        len(parts) in {4, 5}
        and parts[0] == "sns"
        and parts[2] == "amazonaws"
        and parts[3:] in (["com"], ["com", "cn"])
    )


def is_sns(message: Mapping[str, Any], certificate: bytes, at: datetime) -> bool:
    """SNS: RSA over the named fields, by the certificate that was fetched from Amazon."""
    names: tuple[str, ...] = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
    if message.get("Type") in {"SubscriptionConfirmation", "UnsubscribeConfirmation"}:
        names = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
    signed = "".join(f"{name}\n{message[name]}\n" for name in names if message.get(name) is not None)
    digest: hashes.HashAlgorithm = (
        hashes.SHA256() if message.get("SignatureVersion") == "2" else hashes.SHA1()  # noqa: S303
    )
    try:
        sent = datetime.fromisoformat(str(message.get("Timestamp", "")))
        if abs((at - sent).total_seconds()) > 3600:
            return False
        key = x509.load_pem_x509_certificate(certificate).public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            return False
        key.verify(
            base64.b64decode(str(message.get("Signature", ""))), signed.encode(), padding.PKCS1v15(), digest
        )
    except (ValueError, TypeError, binascii.Error, InvalidSignature):
        return False
    return True
