"""Write the generated reference pages: settings from the settings class, commands from the command line, limits.

python -m scripts.reference [--check]
"""

import inspect
import sys
from pathlib import Path
from typing import Any

import typer.main
from pydantic import AliasChoices, SecretStr, TypeAdapter
from pydantic.fields import FieldInfo

import deskwell.app.api  # noqa: F401 - declares every permission
from deskwell.core.actor import PERMISSIONS
from deskwell.core.limits import TABLE
from deskwell.core.settings import Settings
from deskwell.domains.actions.access import NEEDED
from deskwell.domains.actions.logic.vocabulary import NOT_CHANGED
from deskwell.domains.actions.schemas import Action
from deskwell.domains.automation.logic import FIELDS, NOT_ASKED, OPERATORS
from deskwell.domains.automation.schemas import Trigger
from deskwell.domains.reports.logic.figures import BACKLOG, FIGURES

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Written by `make docs`. Change the code, not this page. -->\n\n"


def main(*, is_check: bool) -> int:
    """Write or compare the pages; returns the exit status."""
    pages = {
        "configuration.md": configuration(),
        "commands.md": commands(),
        "workflows.md": workflows(),
        "reports.md": reports(),
    }
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


def reports() -> str:
    """Every figure of the reports with its definition."""
    lines = [
        "# Reports",
        "",
        NOTE.strip(),
        "",
        "A report covers whole days of a time zone: the desk's, or one that the reader chooses. Each figure is a selection over entries that every ticket's history leaves, each at",
        "the moment it happened; screen, CSV, API and the list of tickets behind a figure read the same entries, so they cannot differ. A job counts a ticket anew",
        "seconds after anything happened to it; a report itself counts those of the last moment first.",
        "",
        "Filters narrow to a context, a team and a tag of the ticket as they stand now, and to an agent: the assignee for the ticket's own figures, the writer for answers and first",
        "responses, whoever logged it for time. The figures of the AI and of ratings belong to no agent. The period before has as many days and ends the day before. Averages, medians and percentiles are over single tickets, never averages of",
        "averages; a percentile between two tickets lies on the straight line between them (`percentile_cont`).",
        "",
        "`team_id=none` and `agent_id=none` ask for tickets without one. The tickets behind a figure are named once each, with the sum of their minutes or the average of their stars;",
        "behind the backlog are those that were open at the end of the period.",
        "",
        "Entries are rolled up by UTC day, and days that are past by month, once for all tickets and once for each context, team, agent and tag. A month in which something changed is read",
        "by its days until it is rolled up again, at most a quarter of an hour later. Where a zone's month begins some hours beside that of UTC, the entries of these hours are added or",
        "taken out one by one, so a long report is as exact as a short one. `python -m bench.reports --tickets 1000000` measures it.",
        "",
        "| figure | key | unit | what it means |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {figure.label} | `{figure.key}` | {figure.unit} | {figure.definition} |"
        for figure in (BACKLOG, *FIGURES)
    ]
    return "\n".join([*lines, ""])


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


def workflows() -> str:
    """Triggers, condition fields with their operators, actions, and permissions."""
    lines = ["# Rules, actions, permissions", "", NOTE.strip(), ""]
    lines += ["## Triggers", "", *(f"- `{trigger}`" for trigger in Trigger), ""]
    lines += [
        "## Fields of conditions",
        "",
        "| field | what it is | compared as | values |",
        "|---|---|---|---|",
    ]
    for spec in FIELDS.values():
        if spec.options is not None:
            values = ", ".join(f"`{option.value}`" for option in spec.options)
        else:
            values = f"the desk's {spec.directory}" if spec.directory else "any"
        lines.append(f"| `{spec.key}` | {spec.group}: {spec.label} | {spec.kind} | {values} |")
    lines += ["| `custom.<key>` | a custom field of tickets | by its type | its choices, or any |", ""]
    lines += ["## Operators", "", "| compared as | operators |", "|---|---|"]
    for kind, known in OPERATORS.items():
        lines.append(f"| {kind} | {', '.join(f'`{key}` ({o.label})' for key, o in known.items())} |")
    lines += ["", "Columns of a ticket that conditions leave out:", ""]
    lines += [f"- `{column}`: {why}" for column, why in NOT_ASKED.items()]
    lines += ["", "## Actions", "", "| type | what it does | takes | permission |", "|---|---|---|---|"]
    schema = TypeAdapter(Action).json_schema()
    for name, ref in schema["discriminator"]["mapping"].items():
        shape = schema["$defs"][ref.rpartition("/")[2]]
        takes = ", ".join(f"`{key}`" for key in shape["properties"] if key != "type") or "nothing"
        about = shape["description"].split("\n")[0]
        lines.append(f"| `{name}` | {about} | {takes} | `{NEEDED[name]}` |")
    lines += ["", "Columns of a ticket that no action changes:", ""]
    lines += [f"- `{column}`: {why}" for column, why in NOT_CHANGED.items()]
    lines += [
        "",
        "## Permissions",
        "",
        "| key | what it allows | the plain agent role has it |",
        "|---|---|---|",
    ]
    for key, permission in sorted(PERMISSIONS.items()):
        lines.append(f"| `{key}` | {permission.label} | {'yes' if permission.by_default else 'no'} |")
    return "\n".join([*lines, ""])


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
