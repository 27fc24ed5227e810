"""Who may see what of a chain's resilience."""

from tests.scenarios.players import day
from tests.secrecy.world import World

LONGTENG_PEOPLE = "buyer planner quality sales lead"
NO_FIRM = "jiangsu suzhou operator"

ACCESS: dict[str, dict[str, str]] = {
    "chain_resilience": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer carrier", "empty": NO_FIRM, "NOT_FOUND": "stranger"},
    "firm_reasons": {"seen": f"{LONGTENG_PEOPLE} bearing", "NOT_FOUND": f"gearworks rival steel dealer carrier {NO_FIRM} stranger"},
    "resilience_csv": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer", "empty": f"carrier {NO_FIRM}", "NOT_FOUND": "stranger"},
    "resilience_graphml": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer", "empty": f"carrier {NO_FIRM}", "NOT_FOUND": "stranger"},
    "scenario_desk": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer carrier", "NOT_FOUND": "stranger", "empty": NO_FIRM},
    "simulate": {"seen": f"{LONGTENG_PEOPLE} gearworks bearing", "INVALID": "rival steel dealer carrier", "empty": NO_FIRM, "NOT_FOUND": "stranger"},
}  # fmt: skip
VARIABLES = {
    "chain_resilience": lambda w: {"chainId": w.cast.chain_master.chain()},
    "firm_reasons": lambda w: {"chainId": w.cast.chain_master.chain(), "key": w.cast.gearworks.firm_id},
}
VARIABLES |= {
    "scenario_desk": VARIABLES["chain_resilience"],
    "resilience_csv": VARIABLES["chain_resilience"],
    "resilience_graphml": VARIABLES["chain_resilience"],
    "simulate": lambda w: _scenario(w),
}
UNDER = {
    "chain_resilience": lambda world, at: {"chainId": world.cast.chain_master.chain()},
    "firm_reasons": lambda world, at: {"chainId": world.cast.chain_master.chain(), "key": world.cast.gearworks.firm_id},
}
UNDER |= {
    name: lambda world, at, name=name: VARIABLES[name](world)
    for name in ("scenario_desk", "simulate", "resilience_csv", "resilience_graphml")
}


def _scenario(world: World) -> dict[str, object]:
    """Gearworks stops: a firm the rival does not know."""
    shock = {"kind": "FIRM_DOWN", "firm": world.cast.gearworks.firm_id, "first": day(0)}
    return {"chainId": world.cast.chain_master.chain(), "input": {"shocks": [shock]}}
