"""Servers of Debian that some tests talk to."""

import pytest

from scripts.debian import get_program


def needs(name: str, *, package: str | None = None) -> str:
    """The path of a program, fetched when it is missing; where it cannot be had the tests are skipped, and say so."""
    found = get_program(name, package=package)
    if not found:
        pytest.skip(f"{name.upper()} IS NOT HERE and could not be fetched: apt-get install {package or name}")
    return found
