"""The web app's own commands, with the Node of the environment.

python -m scripts.web build | lint | types | test | dev [ARGUMENTS…]
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from scripts import node

WEB = Path(__file__).resolve().parent.parent / "web"
DIST = WEB / "dist"
STAMP = DIST / ".sources"  # the fingerprint of what was built; also read by hatch_build.py
_BUILT_FROM = ("src", "public", "index.html", "package.json", "package-lock.json", "tsconfig.json")


def fingerprint(web: Path = WEB) -> str:
    """A hash of everything the built app is made of."""
    digest = hashlib.sha256()
    roots = [web / name for name in _BUILT_FROM] + sorted(web.glob("vite.config.*"))
    for root in roots:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and not _is_test(path):
                digest.update(f"{path.relative_to(web).as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def build(*, web: Path = WEB) -> None:
    """Build web/dist, unless it was built from exactly these sources."""
    wanted = fingerprint(web)
    stamp = web / "dist" / STAMP.name
    if stamp.exists() and stamp.read_text() == wanted:
        return
    node.install(web)
    print("Building the web app …", file=sys.stderr, flush=True)
    run("vite", "build", "--logLevel", "warn", web=web)
    stamp.write_text(wanted)


def run(tool: str, *arguments: str, web: Path = WEB) -> None:
    """Run an installed tool of the web app; ends this process when it fails."""
    program, _ = node.node()
    script = node.script_of(web, tool)
    done = subprocess.run([program, script, *arguments], cwd=web, env=node.environment(), check=False)
    if done.returncode != 0:
        raise SystemExit(done.returncode)


def _is_test(path: Path) -> bool:
    return ".test." in path.name or "__tests__" in path.parts


def main(command: str, *arguments: str) -> None:
    """Run one of the commands."""
    if command == "build":
        build()
        return
    node.install(WEB)
    match command:
        case "lint":
            run("oxlint", "--deny-warnings", *arguments, "src")
        case "types":
            run("tsc", "--noEmit", *arguments)
        case "test":
            run("vitest", "run", "--passWithNoTests", *arguments)
        case "dev":
            run("vite", *arguments)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
