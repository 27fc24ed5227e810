"""Pages of joint purchasing."""
