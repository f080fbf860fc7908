"""Rules of the house that a program can check; the others are advice in CONTRIBUTING.md."""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
PRODUCT = TOP / "deskwell"
DOMAINS = PRODUCT / "domains"
IN_A_DOMAIN = {
    "routes", "pages", "reactions", "access", "jobs", "service", "queries", "logic", "schemas", "events",
    "errors", "models",
}  # fmt: skip
DATA_FOLDERS = {"templates", "assets", "demo", "data", "static"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError\(|raise NotImplementedError")


def sources(*suffixes: str) -> list[Path]:
    roots = [PRODUCT, TOP / "web" / "src", TOP / "scripts", TOP / "bench"]
    return [p for root in roots if root.exists() for p in root.rglob("*") if p.suffix in suffixes]


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{path.relative_to(TOP)}:{number}"
        for path in sources(".py", ".ts", ".tsx", ".css")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_domains_use_the_names_of_the_house() -> None:
    allowed = IN_A_DOMAIN | DATA_FOLDERS | {"__init__", "__pycache__"}
    odd = [str(p.relative_to(TOP)) for domain in DOMAINS.iterdir() if domain.is_dir() and domain.name != "__pycache__"
           for p in domain.iterdir() if p.stem not in allowed]  # fmt: skip
    assert odd == []


def test_no_module_has_a_vague_name() -> None:
    assert [str(p.relative_to(TOP)) for p in sources(".py", ".ts", ".tsx") if p.stem.lower() in VAGUE] == []


def test_services_never_commit_and_never_reach_for_jobs() -> None:
    offending = []
    for path in DOMAINS.glob("*/service*"):
        for file in path.rglob("*.py") if path.is_dir() else [path]:
            text = file.read_text()
            if re.search(r"session\.commit\(|from \.+jobs import|from \.+ import .*\bjobs\b", text):
                offending.append(str(file.relative_to(TOP)))
    assert offending == []


def test_every_domain_says_what_it_owns() -> None:
    silent = [d.name for d in DOMAINS.iterdir() if (d / "__init__.py").exists()
              and len((d / "__init__.py").read_text()) < 40]  # fmt: skip
    assert silent == []
