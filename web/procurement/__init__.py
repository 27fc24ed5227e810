"""Pages on which a buyer works: placing, deciding, receiving, accepting, tolerances."""
