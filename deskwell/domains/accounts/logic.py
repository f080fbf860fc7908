import re
from collections.abc import Mapping
from typing import Any

from deskwell.core.errors import Invalid

_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
_LABEL = r"[a-z0-9\u0080-\U0010ffff](?:[a-z0-9\u0080-\U0010ffff-]{0,61}[a-z0-9\u0080-\U0010ffff])?"
_EMAIL = re.compile(rf"{_LOCAL}(?:\.{_LOCAL})*@{_LABEL}(?:\.{_LABEL})+")
MAX_EMAIL = 254
MAX_NAME = 200


def normal_email(text: str, *, field: str = "email") -> str:
    """Return the address in the one form that is stored: trimmed, lower case.

    Raises:
        Invalid: it is not an address.

    """
    email = text.strip().lower()
    if len(email) > MAX_EMAIL or "=?" in email or not _EMAIL.fullmatch(email):  # =? begins an encoded word
        raise Invalid.field(field, "Please enter a valid e-mail address.", code="email_invalid")
    return email


def clean_name(text: str, *, field: str = "name") -> str:
    """Return a person's name without control characters and doubled spaces.

    Raises:
        Invalid: nothing is left, or too much.

    """
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not name:
        raise Invalid.field(field, "Please enter a name.", code="name_missing")
    if len(name) > MAX_NAME:
        raise Invalid.field(field, f"A name may have at most {MAX_NAME} characters.", code="name_too_long")
    return name


_SENTENCES: Mapping[str, str] = {
    "user.registered": "{person} registered",
    "user.invited": "Invited {person} as {role}",
    "user.signed_in": "{person} signed in",
    "user.sign_in_refused": "A sign-in for {person} was refused",
    "user.sessions_ended": "Sign-ins of {person} ended: {reason}",
    "user.email_confirmed": "{person} confirmed their e-mail address",
    "user.password_changed": "The password of {person} changed",
    "user.changed": "Changed {person}: {changes}",
    "role.changed": "Role “{name}” {change}{permissions}",
    "api_key.made": "Made the API key “{name}” for {scopes}",
    "api_key.revoked": "Revoked the API key “{name}”",
    "team.changed": "Team “{name}” {change}",
    "company.changed": "Company “{name}” {change}",
    "fields.changed": "{what} “{name}” {change}",
    "rule.changed": "Rule “{name}” {change}",
    "macros.changed": "{what} “{name}” {change}",
    "context.changed": "Context “{name}” changed: {fields}",
    "email_account.changed": "E-mail account changed: {fields}",
    "email_template.changed": "E-mail template changed: {fields}",
    "sla.saved": "Service level “{name}” {saved}",
    "sla.deleted": "Service level “{name}” deleted",
    "sla.calendar_saved": "Business calendar “{name}” {saved}",
    "sla.calendar_deleted": "Business calendar “{name}” deleted",
}


def audit_sentence(kind: str, data: Mapping[str, Any], person: str | None) -> str:
    """One line of the log in words; kinds without a sentence of their own are named with their values."""
    pattern = _SENTENCES.get(kind)
    if pattern is None:
        values = ", ".join(
            f"{key.replace('_', ' ')}: {value}"
            for key, value in data.items()
            if isinstance(value, str | int | bool) and not key.endswith("_id")
        )
        return f"{kind.replace('.', ' ').replace('_', ' ').capitalize()}{f' ({values})' if values else ''}"
    given, taken = data.get("given") or [], data.get("taken") or []
    words = {
        **{key: _plain(value) for key, value in data.items()},
        "person": person or "somebody unknown",
        "changes": _changes(data),
        "saved": "created" if data.get("is_new") else "changed",
        "permissions": "".join(
            (f"; gives {', '.join(given)}" if given else "", f"; takes {', '.join(taken)}" if taken else "")
        ),
    }
    text = re.sub(r"\{(\w+)\}", lambda match: str(words.get(match.group(1), "")), pattern)
    return text[:1].upper() + text[1:]


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value).replace("_", " ")


def _changes(data: Mapping[str, Any]) -> str:
    before, after = data.get("before") or {}, data.get("after") or {}
    return "; ".join(
        f"{key}: {before[key]} → {after.get(key)}" if key in before else str(key).replace("_", " ")
        for key in data.get("fields") or []
    )
