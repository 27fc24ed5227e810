"""What people do about joint purchasing, each from its own part of this concept."""

from collaboration.pooling.joining import decline_pool, join_pool, leave_pool, order_pool_share
from collaboration.pooling.organising import award_pool, cancel_pool, close_pool, open_pool, source_pool

__all__ = [
    "award_pool", "cancel_pool", "close_pool", "decline_pool", "join_pool", "leave_pool", "open_pool", "order_pool_share", "source_pool",
]  # fmt: skip
