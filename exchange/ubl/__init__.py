"""UBL 2.x as values, without a database: read an Order, write an OrderResponse, validate both. Start at README.md."""
