"""Whom an alias stands for, and the hidden firm's own word to say its name to one viewer (decision 0019)."""
