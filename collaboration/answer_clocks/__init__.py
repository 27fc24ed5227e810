"""Until when one firm owes another an answer, and what it means that none comes (decision 0040)."""
