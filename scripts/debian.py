"""Programs of Debian that tests need: what the system has, else installed as root, else unpacked into the cache.

python -m scripts.debian pgbouncer      prints its path
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache"
_PLACES = ("/usr/sbin", "/usr/local/sbin", "/sbin")


def get_program(name: str, *, package: str | None = None) -> str | None:
    """The path of a program, which is fetched when the system lacks it; None where that is not possible."""
    package = package or name
    if found := _find(name):
        return found
    cache = CACHE / package
    starter = cache / name
    if starter.exists():
        return str(starter)
    if install(package):
        return _find(name)
    root = unpack(package, cache)
    if not root:
        return None
    for place in ("usr/sbin", "usr/bin"):
        if (root / place / name).exists():
            return str(write_starter(starter, root, f"{place}/{name}"))
    return None


def install(package: str) -> bool:
    """Install a package; False when this is not root on Debian, or it did not work."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {package} for the tests (apt-get) …", file=sys.stderr, flush=True)
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "RUNLEVEL": "1",  # a server among them shall not start by itself
    }
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    return quietly(command, env=environment) or (
        quietly(["apt-get", "update", "-qq"]) and quietly(command, env=environment)
    )


def unpack(package: str, cache: Path) -> Path | None:
    """Unpack a package and what it needs under `cache`/root, without any rights; None where that fails."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    print(f"Unpacking {package} for the tests into .cache/ …", file=sys.stderr, flush=True)
    state, packages, root = cache / "apt", cache / "packages", cache / "root"
    for folder in (state / "lists" / "partial", state / "archives" / "partial", packages, root):
        folder.mkdir(parents=True, exist_ok=True)
    private = [
        *("-o", f"Dir::State::Lists={state}/lists"),
        *("-o", f"Dir::Cache={state}"),
        *("-o", "Debug::NoLocking=1"),
    ]
    if not quietly(["apt-get", *private, "update", "-qq"]):
        return None
    plan = ["apt-get", *private, "-s", "--no-install-recommends", "install", package]
    planned = subprocess.run(plan, capture_output=True, text=True, check=False).stdout
    names = [
        f"{name}={version}" for name, version in re.findall(r"^Inst (\S+) \((\S+)", planned, re.MULTILINE)
    ]
    if not names or not quietly(["apt-get", *private, "download", *names], cwd=packages):
        return None
    for file in packages.glob("*.deb"):
        if not quietly(["dpkg-deb", "-x", str(file), str(root)]):
            return None
    shutil.rmtree(packages)
    return root


def write_starter(starter: Path, root: Path, program: str, *variables: str) -> Path:
    """A script that runs an unpacked program with the libraries that were unpacked beside it."""
    libraries = ":".join(sorted(str(folder) for folder in root.glob("usr/lib/*-linux-gnu*")))
    lines = [
        "#!/bin/sh",
        f'export LD_LIBRARY_PATH="{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"',
        *variables,
        f'exec "{root}/{program}" "$@"',
    ]
    starter.write_text("\n".join(lines) + "\n")
    starter.chmod(0o755)
    return starter


def quietly(
    command: list[str], *, env: dict[str, str] | None = None, cwd: Path | None = None, timeout: float = 600
) -> bool:
    """Run a command without its output; whether it worked."""
    try:
        done = subprocess.run(command, env=env, cwd=cwd, timeout=timeout, capture_output=True, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _find(name: str) -> str | None:
    return shutil.which(name) or next(
        (f"{place}/{name}" for place in _PLACES if Path(place, name).exists()), None
    )


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        print(get_program(wanted) or f"{wanted} was not found and could not be fetched")
