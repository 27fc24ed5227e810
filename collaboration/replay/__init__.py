"""What a proposed tolerance would have agreed of the answers there were, and which risk it would have let through."""
