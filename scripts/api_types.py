"""Write the API's description and the web client's types from the code.

python scripts/api_types.py            bring web/openapi.json and web/src/api/schema.d.ts up to date
python scripts/api_types.py --check    change nothing, fail when they are not
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from scripts import node  # noqa: E402  the script also runs by its path

DESCRIPTION = TOP / "web" / "openapi.json"
TYPES = TOP / "web" / "src" / "api" / "schema.d.ts"
CODEGEN = TOP / "web" / "codegen"  # a folder of its own: the generator needs TypeScript 5


def main(*, is_check: bool) -> int:
    """Compare or write; returns the exit status."""
    wanted = render(describe())
    is_current = DESCRIPTION.exists() and DESCRIPTION.read_text() == wanted
    if is_check:
        return _report(is_current=is_current and TYPES.exists() and TYPES.read_text() == generate(wanted))
    if is_current and TYPES.exists():
        return 0
    TYPES.parent.mkdir(parents=True, exist_ok=True)
    TYPES.write_text(generate(wanted))
    DESCRIPTION.write_text(wanted)  # last: an interrupted run is repeated
    print("web/openapi.json and web/src/api/schema.d.ts brought up to date")
    return 0


def describe() -> dict[str, Any]:
    """The OpenAPI description of the running code."""
    from deskwell.app.api import create_app

    return create_app().openapi()


def render(description: dict[str, Any]) -> str:
    """The description as text that differs only where the API does."""
    return json.dumps(description, indent=1, ensure_ascii=False) + "\n"


def generate(description: str) -> str:
    """The TypeScript types of a description."""
    node.install(CODEGEN)
    program, _ = node.node()
    script = CODEGEN / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "openapi.json", Path(folder) / "schema.d.ts"
        source.write_text(description)
        command = [program, script, source, "--output", target]
        made = subprocess.run(command, cwd=CODEGEN, capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise SystemExit(f"The types could not be generated:\n{made.stdout}{made.stderr}")
        return target.read_text()


def _report(*, is_current: bool) -> int:
    if not is_current:
        print(
            "The API changed and the web client's types did not follow. Run: make api-types", file=sys.stderr
        )
    return 0 if is_current else 1


if __name__ == "__main__":
    raise SystemExit(main(is_check="--check" in sys.argv[1:]))
