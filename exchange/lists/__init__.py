"""Standard lists as Excel files: what was measured or run, and before it how, from what and of which day."""
