"""Who supplies which item to whom, on what evidence, how old, how sure."""
