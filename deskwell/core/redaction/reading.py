"""E-mail addresses, also written out: `name (at) example (dot) com`."""

import re

from .findings import Finding, Kind

_LOCAL = r"[^\W_](?:[\w.!#$%&'*+/=?^{|}~-]{0,62}[\w+])?"
_PLAIN = re.compile(
    rf"(?<![\w.+%-]){_LOCAL}@(?:[\w-]{{1,63}}\.){{1,8}}(?P<tld>[^\W\d_]{{2,24}}|xn--[\w-]+)(?![\w@])"
)
_AT = r"\s*(?:\(\s*at\s*\)|\[\s*at\s*\]|\{\s*at\s*\}|<\s*at\s*>|\s@\s|\s+at\s+|\(@\)|\[@\])\s*"
_DOT = r"\s*(?:\(\s*dot\s*\)|\[\s*dot\s*\]|\{\s*dot\s*\}|<\s*dot\s*>|\s+dot\s+|\(\.\)|\[\.\]|\.)\s*"
_ENDINGS = "com|org|net|edu|gov|info|biz|io|co|de|fr|es|it|nl|be|at|ch|uk|us|eu|ca|au|in|pl|se|no|dk|fi|pt|br|jp|cz|ie|nz|example|test"
_SPELLED = re.compile(
    rf"(?<![\w.+%-])[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,3}}?{_DOT}(?:{_ENDINGS})(?![\w@])",
    re.IGNORECASE,
)
_DISGUISE = re.compile(r"\(at\)|\[at\]|\{at\}|<at>|\(@\)|\[@\]|\s@\s|\bdot\b", re.IGNORECASE)
_FILES = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "svg",
        "bmp",
        "pdf",
        "ico",
        "css",
        "js",
        "ts",
        "tsx",
        "jsx",
        "map",
        "json",
    ]
)
_MACHINES = ("git@",)


def find_emails(text: str) -> list[Finding]:
    found = []
    if "@" in text:
        found += [
            Finding(Kind.EMAIL, match.start(), match.end())
            for match in _PLAIN.finditer(text)
            if match["tld"].lower() not in _FILES and not match[0].startswith(_MACHINES)
        ]
    if _DISGUISE.search(re.sub(r"\s+", "", text)) or _DISGUISE.search(text):
        found += [
            Finding(Kind.EMAIL, match.start(), match.end())
            for match in _SPELLED.finditer(text)
            if _is_disguised(match[0])
        ]
    return found


def _is_disguised(text: str) -> bool:
    """Plain words such as "meet at example.com" are no address: one part must be a disguise."""
    return bool(_DISGUISE.search(re.sub(r"\s+(?=[)\]}>])|(?<=[(\[{<])\s+", "", text)))
