"""数字化交付: a product comes with its checked digital documents."""
