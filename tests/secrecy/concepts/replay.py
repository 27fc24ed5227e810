"""Who may try a tolerance on past answers: the buyer's own people, on their own."""

from typing import Any

ACCESS = {
    "replay_tolerance": {
        "seen": "buyer lead",
        "NOT_ALLOWED_NOW": "planner quality sales gearworks carrier jiangsu suzhou operator stranger",
        "NOT_FOUND": "rival steel dealer",
        "empty": "bearing",
    },
}
"""Asked of the seller Gearworks."""
VARIABLES = {
    "replay_tolerance": lambda w: {
        "rule": {"daysLate": 365, "pricePercent": "100"},
        "sellerId": w.cast.gearworks.firm_id,
    },
}
UNDER: dict[str, Any] = {"replay_tolerance": lambda world, at: {"rule": {"daysLate": 365, "pricePercent": "100"}}}
