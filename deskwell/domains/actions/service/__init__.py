"""Validates, previews and runs actions, on one ticket or many."""

from .bulk import Result, preview, run_on_many, summarise
from .checking import refuse_faulty
from .labels import merge_tags
from .running import run

__all__ = ["Result", "merge_tags", "preview", "refuse_faulty", "run", "run_on_many", "summarise"]
