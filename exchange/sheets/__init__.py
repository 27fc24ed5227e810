"""Firms, sites, items, what buyers call them, and supply links, in and out as spreadsheets."""
