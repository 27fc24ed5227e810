"""Parts and products, under their maker's number."""
