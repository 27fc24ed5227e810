"""How long what a link brings would be missing: the days to recover, as the buyer of the link says for itself (decision 0032)."""
