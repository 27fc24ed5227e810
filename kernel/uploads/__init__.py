"""Slots for files on their way in: declared first, then filled by bytes that must match."""
