"""Write the generated reference pages: settings from the settings class, commands from the command line, limits.

python -m scripts.reference [--check]
"""

import inspect
import sys
from pathlib import Path
from typing import Any

import typer.main
from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo

from deskwell.core.limits import TABLE
from deskwell.core.settings import Settings

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Written by `make docs`. Change the code, not this page. -->\n\n"


def main(*, is_check: bool) -> int:
    """Write or compare the pages; returns the exit status."""
    pages = {"configuration.md": configuration(), "commands.md": commands()}
    stale = [name for name, text in pages.items() if _current(name) != text]
    if is_check:
        for name in stale:
            print(f"docs/reference/{name} is behind the code. Run: make docs", file=sys.stderr)
        return 1 if stale else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (PAGES / name).write_text(pages[name])
        print(f"docs/reference/{name} written")
    return 0


def _current(name: str) -> str:
    file = PAGES / name
    return file.read_text() if file.exists() else ""


def configuration() -> str:
    """Every setting of the environment, and the table of limits."""
    lines = [
        "# Settings",
        "",
        NOTE.strip(),
        "",
        "What is needed to start comes from the environment or from a file `.env` in the current folder. Everything else is set on screen.",
        "",
        "| variable | default | what it does |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        lines.append(f"| {_names(name, field)} | {_default(field)} | {field.description or ''} |")
    lines += [
        "",
        "## Limits",
        "",
        'Each can be changed with `DESKWELL_RATE_LIMITS`, a JSON object of `{"name": "count/seconds"}`.',
        "",
        "| name | default | counted |",
        "|---|---|---|",
        *(
            f"| `{limit.name}` | {limit.count} in {limit.seconds} s | {limit.why} |"
            for limit in TABLE.values()
        ),
        "",
    ]
    return "\n".join(lines)


def _names(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        names = [str(choice) for choice in alias.choices if str(choice).isupper()]
    else:
        names = [f"DESKWELL_{name.upper()}"]
    return " or ".join(f"`{known}`" for known in names)


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=True)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value in ("", None, [], {}):
        return ""
    return f"`{','.join(value) if isinstance(value, list) else value}`"


def commands() -> str:
    """Every command with its arguments and options."""
    from deskwell.cli import app

    lines = ["# Commands", "", NOTE.strip(), ""]
    root = typer.main.get_command(app)
    _describe(root, "deskwell", lines)
    return "\n".join(lines).rstrip() + "\n"


def _describe(command: Any, name: str, lines: list[str]) -> None:
    for sub_name, sub in sorted(getattr(command, "commands", {}).items()):
        if not sub.hidden:
            _describe(sub, f"{name} {sub_name}", lines)
    if getattr(command, "commands", None):
        return
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    usage = " ".join([name, *(str(p.name).upper() for p in arguments)])
    lines += [f"## `{usage}`", "", inspect.cleandoc(command.help or "").replace("\f", ""), ""]
    rows = []
    for parameter in command.params:
        text = getattr(parameter, "help", None) or ""
        shown = ", ".join(f"`{o}`" for o in [*parameter.opts, *parameter.secondary_opts])
        if parameter.param_type_name == "argument":
            shown = f"`{str(parameter.name).upper()}`"
        if "--help" not in parameter.opts:
            rows.append(f"| {shown} | {text} |")
    if rows:
        lines += ["| option | |", "|---|---|", *rows, ""]


if __name__ == "__main__":
    raise SystemExit(main(is_check="--check" in sys.argv[1:]))
