"""Scenarios a firm keeps under a name, runs again and compares side by side (decision 0028)."""
