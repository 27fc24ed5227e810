"""Pages of scorecards: what was counted of each supplier, and by each buyer."""
