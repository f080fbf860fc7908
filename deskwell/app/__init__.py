"""Puts it together: may import everything, and nobody imports it."""
