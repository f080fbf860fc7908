"""Reads: the settings in force, the search, runs and outcomes."""

from .runs import get_run, list_runs, usage_today
from .searching import ArticleHit, articles_linked, find_articles, passages_of, sentence_scores, shown_titles
from .settings import Rules, get_rules, list_settings, without_model

__all__ = [
    "ArticleHit",
    "Rules",
    "articles_linked",
    "find_articles",
    "get_rules",
    "get_run",
    "list_runs",
    "list_settings",
    "passages_of",
    "sentence_scores",
    "shown_titles",
    "usage_today",
    "without_model",
]
