"""HTML of mails turned into text that keeps what was quoted apart."""

import re

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml import html as lxml_html

from .charsets import clean
from .html import HIDDEN, is_readable, strip_tags, tidy
from .quoting_marks import intro_length

QUOTE_START, QUOTE_END, CUT = "\ue000", "\ue001", "\ue002"

_TAIL_IDS = {
    "appendonsend", "divrplyfwdmsg", "olk_src_body_section", "stopspelling", "zwchr", "replyforwardlinktop",
    "mail-editor-reference-message-container", "reply-intro", "divtaggedcontent", "isforwardcontent",
    "outlookmessageheader", "ms-outlook-mobile-reference-message",
}  # fmt: skip
_QUOTE_CLASSES = {
    "gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "zmail_extra",
    "tutanota_quote", "quote", "gmail_extra_quote", "iwcquote", "ymail_android_signature_quote",
}  # fmt: skip
_INTRO_CLASSES = {"gmail_attr", "moz-cite-prefix"}
_TAIL_CLASSES = {"outlookmessageheader", "ms-outlook-mobile-reference-message", "x_divrplyfwdmsg"}
_OUTLOOK_RULE = re.compile(
    r"border(?:-top)?:\s*(?:none;\s*border-top:\s*)?solid\s*#(?:b5c4df|e1e1e1|ccc)", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"-{3,}\s*(?:forwarded message|weitergeleitete|message transféré|mensaje reenviado)|begin forwarded",
    re.IGNORECASE,
)


# A quote that begins or ends with nothing.
_EMPTY_EDGE = re.compile(r"((?:^|\n)(?!>)[^\n]*\n)(?:>+\n)+(?=>)|(?:\n>+)+(?=\n(?!>)|$)")


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
        if not isinstance(element.tag, str) or element.tag in HIDDEN:
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
        return not _FORWARDED.search(_beginning(element))
    style = element.get("style") or ""
    return element.tag == "div" and bool(_OUTLOOK_RULE.search(style)) and _starts_with_label(element)


def _starts_with_label(element: lxml_html.HtmlElement) -> bool:
    return bool(re.match(r"\s*\*?[^\s:：]{1,20}\s?[:：]", _beginning(element)))


def _beginning(element: lxml_html.HtmlElement, length: int = 300) -> str:
    """The first letters of an element, without going through all of it."""
    found = ""
    for piece in element.itertext():
        found += piece[:length]
        if len(found) >= length:
            break
    return found[:length]


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
    if classes & _INTRO_CLASSES and _is_strange_intro(element):
        return True
    is_yahoo = any(c.endswith("yahoo_quoted") for c in classes)
    if not is_yahoo and not classes & (_QUOTE_CLASSES - {"quote", "moz-cite-prefix"}):
        return False
    if element.find(".//blockquote") is not None:
        return False  # the quote inside is marked; around it stand the introduction and answers
    return not _FORWARDED.search(_beginning(element))


def _is_strange_intro(element: lxml_html.HtmlElement) -> bool:
    """The line above a quote, in words that are not known: the class tells what it is, so it belongs to the quote."""
    text = _beginning(element, 500)
    following = element.getnext()
    if following is None or following.tag != "blockquote" or len(text) >= 500 or _FORWARDED.search(text):
        return False
    lines = [" ".join(text.split()), "> quoted"]
    return bool(lines[0]) and not intro_length(lines, 0)


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
    return _EMPTY_EDGE.sub(r"\1", "\n".join(out))
