"""Find a Chromium for the browser tests, or get one.

    python -m scripts.chromium      prints its path

$CHROMIUM, else the system's, else Debian's (installed as root, else unpacked into the cache), else Playwright's.
"""

import os
import subprocess
import sys
from pathlib import Path

from scripts import debian

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "chromium"
ADVICE = "apt-get install -y chromium   (or: uv run playwright install chromium; or set CHROMIUM to its path)"
_SYSTEM = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str | None:
    """The first browser that starts, without changing anything."""
    chosen = os.environ.get("CHROMIUM")
    for path in [chosen] if chosen else [*_SYSTEM, str(CACHE / "run"), _playwrights()]:
        if path and starts(path):
            return path
    return None


def get_chromium() -> str | None:
    """A browser, installed or unpacked when there is none; None when that is not possible."""
    for way in (find_chromium, _install_as_root, _unpack, _by_playwright):
        if found := way():
            return found
    return None


def starts(path: str) -> bool:
    """Whether the program is there and finds its libraries."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0


def _install_as_root() -> str | None:
    return find_chromium() if debian.install("chromium") else None


def _unpack() -> str | None:
    """Debian's packages unpacked into the cache: needs no rights."""
    root = debian.unpack("chromium", CACHE)
    if not root:
        return None
    variables = (
        f'[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="{root}/etc/fonts"',
        f'export LD_LIBRARY_PATH="{root}/usr/lib/chromium:$LD_LIBRARY_PATH"',
    )
    starter = debian.write_starter(CACHE / "run", root, "usr/lib/chromium/chromium", *variables)
    return str(starter) if starts(str(starter)) else None


def _by_playwright() -> str | None:
    debian.quietly([sys.executable, "-m", "playwright", "install", "chromium"], timeout=300)
    path = _playwrights()
    return path if path and starts(path) else None


def _playwrights() -> str | None:
    homes = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), Path.home() / ".cache/ms-playwright"]
    for home in (Path(home) for home in [*homes, Path.home() / "Library/Caches/ms-playwright"] if home):
        for program in sorted(home.glob("chromium-*/chrome-*/chrome"), reverse=True):
            return str(program)
        for program in sorted(home.glob("chromium-*/chrome-mac*/*.app/Contents/MacOS/*"), reverse=True):
            return str(program)
    return None


if __name__ == "__main__":
    browser = get_chromium()
    if browser is None:
        raise SystemExit(f"No Chromium was found and none could be fetched. Try:\n    {ADVICE}")
    print(browser)
