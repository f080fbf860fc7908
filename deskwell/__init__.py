"""Deskwell."""
