"""Check that nothing we depend on is under the GPL or AGPL (the LGPL of psycopg is fine: it stays a library).

python -m scripts.licences
python -m scripts.licences --sbom    the bill of materials (CycloneDX JSON) to standard output
"""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

TOP = Path(__file__).resolve().parent.parent
_COPYLEFT = re.compile(r"(?<![L])\b(A?GPL|GNU (AFFERO )?GENERAL PUBLIC)", re.IGNORECASE)
_LESSER = re.compile(r"LGPL|LESSER GENERAL", re.IGNORECASE)


def is_refused(licence: str) -> bool:
    """Whether a licence text or SPDX expression leaves no choice but GPL or AGPL."""
    choices = re.split(r"\s+OR\s+|;|\|\|", licence, flags=re.IGNORECASE)
    return all(_COPYLEFT.search(choice) and not _LESSER.search(choice) for choice in choices)


def main() -> int:
    """Look at every locked Python package and every locked npm package."""
    refused = [f"{name} (Python): {text}" for name, text in python_licences() if is_refused(text)]
    refused += [f"{name} (npm): {text}" for name, text in npm_licences(TOP / "web") if is_refused(text)]
    for line in refused:
        print(
            f"A dependency under the GPL or AGPL cannot be shipped with Apache-2.0: {line}", file=sys.stderr
        )
    return 1 if refused else 0


def bill_of_materials() -> dict[str, Any]:
    """Every package that is shipped, with its version and licence, as CycloneDX 1.6."""
    versions = {
        d.metadata["Name"].lower().replace("_", "-"): d.version for d in importlib.metadata.distributions()
    }
    lock = json.loads((TOP / "web" / "package-lock.json").read_text())["packages"]
    npm = {place.rpartition("node_modules/")[2]: each["version"] for place, each in lock.items() if place}
    found = [("pypi", name, versions[name], text) for name, text in python_licences()]
    found += [("npm", name, npm[name], text) for name, text in npm_licences(TOP / "web")]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "deskwell", "version": versions["deskwell"]}
        },
        "components": [
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:{kind}/{quote(name, safe='/')}@{version}",
                "licenses": [{"license": {"name": text}}],
            }
            for kind, name, version, text in sorted(set(found))
        ],
    }


def python_licences() -> list[tuple[str, str]]:
    """Name and licence of what the product itself needs (tools of development are not shipped)."""
    shipped = _shipped_python()
    found = []
    for package in importlib.metadata.distributions():
        name = package.metadata["Name"].lower().replace("_", "-")
        if name in shipped:
            found.append((name, _stated(package.metadata)))
    return found


def _stated(metadata: importlib.metadata.PackageMetadata) -> str:
    if expression := metadata.get("License-Expression"):
        return expression
    classifiers = metadata.get_all("Classifier") or []
    licences = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    return "; ".join(licences) or (metadata.get("License") or "")[:200]


def _shipped_python() -> set[str]:
    command = [
        os.environ.get("UV", "uv"),
        "export",
        "--locked",
        "--no-dev",
        "--no-hashes",
        "--no-header",
        "--no-annotate",
        "-q",
    ]
    listing = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout
    return {
        match[1].lower().replace("_", "-")
        for match in re.finditer(r"^([A-Za-z0-9._-]+)==", listing, re.MULTILINE)
    }


def npm_licences(web: Path) -> list[tuple[str, str]]:
    """Name and licence of each package in the lock."""
    lock = web / "package-lock.json"
    if not lock.exists():
        return []
    found = []
    for place, package in json.loads(lock.read_text())["packages"].items():
        if place and not package.get("dev"):
            found.append((place.rpartition("node_modules/")[2], _npm_licence(web / place, package)))
    return found


def _npm_licence(folder: Path, package: dict[str, object]) -> str:
    stated = package.get("license")
    manifest = folder / "package.json"
    if stated is None and manifest.exists():
        stated = json.loads(manifest.read_text()).get("license", "")
    return str(stated or "")


if __name__ == "__main__":
    if "--sbom" in sys.argv[1:]:
        print(json.dumps(bill_of_materials(), indent=1))
        raise SystemExit(0)
    raise SystemExit(main())
