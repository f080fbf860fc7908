"""A desk filled for a look around: four invented companies, their articles, and ninety days of conversations."""

from .filling import fill

__all__ = ["fill"]
