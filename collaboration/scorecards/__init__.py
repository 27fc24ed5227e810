"""How well a supplier has kept its word to a buyer: figures from what happened, each open to both."""
