"""Pages on which a supplier works: answering and shipping."""
