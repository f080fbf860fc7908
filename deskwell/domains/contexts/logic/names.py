import unicodedata

MAX_CONTEXT = 120


def context_key(name: str) -> str:
    """Return the form by which two spellings of a context's name are the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
