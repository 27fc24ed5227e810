"""Under which terms two firms exchange, and what one lets the other see of its own (decision 0018)."""
