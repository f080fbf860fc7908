"""A read mail as bytes and back: what the reading process hands over. JSON and blobs, nothing that executes."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .addresses import Address
from .bounces import Bounce, FailedRecipient
from .machines import Classification, Kind
from .parts import Attached, Content
from .quoting import Reply
from .reading import Mail
from .spam import SpamScore


def pack(mail: Mail) -> bytes:
    """A length, the JSON, then the files' bytes one after the other."""
    files = mail.content.files
    data = asdict(mail)
    data["content"] = {"is_cut": mail.content.is_cut}
    data["files"] = [
        {"name": f.name, "content_type": f.content_type, "content_id": f.content_id, "is_inline": f.is_inline, "size": len(f.content)}
        for f in files
    ]  # fmt: skip
    data["sent_at"] = mail.sent_at.isoformat() if mail.sent_at else None
    head = json.dumps(data).encode()
    return len(head).to_bytes(8, "big") + head + b"".join(f.content for f in files)


def unpack(packed: bytes) -> Mail:
    length = int.from_bytes(packed[:8], "big")
    data: dict[str, Any] = json.loads(packed[8 : 8 + length])
    position, files = 8 + length, []
    for entry in data.pop("files"):
        size = entry.pop("size")
        files.append(Attached(content=packed[position : position + size], **entry))
        position += size
    bounce = data.pop("bounce")
    classification = data.pop("classification")
    content = Content(files=files, is_cut=data.pop("content")["is_cut"])
    people: dict[str, Any] = {key: [Address(**a) for a in data.pop(key)] for key in ("reply_to", "to", "cc")}
    sender, sent_at = data.pop("sender"), data.pop("sent_at")
    return Mail(
        sender=Address(**sender) if sender else None,
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
        reply=Reply(**data.pop("reply")),
        spam=SpamScore(**data.pop("spam")),
        headers=[(name, value) for name, value in data.pop("headers")],
        classification=Classification(Kind(classification["kind"]), classification["reason"]),
        bounce=_bounce(bounce),
        content=content,
        **people,
        **data,
    )


def _bounce(data: dict[str, Any] | None) -> Bounce | None:
    if data is None:
        return None
    recipients = [FailedRecipient(**r) for r in data.pop("recipients")]
    return Bounce(recipients=recipients, **data)
