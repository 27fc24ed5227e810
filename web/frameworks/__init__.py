"""Pages of framework agreements, orders called off under them, and scheduling agreements."""
