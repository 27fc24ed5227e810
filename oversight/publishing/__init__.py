"""What may be published of a chain: figures over groups of firms, frozen period by period."""
