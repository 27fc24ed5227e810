"""Requests for data along the tiers, and one's name behind an alias."""
