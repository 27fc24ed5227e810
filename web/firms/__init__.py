"""Pages on firms: the card of one, its sites, joining, reviewing, merging."""
