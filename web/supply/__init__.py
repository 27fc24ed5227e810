"""Pages on which the two ends of supply links say what is right."""
