"""Sheets in and out: templates, a file looked at before it is written, files given out."""
