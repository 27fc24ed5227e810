"""How far long work has come, for whoever asked for it."""
