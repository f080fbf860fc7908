"""`deskwell backup`, `deskwell verify` and `deskwell restore`: one archive that holds a whole desk."""

from .commands import register

__all__ = ["register"]
