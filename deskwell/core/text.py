"""Text at the edge: what PostgreSQL cannot hold is replaced once, here, and never reaches a statement."""

import re
from typing import Annotated

from pydantic import AfterValidator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text with NUL and lone surrogates replaced by U+FFFD and line ends unified."""
    return _UNSTORABLE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """Return the text as one line without control characters, spaces folded."""
    return " ".join("".join(c if c.isprintable() else " " for c in clean(text)).split())


Clean = Annotated[str, AfterValidator(clean)]
OneLine = Annotated[str, AfterValidator(one_line)]
