"""What officials see and keep."""
