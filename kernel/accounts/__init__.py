"""People, their sign-in, sessions and API tokens."""
