"""Markdown to HTML that is safe to show to anyone, whoever wrote it."""

import functools
import html
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from .slugs import slugify, unique

# Raised whenever the same Markdown would give other HTML, so that stored renderings are made anew.
RENDERER_VERSION = 1

CALLOUTS = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
}

_TITLE_CLOSE = "</strong> "
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAGS = (_HEADINGS - {"h1"}) | {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "figcaption", "figure", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s",
    "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "input": {"type", "checked", "disabled", "aria-label"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "div": {"tabindex", "role", "aria-label"},
    "pre": {"tabindex"},
    "details": {"open"},
}
_CLASS = re.compile(
    r"(?:callout(?:-title|-note|-tip|-important|-warning|-caution)?|table-scroll|code|anchor|task-list-item(?:-checkbox)?"
    r"|contains-task-list|footnotes?(?:-[a-z]+)?|language-[\w+#.-]{1,30}|k[cdnprt]?|n[abcdefilntvx]?|n[cdefi]c?|s[12abcdehiorsx]?"
    r"|m[fhio]?|il|o[wp]?|c[1mphs]?|cpf|cs|ch|g[deghioprstu]|w|err|esc|b[pv]|v[cgim]|f[m]|p|pm|left|center|right)"
)
_ID = re.compile(r"[^\s\"'<>&]{1,120}")
_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class Heading:
    """One entry of a table of contents."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Rendered:
    html: str
    headings: tuple[Heading, ...]


ImageSize = tuple[int, int]


def render(body: str, *, link_base: str = "", image_sizes: dict[str, ImageSize] | None = None) -> Rendered:
    """Render an article: HTML through an allow-list, and its headings for a table of contents.

    ``link_base`` is put before links to sibling files (``refunds.md``), which is how a folder of
    Markdown links its pages; ``image_sizes`` gives width and height by address, so that pages do not jump.
    """
    tokens = parse(body)
    headings = tuple(_headings(tokens))
    _settle_headings(tokens)
    _settle_links(tokens, link_base)
    _settle_images(tokens, image_sizes or {})
    _settle_cells_and_boxes(tokens)
    raw = _parser().renderer.render(tokens, _parser().options, {})
    return Rendered(html=sanitise(raw), headings=headings)


def parse(body: str) -> list[Token]:
    """The token stream every other reading of an article starts from."""
    return _parser().parse(body.replace("\x00", ""))


def sanitise(markup: str) -> str:
    """Keep the allow-list, drop everything else: scripts, handlers, styles, frames, forms, odd schemes."""
    cleaned = nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags={
            "script",
            "style",
            "iframe",
            "object",
            "template",
            "noscript",
            "textarea",
            "title",
            "svg",
            "math",
        },
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter_attribute,
        url_schemes=set(_SCHEMES),
        link_rel="noopener nofollow ugc",
        strip_comments=True,
    )
    return _EMPTY_IMAGE.sub("", _own_links_followed(cleaned)).replace(' disabled="disabled"', " disabled")


def plain_text(body: str) -> str:
    """What a reader sees, without any markup, one block a line."""
    return "\n".join(block for block in (block_text(token) for token in parse(body)) if block)


def excerpt(body: str, *, length: int = 160) -> str:
    """The first words of the first paragraph, cut at a word, for lists and search engines."""
    tokens = parse(body)
    paragraphs = (
        block_text(inner)
        for outer, inner in itertools.pairwise(tokens)
        if outer.type == "paragraph_open" and inner.type == "inline"
    )
    text = next((p for p in paragraphs if p), "")
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def block_text(token: Token) -> str:
    """The visible words of one block token, empty for those that only open or close something."""
    if token.type == "inline":
        return _squeeze("".join(_inline_text(child) for child in token.children or ()))
    if token.type in {"fence", "code_block"}:
        return token.content.strip()
    if token.type == "html_block":
        return _squeeze(_visible_text(token.content))
    return ""


def _inline_text(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    if token.type == "image":
        return token.content
    if token.type == "html_inline" and token.content == _TITLE_CLOSE:
        return ": "
    return " " if token.type in {"softbreak", "hardbreak"} else ""


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _visible_text(markup: str) -> str:
    class Reader(HTMLParser):
        hidden = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del attrs
            self.hidden += tag in {"script", "style", "template"}

        def handle_endtag(self, tag: str) -> None:
            self.hidden -= tag in {"script", "style", "template"} and self.hidden > 0

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                pieces.append(data)

    pieces: list[str] = []
    reader = Reader()
    reader.feed(markup)
    return " ".join(pieces)


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "typographer": True, "highlight": _highlight})
    parser.enable(["table", "strikethrough", "replacements", "smartquotes"])
    parser.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin)
    parser.core.ruler.push("callouts", _mark_callouts)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _highlight(code: str, language: str, _attributes: str) -> str:
    """Colour by classes, never by inline styles: the page's policy forbids those."""
    try:
        lexer = get_lexer_by_name(language.strip().lower()) if language else None
    except ClassNotFound:
        lexer = None
    inner = highlight(code, lexer, HtmlFormatter(nowrap=True)) if lexer else html.escape(code)
    label = f' class="language-{html.escape(language)}"' if lexer else ""
    return f'<pre tabindex="0"><code{label}>{inner}</code></pre>'


