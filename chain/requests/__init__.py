"""Bounded requests for data along the tiers: to a partner, or to a firm known by its alias only (decision 0019)."""
