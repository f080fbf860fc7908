"""A child ends when its parent does, on every system: the parent holds a pipe open, the child waits for its end."""

import os
import signal
import threading
import time

_VARIABLE = "DESKWELL_LIFELINE"
_GRACE_SECONDS = 2.0


def variable(descriptor: int) -> dict[str, str]:
    """The environment that hands the pipe's reading end to a child."""
    return {_VARIABLE: str(descriptor)}


def follow_parent() -> None:
    """In the child: end with the parent, politely first. Does nothing when there is no such parent."""
    descriptor = os.environ.pop(_VARIABLE, None)
    if descriptor:
        threading.Thread(target=_wait, args=[int(descriptor)], daemon=True, name="lifeline").start()


def _wait(descriptor: int) -> None:
    while os.read(descriptor, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)  # the embedded database went with the parent: there is little to finish
    os._exit(1)
