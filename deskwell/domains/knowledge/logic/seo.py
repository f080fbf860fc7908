"""What search engines, feed readers and link previews are told about the help center."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class Crumb:
    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    """A page as sitemap and feed need it; ``url`` is absolute."""

    url: str
    title: str
    summary: str
    updated_at: datetime
    published_at: datetime
    id: str = ""


def json_for_html(data: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": crumb.name, "item": crumb.url}
            for position, crumb in enumerate(crumbs, 1)
        ],
    }


def article(entry: Entry, *, author: str | None, publisher: str, image: str | None = None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": entry.title[:110],
        "description": entry.summary,
        "mainEntityOfPage": {"@type": "WebPage", "@id": entry.url},
        "datePublished": stamp(entry.published_at),
        "dateModified": stamp(entry.updated_at),
        "author": {"@type": "Person", "name": author}
        if author
        else {"@type": "Organization", "name": publisher},
        "publisher": {"@type": "Organization", "name": publisher},
    }
    if image:
        data["image"] = image
    return data


def website(*, name: str, url: str, search_url: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": name,
        "url": url,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search_url + "?q={search_term_string}"},
            "query-input": "required name=search_term_string",
        },
    }


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def sitemap(pages: Iterable[tuple[str, datetime | None]]) -> str:
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{stamp(at)}</lastmod>' if at else ''}</url>\n"
        for url, at in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )


def feed(*, title: str, url: str, feed_url: str, entries: Sequence[Entry], now: datetime) -> str:
    """An Atom feed, newest change first."""
    updated = max((entry.updated_at for entry in entries), default=now)
    rows = "".join(
        "<entry>"
        f"<title>{escape(entry.title)}</title>"
        f'<link href="{escape(entry.url)}"/><id>urn:uuid:{escape(entry.id)}</id>'
        f"<updated>{stamp(entry.updated_at)}</updated><published>{stamp(entry.published_at)}</published>"
        f"<summary>{escape(entry.summary)}</summary>"
        "</entry>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{escape(title)}</title><id>{escape(url)}</id>"
        f'<link href="{escape(url)}"/><link rel="self" href="{escape(feed_url)}"/>'
        f"<updated>{stamp(updated)}</updated><author><name>{escape(title)}</name></author>\n{rows}</feed>\n"
    )
