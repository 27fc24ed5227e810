"""Working hours, limits of answers, and what silence means, as their firms set and read them."""