def _open_table(*_: object) -> str:
    # A wide table scrolls inside its own box, which a keyboard must be able to reach.
    return '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>\n'


def _close_table(*_: object) -> str:
    return "</table></div>\n"


_MARKER = re.compile(r"\[!(note|tip|important|warning|caution)\][^\S\n]*", re.IGNORECASE)


def _mark_callouts(state: StateCore) -> None:
    """Turn ``> [!NOTE]`` quotations into callouts with a title."""
    tokens = state.tokens
    depth: list[tuple[int, bool]] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            depth.append((index, _begin_callout(tokens, index)))
        elif token.type == "blockquote_close" and depth and depth.pop()[1]:
            token.tag = "div"


def _begin_callout(tokens: list[Token], index: int) -> bool:
    inline = tokens[index + 2] if index + 2 < len(tokens) else None
    if inline is None or inline.type != "inline" or not inline.children:
        return False
    first = inline.children[0]
    match = _MARKER.match(first.content)
    if first.type != "text" or not match:
        return False
    kind = match[1].lower()
    tokens[index].tag = "div"
    tokens[index].attrSet("class", f"callout callout-{kind}")
    _replace_marker(inline, match.end(), kind)
    return True


def _replace_marker(inline: Token, end: int, kind: str) -> None:
    children = inline.children or []
    rest = children[0].content[end:]
    following = children[1:]
    if not rest and following and following[0].type in {"softbreak", "hardbreak"}:
        following = following[1:]
    title = [
        Token("html_inline", "", 0, content='<strong class="callout-title">'),
        Token("text", "", 0, content=CALLOUTS[kind]),
        Token("html_inline", "", 0, content=_TITLE_CLOSE),
    ]
    body = [Token("text", "", 0, content=rest)] if rest else []
    inline.children = title + body + following


def _headings(tokens: Sequence[Token]) -> list[Heading]:
    found: list[Heading] = []
    taken: set[str] = set()
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "heading_open":
            text = block_text(inline)
            anchor = unique(slugify(text, fallback="section"), taken)
            taken.add(anchor)
            found.append(Heading(level=_shown_level(opening), text=text, anchor=anchor))
    return found


def _shown_level(opening: Token) -> int:
    # The page's own title is its h1; one more in the text would confuse outlines and search engines.
    return max(2, int(opening.tag[1]))


def _settle_headings(tokens: Sequence[Token]) -> None:
    anchors = iter(_headings(tokens))
    for token in tokens:
        if token.type == "heading_open":
            heading = next(anchors)
            token.attrSet("id", heading.anchor)
            token.tag = f"h{heading.level}"
        elif token.type == "heading_close":
            token.tag = f"h{max(2, int(token.tag[1]))}"


_SIBLING = re.compile(r"(?:\.{1,2}/)*(?:[^/:#?]+/)*([^/:#?]+)\.md(#.*)?", re.IGNORECASE)


def _settle_links(tokens: Sequence[Token], base: str) -> None:
    for token in _walk(tokens):
        if token.type == "link_open" and (match := _SIBLING.fullmatch(str(token.attrGet("href") or ""))):
            token.attrSet("href", f"{base}{slugify(match[1])}{match[2] or ''}")


def _settle_images(tokens: Sequence[Token], sizes: dict[str, ImageSize]) -> None:
    for token in _walk(tokens):
        if token.type == "image":
            token.attrSet("loading", "lazy")
            token.attrSet("decoding", "async")
            if size := sizes.get(str(token.attrGet("src"))):
                token.attrSet("width", str(size[0]))
                token.attrSet("height", str(size[1]))


_ALIGN = re.compile(r"text-align:(left|center|right)")


def _settle_cells_and_boxes(tokens: Sequence[Token]) -> None:
    """Alignment by class, because inline styles are forbidden; boxes with a name for screen readers."""
    for token in _walk(tokens):
        if token.type in {"th_open", "td_open"} and (
            match := _ALIGN.search(str(token.attrGet("style") or ""))
        ):
            token.attrs.pop("style")
            token.attrSet("class", match[1])
        elif token.type == "html_inline" and "task-list-item-checkbox" in token.content:
            name = "Done" if "checked=" in token.content else "To do"
            token.content = token.content.replace("<input", f'<input aria-label="{name}"', 1)


def _walk(tokens: Sequence[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *(token.children or ()))]


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [part for part in value.split() if _CLASS.fullmatch(part)]
        return " ".join(kept) or None
    if name == "id":
        return value if _ID.fullmatch(value) and not value.startswith("dw-") else None
    if tag == "input" and name == "type":
        return "checkbox" if value == "checkbox" else None
    if name == "src" and not value.startswith(("/", "https://", "http://")):
        return None
    if name == "tabindex":
        return "0" if value == "0" else None
    return value


_EMPTY_IMAGE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_OWN_LINK = re.compile(r'(<a\b[^>]*?href="(?:/(?!/)|#)[^"]*"[^>]*?) rel="noopener nofollow ugc"')


def _own_links_followed(markup: str) -> str:
    """Links inside the help center stay plain; only foreign ones carry ``rel``."""
    return _OWN_LINK.sub(r"\1", markup)
