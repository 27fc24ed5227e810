"""The inbox, and the button to follow a thing."""
