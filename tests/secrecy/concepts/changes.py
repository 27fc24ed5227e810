"""A chain beside itself on an earlier day in the access table."""

from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"

_READING = {"seen": f"{LONGTENG} gearworks rival bearing steel dealer carrier", "empty": "jiangsu suzhou operator", "NOT_FOUND": "stranger"}  # fmt: skip

ACCESS: dict[str, dict[str, str]] = {"chain_changes": _READING, "changes_xlsx": _READING}
VARIABLES = {name: lambda w: _asked(w) for name in ACCESS}
UNDER = {name: lambda world, at: _asked(world) for name in ACCESS}


def _asked(world: World) -> dict[str, object]:
    return {"chainId": world.cast.chain_master.chain()}
