"""Firms that let officials of their own province know them by name (decision 0034)."""
