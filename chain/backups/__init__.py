"""备链: the further sources a buyer prepares for what one of its links brings; known to that buyer alone (decision 0027)."""
