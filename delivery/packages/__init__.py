"""Acceptance: goods and documents together, by certificate."""
