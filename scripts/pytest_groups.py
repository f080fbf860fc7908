"""How tests are dealt to parallel workers: a file stays together, what takes long starts first.

Tests of a file share a database or a running desk; all files of the browser share one desk.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

_LONG = ("tests/browser/", "tests/front_door/")
_TOGETHER = ("tests/browser/",)


class ByFile(LoadScopeScheduling):
    """Deals whole files, and some folders whole. (xdist's own groups do nothing under pytest 9.2.)"""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((folder for folder in _TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Replace xdist's scheduler by ours."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long ones first."""
    items.sort(
        key=lambda item: next((i for i, part in enumerate(_LONG) if item.nodeid.startswith(part)), len(_LONG))
    )
