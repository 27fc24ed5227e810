"""Framework agreements: caps, prices by day and quantity, index clauses, amendments, and orders called off under them (C6)."""
