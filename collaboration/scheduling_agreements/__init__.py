"""Scheduling agreements: numbered releases of what an item's seller is to deliver when, and cumulative figures of both (C7)."""
