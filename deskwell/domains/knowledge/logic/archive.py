"""The layout of an exported knowledge base: one Markdown file an article, in the folders of its topics."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

IMAGE_FOLDER = "images"
TOPICS_FILE = "topics.yaml"
_IMAGE = re.compile(r"(!\[[^\]\n]*\]\()\s*<?([^)\s>]+)>?((?:\s+\"[^\"\n]*\")?\s*\))")
_OWN_IMAGE = re.compile(r"/help/images/([0-9a-f-]{36})/([^)\s\"'>]+)")


def normal_path(path: str) -> str | None:
    """A path of an archive in plain form; None for what leads out of it, is hidden or no file of ours."""
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        if part in {"", "."}:
            continue
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    if not parts or any(part.startswith((".", "__MACOSX")) for part in parts):
        return None
    return "/".join(parts)


def local_images(body: str, path: str) -> dict[str, str]:
    """Pictures an article shows by relative address: address as written → path in the archive."""
    found: dict[str, str] = {}
    folder = str(PurePosixPath(path).parent)
    for match in _IMAGE.finditer(body):
        address = match[2]
        if not re.match(r"[a-z][a-z0-9+.-]*:|/|#", address, re.IGNORECASE):
            inside = normal_path(f"{folder}/{address.split('?')[0].split('#')[0]}")
            if inside:
                found[address] = inside
    return found


def with_addresses(body: str, addresses: Mapping[str, str]) -> str:
    """The article with its pictures' addresses exchanged."""
    return _IMAGE.sub(lambda m: f"{m[1]}{addresses.get(m[2], m[2])}{m[3]}", body)


def own_images(body: str) -> list[str]:
    """Ids of our own pictures in a text, in order, each once."""
    return list(dict.fromkeys(match[1] for match in _OWN_IMAGE.finditer(body)))


def with_relative_images(body: str, path: str, known: Iterable[str]) -> str:
    """The article as it lies in the archive: its pictures by relative address."""
    kept = set(known)
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return _OWN_IMAGE.sub(
        lambda m: f"{up}{image_path(m[1], m[2])}" if m[1] in kept else m[0],
        body,
    )


def image_path(image_id: str, name: str) -> str:
    return f"{IMAGE_FOLDER}/{image_id}/{name}"


def topic_names(data: Mapping[str, Any], path: str) -> list[str]:
    """The topics of a file, outermost first: its front matter's, else its folders'."""
    given = data.get("category")
    if isinstance(given, str) and given.strip():
        return [part.strip() for part in re.split(r"\s+/\s+", given.strip()) if part.strip()]
    if isinstance(given, list):
        return [str(part).strip() for part in given if str(part).strip()]
    return [named(folder) for folder in PurePosixPath(path).parts[:-1]]


_KNOWN_CASES = {"it": "IT", "hr": "HR", "api": "API", "faq": "FAQ", "sso": "SSO"}


def named(folder: str) -> str:
    """A folder's name as people write it: `getting-started` is “Getting started”."""
    words = re.sub(r"[-_]+", " ", folder).strip()
    return _KNOWN_CASES.get(words.lower(), words[:1].upper() + words[1:])


def words_of(value: Any) -> list[str]:
    """A list of words from front matter, where one may also write them with commas."""
    if value is None:
        return []
    parts = value if isinstance(value, list) else str(value).split(",")
    return [str(part).strip() for part in parts if str(part).strip()]


def moment_of(value: Any) -> datetime | None:
    """A time from front matter; YAML has read some of them already."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return None
