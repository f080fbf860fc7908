"""The reading process: mails in on stdin, what they say out on stdout. A hostile mail can only take this process down."""

import resource
import sys
from typing import BinaryIO

from .reading import read_mail
from .wire import pack

MEMORY = 1_500_000_000


def main() -> None:
    """Read until the other side closes. Each mail: eight bytes of length, then the bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (head := source.read(8)) and len(head) == 8:
        raw = source.read(int.from_bytes(head, "big"))
        _answer(sink, *_read(raw))


def _read(raw: bytes) -> tuple[bool, bytes]:
    try:
        return True, pack(read_mail(raw))
    except Exception as error:  # noqa: BLE001 - whatever it is, the mail is kept and the reason shown
        return False, f"{type(error).__name__} in {_place(error)}".encode()


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else "the reader"


def _answer(sink: BinaryIO, is_good: bool, answer: bytes) -> None:  # noqa: FBT001 - a flag on the wire
    sink.write((b"\1" if is_good else b"\0") + len(answer).to_bytes(8, "big") + answer)
    sink.flush()


if __name__ == "__main__":
    main()
