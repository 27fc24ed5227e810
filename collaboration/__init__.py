"""What firms ask, promise and do for each other."""
