"""Proposals as pure functions."""
