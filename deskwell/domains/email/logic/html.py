"""HTML of mails made safe to show; what is too big or too deep for a tree is read without one."""

import html as entities
import re

import nh3

from .charsets import clean

MAX_HTML = 4_000_000
MAX_TAGS = 100_000
MAX_NESTING = 500
REMOTE = "remote:"
_TAGS = {
    "a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"align", "dir", "lang", "title", "style", "valign", "class"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "th": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "tr": {"bgcolor"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type"},
    "col": {"width", "span"},
    "blockquote": {"type"},
}
_STYLES = {
    "color", "background-color", "font-weight", "font-style", "font-size", "font-family", "text-decoration",
    "text-align", "text-indent", "vertical-align", "line-height", "letter-spacing", "white-space", "padding",
    "padding-left", "padding-right", "padding-top", "padding-bottom", "margin", "margin-left", "margin-right",
    "margin-top", "margin-bottom", "border", "border-left", "border-right", "border-top", "border-bottom",
    "border-color", "border-style", "border-width", "border-collapse", "border-spacing", "border-radius", "width",
    "height", "max-width", "list-style-type", "direction",
}  # fmt: skip
_OWN_IMAGE = re.compile(r"/attachment/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_DATA_IMAGE = re.compile(
    r"data:image/(?:png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]{0,2000000}\Z", re.IGNORECASE
)
HIDDEN = {
    "script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "embed", "iframe", "textarea", "select",
}  # fmt: skip


def sanitise(source: str) -> str:
    """HTML that can be shown in a sandboxed frame: an allow-list of tags, no script, nothing loaded from afar.

    Images from the web keep their address behind `remote:`, pictures of the mail theirs behind `cid:`.
    """
    if not is_readable(source):
        return "<pre>" + nh3.clean_text(strip_tags(source)) + "</pre>"
    return nh3.clean(
        source,
        tags=_TAGS,
        clean_content_tags=HIDDEN - {"head"} | {"xml"},
        attributes=_ATTRIBUTES,
        attribute_filter=_filter_attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        filter_style_properties=_STYLES,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [
            c
            for c in value.split()
            if c in {"gmail_quote", "gmail_signature", "moz-cite-prefix", "yahoo_quoted"}
        ]
        return " ".join(kept) or None
    if name == "style" and ("url(" in value.lower() or "\\" in value or "expression" in value.lower()):
        return None
    if name == "href" and value.strip().lower().startswith(("data:", "cid:")):
        return None
    if tag == "img" and name == "src":
        source = value.strip()
        if source.lower().startswith("cid:"):
            return source
        if source.lower().startswith("data:"):
            return source if _DATA_IMAGE.match(source) else None
        if _OWN_IMAGE.match(source):
            return source
        if source.startswith("//"):
            source = "https:" + source
        return REMOTE + source if source.lower().startswith(("http://", "https://")) else None
    return value


def is_readable(source: str) -> bool:
    """Whether a tree parser can take it in good time: size, number of tags and a cheap bound of nesting."""
    if len(source) > MAX_HTML or source.count("<") > MAX_TAGS:
        return False
    depth = deepest = 0
    for match in _ANY_TAG.finditer(source):
        closing, name, ending = match[1], match[2].lower(), match[3]
        if name in _VOID or ending:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest <= MAX_NESTING * 4


_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})[^<>]{0,5000}?(/?)>")
_VOID = {
    "br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "p", "li", "td", "tr", "o:p", "th", "font", "option",
}  # fmt: skip


def strip_tags(source: str) -> str:
    """Text without tags in linear time, for what is too big or too deep for a tree."""
    out: list[str] = []
    position = 0
    while True:
        opening = source.find("<", position)
        if opening < 0:
            out.append(source[position:])
            break
        out.append(source[position:opening])
        if source.startswith("<!--", opening):
            closing = source.find("-->", opening)
            closing = closing + 2 if closing >= 0 else -1
        else:
            closing = source.find(">", opening)
        if closing < 0:
            out.append(source[opening:])
            break
        position = closing + 1
        out.append(" ")
    return clean(entities.unescape(re.sub(r"[ \t]{2,}", " ", "".join(out))))


def tidy(text: str) -> str:
    """Without trailing spaces, no-break spaces that only fill, and piles of empty lines."""
    text = (
        text.replace("\xa0", " ")
        .replace("\u200b", "")
        .replace("\u200c", "")
        .replace("\ufeff", "")
        .replace("\xad", "")
    )
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text)
    return text.strip("\n")
