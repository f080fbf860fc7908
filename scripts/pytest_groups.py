"""How tests are dealt to parallel workers: a file stays together, what takes long starts first.

Tests of a file share a database or a running desk; all files of the browser share one desk.
"""

import pytest

_LONG = ("tests/browser/", "tests/front_door/")
_TOGETHER = {"tests/browser/": "browser"}  # the name its own conftest gives: several names would be joined


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each file into a group of its own or into that of its folder, and the long ones first."""
    for item in items:
        file = item.nodeid.partition("::")[0]
        group = next((name for folder, name in _TOGETHER.items() if file.startswith(folder)), file)
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(
        key=lambda item: next((i for i, part in enumerate(_LONG) if item.nodeid.startswith(part)), len(_LONG))
    )
