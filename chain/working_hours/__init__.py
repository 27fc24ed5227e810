"""When a firm works: its hours, days it is closed or open beside them, and the public days of China (decision 0040)."""
