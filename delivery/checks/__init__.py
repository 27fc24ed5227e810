"""What is looked at in a delivered file, one small check at a time; start at run.py."""
