"""A firm's own people, who may do what, and where firms are paid."""
