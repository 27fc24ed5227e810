"""Which documents an order must come with."""
