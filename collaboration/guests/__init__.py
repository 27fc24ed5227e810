"""Answering one order by a signed link, without an account (features.md A4)."""
