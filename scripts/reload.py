"""Run a command and run it again whenever a Python file of the product changes.

python -m scripts.reload COMMAND…
"""

import signal
import subprocess
import sys
import time
from pathlib import Path

from deskwell.cli import lifeline

WATCHED = Path(__file__).resolve().parent.parent / "deskwell"


def main(command: list[str]) -> None:
    """Keep the command running on the newest code."""
    lifeline.follow_parent()  # and the command follows us
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    process = subprocess.Popen(command)
    try:
        seen = newest()
        while True:
            time.sleep(1)
            if newest() != seen:
                seen = newest()
                process.terminate()
                process.wait()
                process = subprocess.Popen(command)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()


def newest() -> float:
    """When the youngest file was written."""
    return max(path.stat().st_mtime for path in WATCHED.rglob("*.py"))


if __name__ == "__main__":
    main(sys.argv[1:])
