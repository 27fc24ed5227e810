"""Pages of qualification: a buyer's suppliers by category, a supplier's certificates."""
