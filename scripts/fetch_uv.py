"""Fetch uv's wheel from the configured package index with the standard library alone, checking its hash.

    python scripts/fetch_uv.py FOLDER

For machines whose Python has neither pip nor venv. Writes FOLDER/uv.
"""

import base64
import configparser
import hashlib
import html.parser
import io
import json
import os
import platform
import re
import ssl
import sys
import urllib.parse
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

_JSON = "application/vnd.pypi.simple.v1+json"
_WHEEL = re.compile(r"^uv-(\d+(?:\.\d+)*)-py3-none-(.+)\.whl$")


@dataclass(frozen=True)
class Wheel:
    """One downloadable wheel of uv."""

    version: tuple[int, ...]
    tags: str
    url: str
    sha256: str


def main(folder: Path) -> None:
    """Download, check and unpack."""
    index = configured_index()
    listing = index.rstrip("/") + "/uv/"
    body, kind = fetch(listing, accept=f"{_JSON}, text/html;q=0.5")
    wheels = from_json(body, listing) if "json" in kind else from_html(body, listing)
    wheel = newest_for(wheels, sys.platform, platform.machine(), is_musl=is_musl())
    content, _ = fetch(wheel.url)
    if hashlib.sha256(content).hexdigest() != wheel.sha256:
        raise SystemExit(f"The downloaded uv does not have the hash its index states: {wheel.url}")
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"uv.{os.getpid()}"
    unfinished.write_bytes(program_in(content))
    unfinished.chmod(0o755)
    unfinished.replace(folder / "uv")


def configured_index() -> str:
    """The index pip or uv would use: environment, then pip's files, else PyPI."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return os.environ[name]
    home = Path.home()
    files = [os.environ.get("PIP_CONFIG_FILE"), home / ".config/pip/pip.conf", home / ".pip/pip.conf"]
    for file in [*files, "/etc/xdg/pip/pip.conf", "/etc/pip.conf"]:
        parser = configparser.ConfigParser(interpolation=None)
        if file and parser.read(file) and parser.has_option("global", "index-url"):
            return parser.get("global", "index-url")
    return "https://pypi.org/simple"


def fetch(url: str, accept: str = "*/*") -> tuple[bytes, str]:
    """Body and content type; a name and password in the URL become a header."""
    parts = urllib.parse.urlsplit(url)
    headers = {"Accept": accept, "User-Agent": "deskwell-bootstrap"}
    if parts.username:
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    certificates = os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE")
    context = ssl.create_default_context(cafile=certificates)
    with urllib.request.urlopen(
        urllib.request.Request(url, headers=headers), timeout=120, context=context
    ) as answer:
        return answer.read(), answer.headers.get("Content-Type", "text/html")


def from_json(body: bytes, base: str) -> list[Wheel]:
    """Wheels of an index that speaks JSON."""
    found = []
    for file in json.loads(body)["files"]:
        if not file.get("yanked"):
            url = urllib.parse.urljoin(base, file["url"])
            found += _wheel(file["filename"], url, file.get("hashes", {}).get("sha256", ""))
    return found


def from_html(body: bytes, base: str) -> list[Wheel]:
    """Wheels of an index that speaks HTML: links with the hash in their fragment."""
    found: list[Wheel] = []

    class Links(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = dict(attrs)
            if tag == "a" and values.get("href") and "data-yanked" not in values:
                url, _, fragment = urllib.parse.urljoin(base, values["href"] or "").partition("#")
                name = urllib.parse.unquote(url.rpartition("/")[2])
                found.extend(_wheel(name, url, fragment.partition("sha256=")[2]))

    Links().feed(body.decode())
    return found


def _wheel(name: str, url: str, sha256: str) -> list[Wheel]:
    named = _WHEEL.match(name)
    if not named or not sha256:  # a file without a hash is never taken
        return []
    return [Wheel(tuple(int(part) for part in named[1].split(".")), named[2], url, sha256)]


def newest_for(wheels: list[Wheel], system: str, machine: str, *, is_musl: bool) -> Wheel:
    """The newest wheel that runs on this kind of machine."""
    machine = {"arm64": "aarch64", "amd64": "x86_64"}.get(machine.lower(), machine.lower())
    if system == "darwin":
        wanted = rf"macosx_.*_{'arm64' if machine == 'aarch64' else machine}$"
    else:
        wanted = rf"{'musllinux' if is_musl else 'manylinux'}.*_{machine}(\.|$)"
    fitting = [wheel for wheel in wheels if re.search(wanted, wheel.tags)]
    if not fitting:
        raise SystemExit(f"The package index has no uv for {system} on {machine}. Install uv and try again.")
    return max(fitting, key=lambda wheel: wheel.version)


def is_musl() -> bool:
    """Whether this system's C library is musl (Alpine)."""
    return sys.platform == "linux" and not platform.libc_ver()[0]


def program_in(wheel: bytes) -> bytes:
    """The uv program out of a wheel."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        return archive.read(name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
