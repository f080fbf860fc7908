"""Every class of weakness and every promise names tests, and every test that a page names exists."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
REFERENCE = TOP / "docs" / "reference"
PAGES = ("security-and-reliability.md", "asvs.md")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LATER = {"34", "R11"}


@lru_cache
def functions(path: str) -> set[str]:
    tree = ast.parse((TOP / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_exists(page):
    missing = []
    for path, name in NAMED.findall((REFERENCE / page).read_text()):
        if not (TOP / path).exists() or (name and name not in functions(path)):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_every_class_and_promise_has_a_line_with_a_test():
    lines = {}
    for line in (REFERENCE / PAGES[0]).read_text().splitlines():
        if found := re.match(r"\| (R?\d+) \|", line):
            lines[found[1]] = NAMED.findall(line)
    wanted = {str(n) for n in range(1, 39)} | {f"R{n}" for n in range(1, 26)}
    assert set(lines) == wanted
    assert {number for number, tests in lines.items() if not tests} == LATER
    named = {number: [name for _, name in tests] for number, tests in lines.items()}
    own = [n for n in wanted - LATER if not n.startswith("R") and n not in {"6", "23"}]
    for number in own:
        mark = f"class_{int(number):02}"
        assert any(mark in name or f"and_{int(number):02}" in name for name in named[number]), number
