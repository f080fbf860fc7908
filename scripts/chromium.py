"""Find a Chromium for the browser tests, or get one.

    python -m scripts.chromium      prints its path

$CHROMIUM, else the system's, else Debian's (installed as root, else unpacked into the cache), else Playwright's.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

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
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing chromium for the browser tests (apt-get) …", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    if _quietly(install, env=environment) or (
        _quietly(["apt-get", "update", "-qq"]) and _quietly(install, env=environment)
    ):
        return find_chromium()
    return None


def _unpack() -> str | None:
    """Debian's packages unpacked into the cache: needs no rights."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    print("Unpacking chromium for the browser tests into .cache/ …", file=sys.stderr, flush=True)
    state, packages, root = CACHE / "apt", CACHE / "packages", CACHE / "root"
    for folder in (state / "lists" / "partial", state / "archives" / "partial", packages, root):
        folder.mkdir(parents=True, exist_ok=True)
    private = [
        "-o",
        f"Dir::State::Lists={state}/lists",
        "-o",
        f"Dir::Cache={state}",
        "-o",
        "Debug::NoLocking=1",
    ]
    if not _quietly(["apt-get", *private, "update", "-qq"]):
        return None
    plan = ["apt-get", *private, "-s", "--no-install-recommends", "install", "chromium"]
    planned = subprocess.run(plan, capture_output=True, text=True, check=False).stdout
    names = [
        f"{name}={version}" for name, version in re.findall(r"^Inst (\S+) \((\S+)", planned, re.MULTILINE)
    ]
    if not names or not _quietly(["apt-get", *private, "download", *names], cwd=packages):
        return None
    for package in packages.glob("*.deb"):
        if not _quietly(["dpkg-deb", "-x", str(package), str(root)]):
            return None
    shutil.rmtree(packages)
    return _written_starter(root)


def _written_starter(root: Path) -> str | None:
    starter = CACHE / "run"
    libraries = ":".join(
        [*sorted(str(p) for p in root.glob("usr/lib/*-linux-gnu*")), f"{root}/usr/lib/chromium"]
    )
    lines = [
        "#!/bin/sh",
        f'export LD_LIBRARY_PATH="{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"',
        f'[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="{root}/etc/fonts"',
        f'exec "{root}/usr/lib/chromium/chromium" "$@"',
    ]
    starter.write_text("\n".join(lines) + "\n")
    starter.chmod(0o755)
    return str(starter) if starts(str(starter)) else None


def _by_playwright() -> str | None:
    _quietly([sys.executable, "-m", "playwright", "install", "chromium"], timeout=300)
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


def _quietly(
    command: list[str], *, env: dict[str, str] | None = None, cwd: Path | None = None, timeout: float = 600
) -> bool:
    try:
        done = subprocess.run(command, env=env, cwd=cwd, timeout=timeout, capture_output=True, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    browser = get_chromium()
    if browser is None:
        raise SystemExit(f"No Chromium was found and none could be fetched. Try:\n    {ADVICE}")
    print(browser)
