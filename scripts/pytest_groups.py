"""How tests are dealt to parallel workers: a file stays together, what takes long starts first.

Tests of a file share a database or a running desk; the browser's files share one desk (their own group).
"""

import pytest

_LONG = ("tests/browser/", "tests/front_door/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each file into a group of its own unless it names one, and the long ones first."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(
        key=lambda item: next((i for i, part in enumerate(_LONG) if item.nodeid.startswith(part)), len(_LONG))
    )
