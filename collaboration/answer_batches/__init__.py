"""Answers to many orders in one act: each is given in a transaction of its own, and each has its outcome (decision 0041)."""
