"""How a firm joins: its application, the checklist on it, and the reviewer's yes or no."""
