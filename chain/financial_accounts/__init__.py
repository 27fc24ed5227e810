"""Where a firm is paid: a change takes two persons, and each buyer calls back before it trusts the number (decision 0014)."""
