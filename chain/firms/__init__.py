"""Legal entities, where they sit, and at which stages of which chains they work."""
