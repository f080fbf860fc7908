"""Reads of the reports: raw histories, packed columns, and names."""
