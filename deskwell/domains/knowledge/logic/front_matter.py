"""Markdown files with front matter, read and written without losing anything."""

import re
from typing import Any

import yaml

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


class FrontMatterError(ValueError):
    """The block between the two lines of three dashes is not a YAML mapping."""


MAX_DEPTH = 20


def split(text: str) -> tuple[dict[str, Any], str]:
    """Take a file apart: its front matter (empty when there is none) and its Markdown, unchanged."""
    match = _BLOCK.match(text)
    if not match:
        return {}, text.removeprefix("\ufeff")
    data = load_yaml(match[1]) if match[1].strip() else {}
    if not isinstance(data, dict):
        raise FrontMatterError("The front matter must be a list of 'name: value' lines.")
    return {str(key): value for key, value in data.items()}, text[match.end() :]


def load_yaml(text: str | bytes) -> Any:
    """Read plain YAML. References are refused: a few lines of them unfold to gigabytes; so is deep nesting."""
    try:
        _refuse_bombs(text)
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FrontMatterError(f"The front matter is not valid YAML: {_where(error)}") from None
    except RecursionError:
        raise FrontMatterError("The front matter is nested too deeply.") from None


def _refuse_bombs(text: str | bytes) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise FrontMatterError("References (*name) are not allowed in front matter.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise FrontMatterError("The front matter is nested too deeply.")


def join(data: dict[str, Any], body: str) -> str:
    """The inverse of :func:`split`; values that are None are left out."""
    kept = {key: value for key, value in data.items() if value is not None}
    written = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=1_000_000)
    return f"---\n{written}---\n{body}"


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or "it cannot be read")
    return f"{problem} (line {mark.line + 2})" if mark else problem


_TITLE = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r?\n|\Z)")


def title_and_body(data: dict[str, Any], body: str, *, file_name: str) -> tuple[str, str]:
    """The title of a file: its front matter's, else its first heading, else its name."""
    if title := str(data.get("title") or "").strip():
        return title, body
    if match := _TITLE.match(body):
        return match[1].strip(), body[match.end() :].lstrip("\r\n")
    stem = file_name.rsplit(".", 1)[0]
    words = re.sub(r"[-_]+", " ", stem).strip()
    return (words[:1].upper() + words[1:]) or "Untitled", body
