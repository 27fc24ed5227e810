"""Gaps and bottlenecks in the access table."""

from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"

ACCESS: dict[str, dict[str, str]] = {
    "supply_marks": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer carrier", "empty": "jiangsu suzhou operator", "NOT_FOUND": "stranger"},
}  # fmt: skip
VARIABLES = {"supply_marks": lambda w: _asked(w)}
UNDER = {"supply_marks": lambda world, at: _asked(world)}


def _asked(world: World) -> dict[str, object]:
    return {"chainId": world.cast.chain_master.chain(), "limitDays": 10}
