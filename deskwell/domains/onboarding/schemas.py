from typing import Literal

from pydantic import BaseModel, ConfigDict

Key = Literal["brand", "article", "email", "colleague", "ticket", "answer"]


class Step(BaseModel):
    """One step of the set-up list; `to` is the page where it is done."""

    key: Key
    title: str
    text: str
    to: str
    is_done: bool
    is_skipped: bool


class Checklist(BaseModel):
    steps: list[Step]
    done: int
    is_finished: bool
    is_hidden: bool


class Skip(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: Key | Literal["everything"]
    is_skipped: bool = True
