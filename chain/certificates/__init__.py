"""What a supplier can prove: certificates given once, shown to whom it chooses, verified by who relies on them."""
