"""Pages served by Flask; start at app.py, and at frame.py for what every page shares."""
