"""Our answer times beside a plain endpoint's, on one machine in one run. Start at __main__.py."""
