"""What either side asks to change of a placed order: order changes, cancellations, new promises (UBL OrderChange, OrderCancellation)."""
