"""Pages about items: what they are called, made of, used in, had in stock and needed for."""
