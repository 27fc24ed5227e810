"""Joint purchasing: firms pool what they need, members blind to one another, and each orders its own share."""
