"""Where uploaded bytes are kept: a folder or an S3-speaking service."""

from .objects import ObjectFiles, open_files

__all__ = ["ObjectFiles", "open_files"]
