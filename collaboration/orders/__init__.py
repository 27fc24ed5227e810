"""Orders, their answers and decisions, line by line (协同采购)."""
