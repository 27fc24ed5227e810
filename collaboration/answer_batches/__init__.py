"""Answers to many orders, or decisions on many answers, in one act: each in a transaction of its own, each with its outcome (decision 0041)."""
