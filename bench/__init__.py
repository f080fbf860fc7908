"""Reproducible measurements, each beside its limit: the same work done by the barest program that could do it."""
