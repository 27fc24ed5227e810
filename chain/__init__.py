"""Who makes what, and who supplies whom."""
