"""A strict reader of address headers: what is not clearly one mailbox is no mailbox.

Python 3.11's `email.utils` takes `alice@good.org` from `"alice@good.org" <eve@evil.org>`-like tricks
(CVE-2023-27043), so none of it is used here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .encoded_words import decode_words

MAX_LENGTH = 254
MAX_MAILBOX = 2000  # with its name and comments; longer ones are attacks
_LOCAL = re.compile(r"[^\s\"(),:;<>@\[\]\\\x00-\x1f\x7f]{1,64}\Z")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9\-_\u00a1-\U0010ffff]{1,63}(?<!-)\Z")
_LITERAL = re.compile(r"\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]\Z")
_FIND_BARE = re.compile(
    r"[A-Za-z0-9_.+\-=&'/~#!$%*?^{}|]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250}[A-Za-z0-9])?"
)


@dataclass(frozen=True)
class Address:
    """One mailbox: the address in lower case and the name shown, which may be empty."""

    email: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


def parse_addresses(value: str, *, limit: int = 200) -> list[Address]:
    """The mailboxes of an address header, in order; groups are flattened, broken ones left out.

    `value` is the raw header (encoded words not yet decoded: a comma hidden in one is no separator).
    """
    found: list[Address] = []
    for item in _split(value[:20_000]):
        address = _read_mailbox(item)
        if address and address not in found:
            found.append(address)
            if len(found) >= limit:
                break
    return found


def parse_address(value: str) -> Address | None:
    """Exactly one mailbox, or None: used where an address decides who somebody is."""
    found = parse_addresses(value)
    return found[0] if len(found) == 1 else None


def normalise_email(value: str) -> str | None:
    """A typed address as it is stored, None when it is none: `Ann@Example.ORG ` → `ann@example.org`."""
    value = value.strip()
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1].strip()
    local, at, domain = value.rpartition("@")
    if not at or len(value) > MAX_LENGTH or "=?" in value:  # =? begins an encoded word
        return None
    local = _unquoted_local(local)
    if not local or not _is_local(local):
        return None
    domain = domain.strip().rstrip(".")
    if not _is_domain(domain):
        return None
    return f"{local}@{domain}".lower()


def find_emails(text: str, *, limit: int = 50) -> list[str]:
    """Addresses in running text, for bounces that name their victim only in words."""
    found: list[str] = []
    for match in _FIND_BARE.finditer(text[:200_000]):
        email = normalise_email(match.group().strip(".'"))
        if email and email not in found:
            found.append(email)
            if len(found) >= limit:
                break
    return found


def format_address(name: str, email: str) -> str:
    """`name <email>` for a header of ours: quoted where needed, control characters gone."""
    name = re.sub(r"[\x00-\x1f\x7f]+", " ", name).strip()
    if not name:
        return email
    if re.search(r"[^A-Za-z0-9 !#$%&\'*+\-/=?^_`{|}~\u0080-\U0010ffff]", name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{email}>'
    return f"{name} <{email}>"


def _split(value: str) -> Iterator[str]:
    """The items of a comma-separated list, outside of quotes, comments and angle brackets."""
    start = depth = 0
    in_quotes = in_angle = False
    index, length = 0, len(value)
    while index < length:
        char = value[index]
        if char == "\\" and (in_quotes or depth):
            index += 2
            continue
        if in_quotes:
            in_quotes = char != '"'
        elif char == '"':
            # An opening quote that never closes is a plain character.
            in_quotes = depth == 0 and value.find('"', index + 1) > 0
        elif char == "(":
            depth += 1 if value.find(")", index) > 0 else 0
        elif char == ")" and depth:
            depth -= 1
        elif depth == 0 and char == "<":
            in_angle = True
        elif depth == 0 and char == ">":
            in_angle = False
        elif depth == 0 and char in ",;" and not in_angle:
            yield value[start:index]
            start = index + 1
        elif depth == 0 and char == ":" and not in_angle and "@" not in value[start:index]:
            start = index + 1  # the name of a group
        index += 1
    yield value[start:]


def _read_mailbox(item: str) -> Address | None:
    plain, comments = _without_comments(item)
    plain = plain.strip()
    if not plain or len(plain) > MAX_MAILBOX:
        return None
    opening = _find_unquoted(plain, "<")
    if opening < 0:
        return _read_bare(plain, comments)
    closing = plain.find(">", opening)
    inner = plain[opening + 1 : closing if closing > 0 else None].strip()
    if "<" in inner:  # <<a@b>>
        inner = inner.rpartition("<")[2].strip()
    if inner.startswith("@") and ":" in inner:  # a source route
        inner = inner.partition(":")[2].strip()
    if inner.lower().startswith(("mailto:", "smtp:")):
        inner = inner.partition(":")[2]
    rest = plain[closing + 1 :].strip(" >") if closing > 0 else ""
    if "@" in rest:  # text with another address after the mailbox: which one is meant is a guess
        return None
    email = normalise_email(re.sub(r"\s*([@.])\s*", r"\1", inner))
    return Address(email, _read_name(plain[:opening]) or _read_name(comments)) if email else None


def _read_bare(plain: str, comments: str) -> Address | None:
    compact = re.sub(r"\s*@\s*", "@", plain.strip().strip("'"))
    if compact.lower().startswith(("mailto:", "smtp:")):
        compact = compact.partition(":")[2]
    email = normalise_email(compact)
    if email:
        return Address(email, _read_name(comments))
    if compact.count("@") == 1 and " " in compact and '"' not in compact:  # Ann ann@example.org
        name, _, last = compact.rpartition(" ")
        email = normalise_email(last)
        return Address(email, _read_name(name)) if email else None
    if compact.startswith('"') and compact.count("@") == 1:  # "ann@example.org", or "Ann" ann@example.org
        match = re.fullmatch(r'"([^"]*)"\s*(\S*)', compact)
        if match:
            email = normalise_email(match[2] or match[1])
            return Address(email, match[1] if match[2] else "") if email else None
    return None


def _without_comments(item: str) -> tuple[str, str]:
    if "(" not in item:
        return item, ""
    kept: list[str] = []
    comments: list[str] = []
    depth, in_quotes, index = 0, False, 0
    while index < len(item):
        char = item[index]
        target = comments if depth else kept
        if char == "\\" and index + 1 < len(item):
            target.append(item[index : index + 2] if not depth else item[index + 1])
            index += 2
            continue
        if char == '"' and not depth:
            in_quotes = not in_quotes
        if char == "(" and not in_quotes:
            depth += 1
            if depth > 1:
                comments.append(char)
        elif char == ")" and depth:
            depth -= 1
            if depth:
                comments.append(char)
        else:
            target.append(char)
        index += 1
    return "".join(kept), "".join(comments)


def _find_unquoted(text: str, wanted: str) -> int:
    in_quotes, index = False, 0
    while index < len(text):
        char = text[index]
        if char == "\\":
            index += 2
            continue
        if char == '"':
            in_quotes = not in_quotes
        elif char == wanted and not in_quotes:
            return index
        index += 1
    return text.rfind(wanted) if in_quotes else -1  # an unclosed quote: the last bracket is the real one


def _read_name(raw: str) -> str:
    name = raw.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1]
    name = re.sub(r"\\(.)", r"\1", name) if "\\" in name else name
    name = decode_words(name)
    name = re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", " ", name)
    name = re.sub(r"\s+", " ", name).strip()
    while len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return name.strip('"')[:200]


def _unquoted_local(local: str) -> str:
    if len(local) > 1 and local[0] == local[-1] == '"':
        inner = re.sub(r"\\(.)", r"\1", local[1:-1])
        return inner if _LOCAL.match(inner) else ""
    return local


def _is_local(local: str) -> bool:
    return bool(_LOCAL.match(local))


def _is_domain(domain: str) -> bool:
    if _LITERAL.match(domain):
        return True
    return 0 < len(domain) <= 253 and all(_LABEL.match(label) for label in domain.split("."))
