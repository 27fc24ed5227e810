"""A chain beside itself on an earlier day in the access table."""

from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"

ACCESS: dict[str, dict[str, str]] = {
    "chain_changes": {"seen": f"{LONGTENG} gearworks rival bearing steel dealer carrier", "empty": "jiangsu suzhou operator", "NOT_FOUND": "stranger"},
}  # fmt: skip
VARIABLES = {"chain_changes": lambda w: _asked(w)}
UNDER = {"chain_changes": lambda world, at: _asked(world)}


def _asked(world: World) -> dict[str, object]:
    return {"chainId": world.cast.chain_master.chain()}
