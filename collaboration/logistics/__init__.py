"""Goods on the road: despatch and receipt (协同配送)."""
