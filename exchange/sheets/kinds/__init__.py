"""The kinds of sheets: which columns each has, what its rows mean here, and what they do."""
