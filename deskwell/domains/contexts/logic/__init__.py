"""Names and colours of contexts, without a database."""

from .colours import Look, brand_style, contrast, look_of
from .names import MAX_CONTEXT, context_key

__all__ = ["MAX_CONTEXT", "Look", "brand_style", "context_key", "contrast", "look_of"]
