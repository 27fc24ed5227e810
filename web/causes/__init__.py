"""Why deliveries were missed: the list with its counts, and one with what both say."""
