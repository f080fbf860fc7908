"""The help center's pages before an HTML validator and Lighthouse, both from npm.

    python -m bench.help html                  every page of the demo help center through html-validate
    python -m bench.help lighthouse desktop    home, category, article and search, five runs each, the median
    python -m bench.help lighthouse mobile

A demo desk is started for it, or name a running one with --url. Limits: no finding; 100 in accessibility, best
practices and SEO; performance 95; no layout shift; 50 kB before pictures.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from scripts import node
from scripts.chromium import get_chromium
from scripts.screenshots.desk import demo_desk

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".cache" / "help"
"""Where the packages go: outside of what is checked as our own source."""
PAGES = {
    "home": "/help/tarn-and-thistle",
    "category": r'href="(/help/tarn-and-thistle/topics/[^"#?]+)"',
    "article": r'href="(/help/tarn-and-thistle/articles/[^"#?]+)"',
    "search": "/help/tarn-and-thistle/search?q=retrun",
}
LIMITS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
MOST_BYTES = 50_000
LINK = re.compile(r'(?:href|src)="([^"]+)"')


def validate(url: str) -> bool:
    """Put every page of the help center before html-validate."""
    with tempfile.TemporaryDirectory() as folder:
        pages = crawl(url)
        for number, text in enumerate(pages.values()):
            (Path(folder) / f"{number}.html").write_text(text)
        said = _run("html-validate", "--formatter", "json", "--config", ".htmlvalidate.json", folder)
    found = json.loads(said.stdout or "[]")
    names = list(pages)
    for report in found:
        for message in report["messages"]:
            path = names[int(Path(report["filePath"]).stem)]
            print(f"{path}:{message['line']}: {message['message']} ({message['ruleId']})")
    findings = sum(len(report["messages"]) for report in found)
    print(f"html-validate: {len(pages)} pages, {findings} findings")
    return not findings and len(pages) > 50


def crawl(url: str) -> dict[str, str]:
    """The HTML of every page under /help that a link leads to."""
    waiting, pages = ["/help", "/help/nowhere"], {}
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        kind, text = _get(url + path)
        if not kind.startswith("text/html"):
            continue
        pages[path] = text
        for link in LINK.findall(text):
            target = urlsplit(urldefrag(urljoin(url + path, link.replace("&amp;", "&")))[0])
            if target.netloc == urlsplit(url).netloc and target.path.startswith("/help"):
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return pages


def measure(url: str, form: str, rounds: int) -> bool:
    """Let Lighthouse look at four kinds of pages and print the median of its runs."""
    print(f"| page ({form}) | performance | accessibility | best practices | SEO | shift | kB | requests |")
    print("|---|---|---|---|---|---|---|---|")
    is_good = True
    for name, path in _addresses(url).items():
        runs = [_look(url + path, form) for _ in range(rounds)]
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        scores = " | ".join(
            f"{middle[key]:.0f}" for key in ("performance", "accessibility", "best-practices", "seo")
        )
        print(
            f"| {name} | {scores} | {middle['shift']:.3f} | {middle['bytes'] / 1000:.1f} | {middle['requests']:.0f} |",
            flush=True,
        )
        is_good &= all(middle[key] >= limit for key, limit in LIMITS.items())
        is_good &= middle["shift"] == 0 and middle["bytes"] <= MOST_BYTES
    return is_good


def _addresses(url: str) -> dict[str, str]:
    _, home = _get(url + PAGES["home"])
    found = {}
    for name, path in PAGES.items():
        match = None if path.startswith("/") else re.search(path, home)
        found[name] = match[1] if match else path
    return found


def _look(address: str, form: str) -> dict[str, float]:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        said = _run(
            "lighthouse",
            address,
            "--output=json",
            f"--output-path={report.name}",
            "--quiet",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            *(["--preset=desktop"] if form == "desktop" else []),
        )
        if said.returncode:
            raise SystemExit(said.stderr)
        found = json.load(report)
    audits = found["audits"]
    requests = [
        item for item in audits["network-requests"]["details"]["items"] if item["url"].startswith("http")
    ]
    return {
        **{name: 100 * category["score"] for name, category in found["categories"].items()},
        "shift": audits["cumulative-layout-shift"]["numericValue"],
        "bytes": sum(item["transferSize"] for item in requests if item["resourceType"] != "Image"),
        "requests": len(requests),
    }


def _install() -> None:
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".htmlvalidate.json"):
        shutil.copy(HERE / name, TOOLS / name)
    node.install(TOOLS)


def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program, _ = node.node()
    script = node.script_of(TOOLS, tool)
    environment = {**node.environment(), "CHROME_PATH": get_chromium() or ""}
    return subprocess.run(
        [program, script, *arguments], cwd=TOOLS, env=environment, capture_output=True, text=True, check=False
    )


def _get(address: str) -> tuple[str, str]:
    request = urllib.request.Request(address, headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.headers["Content-Type"], answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.headers["Content-Type"], error.read().decode(errors="replace")


@contextmanager
def _desk(url: str | None) -> Iterator[str]:
    if url:
        yield url.rstrip("/")
        return
    with demo_desk() as (started, _):
        yield started.rstrip("/")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("judge", choices=["html", "lighthouse"])
    parser.add_argument("form", nargs="?", choices=["desktop", "mobile"], default="desktop")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--url", help="a running desk instead of a demo desk started for it")
    given: Any = parser.parse_args()
    _install()
    with _desk(given.url) as url:
        is_good = validate(url) if given.judge == "html" else measure(url, given.form, given.rounds)
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
