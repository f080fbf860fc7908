"""HTML of mails: made safe to show, and turned into text that keeps what was quoted apart."""

import html as entities
import re

import nh3
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml import html as lxml_html

from .charsets import clean

MAX_HTML = 4_000_000
MAX_TAGS = 100_000
MAX_NESTING = 500
REMOTE = "remote:"
QUOTE_START, QUOTE_END, CUT = "\ue000", "\ue001", "\ue002"

_TAGS = {
    "a",
    "abbr",
    "address",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
}
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
    "color",
    "background-color",
    "font-weight",
    "font-style",
    "font-size",
    "font-family",
    "text-decoration",
    "text-align",
    "text-indent",
    "vertical-align",
    "line-height",
    "letter-spacing",
    "white-space",
    "padding",
    "padding-left",
    "padding-right",
    "padding-top",
    "padding-bottom",
    "margin",
    "margin-left",
    "margin-right",
    "margin-top",
    "margin-bottom",
    "border",
    "border-left",
    "border-right",
    "border-top",
    "border-bottom",
    "border-color",
    "border-style",
    "border-width",
    "border-collapse",
    "border-spacing",
    "border-radius",
    "width",
    "height",
    "max-width",
    "list-style-type",
    "direction",
}
_DATA_IMAGE = re.compile(
    r"data:image/(?:png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]{0,2000000}\Z", re.IGNORECASE
)
_TAIL_IDS = {
    "appendonsend", "divrplyfwdmsg", "olk_src_body_section", "stopspelling", "zwchr", "replyforwardlinktop",
    "mail-editor-reference-message-container", "reply-intro", "divtaggedcontent", "isforwardcontent",
    "outlookmessageheader", "ms-outlook-mobile-reference-message",
}  # fmt: skip
_QUOTE_CLASSES = {
    "gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "zmail_extra",
    "tutanota_quote", "quote", "gmail_extra_quote", "iwcquote", "ymail_android_signature_quote",
}  # fmt: skip
_TAIL_CLASSES = {"outlookmessageheader", "ms-outlook-mobile-reference-message", "x_divrplyfwdmsg"}
_OUTLOOK_RULE = re.compile(
    r"border(?:-top)?:\s*(?:none;\s*border-top:\s*)?solid\s*#(?:b5c4df|e1e1e1|ccc)", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"-{3,}\s*(?:forwarded message|weitergeleitete|message transféré|mensaje reenviado)|begin forwarded",
    re.IGNORECASE,
)
_HIDDEN = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "svg",
    "math",
    "object",
    "embed",
    "iframe",
    "textarea",
    "select",
}


def sanitise(source: str) -> str:
    """HTML that can be shown in a sandboxed frame: an allow-list of tags, no script, nothing loaded from afar.

    Images from the web keep their address behind `remote:`, pictures of the mail theirs behind `cid:`.
    """
    if not is_readable(source):
        return "<pre>" + nh3.clean_text(strip_tags(source)) + "</pre>"
    return nh3.clean(
        source,
        tags=_TAGS,
        clean_content_tags=_HIDDEN - {"head"} | {"xml"},
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
    "br",
    "img",
    "hr",
    "meta",
    "link",
    "input",
    "col",
    "wbr",
    "area",
    "base",
    "p",
    "li",
    "td",
    "tr",
    "o:p",
    "th",
    "font",
    "option",
}


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


def to_text(source: str) -> str:
    """The text a person would read, quotes marked by `> ` and the cut before an Outlook-like tail by a mark."""
    source = re.sub(f"[{QUOTE_START}{QUOTE_END}{CUT}]", "", source)
    if not source.strip():
        return ""
    if not is_readable(source):
        return tidy(strip_tags(source))
    try:
        tree = lxml_html.document_fromstring(
            _without_declaration(source), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return tidy(strip_tags(source))
    _drop_hidden(tree)
    _mark_quotes(tree)
    try:
        text = get_text(etree.tostring(tree, encoding="unicode", method="html"), _CONFIG)
    except (RecursionError, etree.ParserError, ValueError, IndexError, KeyError):
        text = strip_tags(source)
    return tidy(_prefix_quotes(clean(text)))


_CONFIG = ParserConfig(css=CSS_PROFILES["strict"], display_images=False, display_links=False)


def _without_declaration(source: str) -> bytes:
    source = re.sub(r"^\s*<\?xml[^>]*>", "", source, count=1)
    source = re.sub(r"(?i)<meta[^<>]{0,300}charset[^<>]{0,300}>", "", source)
    source = source.replace("<o:p>", "").replace("</o:p>", "")
    return source.encode("utf-8", "replace")


def _drop_hidden(tree: lxml_html.HtmlElement) -> None:
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _HIDDEN:
            if element.tag == "head" or element.getparent() is None:
                continue
            element.drop_tree() if hasattr(element, "drop_tree") else None


def _mark_quotes(tree: lxml_html.HtmlElement) -> None:
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in {"html", "body"}:
            continue
        if _is_tail(element):
            _insert_before(element, CUT)
        elif _is_quote(element):
            element.insert(0, _line(QUOTE_START, tail=element.text))
            element.text = None
            element.append(_line(QUOTE_END))


def _is_tail(element: lxml_html.HtmlElement) -> bool:
    identifier = (element.get("id") or "").lower().removeprefix("x_")
    classes = set((element.get("class") or "").lower().split())
    if identifier in _TAIL_IDS or classes & _TAIL_CLASSES:
        return not _FORWARDED.search(element.text_content()[:300])
    style = element.get("style") or ""
    return element.tag == "div" and bool(_OUTLOOK_RULE.search(style)) and _starts_with_label(element)


def _starts_with_label(element: lxml_html.HtmlElement) -> bool:
    return bool(re.match(r"\s*\*?[^\s:：]{1,20}\s?[:：]", element.text_content()[:200]))


def _is_quote(element: lxml_html.HtmlElement) -> bool:
    classes = set((element.get("class") or "").lower().split())
    if element.tag == "blockquote":
        is_cite = (
            (element.get("type") or "").lower() == "cite"
            or bool(element.get("cite"))
            or bool(classes & _QUOTE_CLASSES)
        )
        style = (element.get("style") or "").lower()
        return (
            is_cite or "border-left" in style or "border-width:0px 0px 0px 1px" in style.replace(" 1", " 1")
        )
    if not classes & (_QUOTE_CLASSES - {"quote", "moz-cite-prefix"}):
        return False
    if element.find(".//blockquote") is not None:
        return False  # the quote inside is marked; around it stand the introduction and answers
    return not _FORWARDED.search(element.text_content()[:300])


def _line(mark: str, tail: str | None = None) -> lxml_html.HtmlElement:
    element = lxml_html.Element("div")
    element.text, element.tail = mark, tail
    return element


def _insert_before(element: lxml_html.HtmlElement, mark: str) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(parent.index(element), _line(mark))


def _prefix_quotes(text: str) -> str:
    if QUOTE_START not in text:
        return text
    depth, out = 0, []
    for line in text.split("\n"):
        starts, ends = line.count(QUOTE_START), line.count(QUOTE_END)
        rest = line.replace(QUOTE_START, "").replace(QUOTE_END, "")
        depth += starts
        if rest.strip() or not (starts or ends):
            marks = ">" * min(depth, 20)
            out.append(f"{marks} {rest.strip() if depth else rest}".rstrip() if marks else rest)
        depth = max(0, depth - ends)
    return "\n".join(out)


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
