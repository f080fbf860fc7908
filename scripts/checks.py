"""Run every check and every test, and say at the end how each went.

python -m scripts.checks static          style, types, layers, licences, drift
python -m scripts.checks all [PYTEST…]   these, then the tests: Python, web, browser
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts import chromium, node, web

TOP = Path(__file__).resolve().parent.parent
_ENDINGS = re.compile(
    r"^\s*(=+ .*(passed|failed|error).* =+|\d+ (passed|failed).*|Test Files .*|Tests .*|Duration .*)$"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_print_lock = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """How one check went."""

    name: str
    is_good: bool
    seconds: float
    closing: list[str]


def main(mode: str, pytest_arguments: list[str]) -> int:
    """Static checks in two lanes (two cores), then the tests."""
    started = time.monotonic()
    outcomes = _in_lanes([python_lane(), web_lane(with_tests=mode == "all")])
    if mode == "all":
        outcomes.append(_pytest(pytest_arguments))
    print("\n" + "\n".join(f"{_sign(o)} {o.name:<28} {o.seconds:6.1f} s" for o in outcomes))
    for line in (line for o in outcomes for line in o.closing):
        print(line)
    failed = [o.name for o in outcomes if not o.is_good]
    took = f"{time.monotonic() - started:.0f} s"
    print(f"\nFailed: {', '.join(failed)} (after {took})" if failed else f"\nEverything passed in {took}.")
    return 1 if failed else 0


Step = tuple[str, list[str | Path]]


def python_lane() -> list[Step]:
    """The checks of the Python side."""
    here = sys.executable
    # Helm's engine is large: it lives in an environment of its own, which only this check needs
    alone: list[str | Path] = [uv(), "run", "--isolated", "--locked", "--only-group", "charts"]
    return [
        ("ruff check", [here, "-m", "ruff", "check", "."]),
        ("ruff format", [here, "-m", "ruff", "format", "--check", "."]),
        ("import-linter", [Path(here).with_name("lint-imports")]),
        ("licences", [here, "-m", "scripts.licences"]),
        ("mypy", [here, "-m", "mypy"]),
        ("Helm chart", [*alone, "-m", "scripts.chart"]),
    ]


def uv() -> str:
    """The uv that make has found."""
    return os.environ.get("UV") or "uv"


def web_lane(*, with_tests: bool) -> list[Step]:
    """The checks of the web side; the browser tests need its build."""
    here = sys.executable
    return [
        ("npm packages", [here, "-m", "scripts.node", "install", web.WEB]),
        ("oxlint", [here, "-m", "scripts.web", "lint"]),
        ("design tokens", [here, "-m", "scripts.tokens"]),
        ("tsc", [here, "-m", "scripts.web", "types"]),
        ("API types", [here, "-m", "scripts.api_types", "--check"]),
        *([("vitest", [here, "-m", "scripts.web", "test"])] if with_tests else []),
        ("web build", [here, "-m", "scripts.web", "build"]),
    ]


def _in_lanes(lanes: list[list[Step]]) -> list[Outcome]:
    results: list[list[Outcome]] = [[] for _ in lanes]

    def work(lane: list[Step], into: list[Outcome]) -> None:
        into.extend(_captured(name, command) for name, command in lane)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(lanes, results, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcome for lane in results for outcome in lane]


def _captured(name: str, command: list[str | Path]) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=TOP,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outcome = Outcome(name, done.returncode == 0, time.monotonic() - started, _closing(done.stdout))
    with _print_lock:
        print(f"{_sign(outcome)} {name} ({outcome.seconds:.1f} s)", flush=True)
        if not outcome.is_good:
            print(done.stdout, flush=True)
    return outcome


def _pytest(arguments: list[str]) -> Outcome:
    environment, started = _environment(), time.monotonic()
    browser = chromium.get_chromium()
    if browser:
        environment["CHROMIUM"] = browser
    else:
        print(
            f"\n!! No Chromium: the browser tests cannot run. Get one with:\n!!     {chromium.ADVICE}\n",
            flush=True,
        )
        if os.environ.get("CI") == "true":
            return Outcome("browser (no Chromium)", is_good=False, seconds=0, closing=[])
    dealing = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "-p", "scripts.pytest_groups"]
    workers = [] if any(a.startswith(("-n", "-p")) for a in arguments) else dealing
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not slow", *workers, *arguments]
    lines: list[str] = []
    status = _streamed(command, environment, lines.append)
    return Outcome("pytest", status == 0, time.monotonic() - started, _closing("".join(lines)))


def _streamed(command: list[str], environment: dict[str, str], each: Callable[[str], None]) -> int:
    with subprocess.Popen(
        command, cwd=TOP, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            each(line)
    return process.returncode


def _closing(output: str) -> list[str]:
    plain = [_COLOUR.sub("", line).rstrip() for line in output.splitlines()]
    return [line for line in plain[-12:] if _ENDINGS.match(line)]


def _environment() -> dict[str, str]:
    environment = {**node.environment(), "PYTHONUNBUFFERED": "1"}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # compiling everything anew in each process costs minutes
    return environment


def _sign(outcome: Outcome) -> str:
    return "✓" if outcome.is_good else "✗"


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in {"static", "all"}:
        raise SystemExit(__doc__)
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
