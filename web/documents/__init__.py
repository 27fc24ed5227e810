"""The pages of digital delivery: which documents are due, and the file of one order."""
