"""The ground all stand on: who acts, what may move, what is kept, what is refused. Knows nothing of supply chains."""
