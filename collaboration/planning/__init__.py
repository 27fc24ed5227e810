"""协同制造 · planning: what a plan needs, exploded through bills and through the tiers that let it."""
