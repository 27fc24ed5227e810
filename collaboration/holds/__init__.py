"""A buyer holds an order: nothing of it leaves and the seller's clocks stand still until the hold is lifted (decision 0051)."""
