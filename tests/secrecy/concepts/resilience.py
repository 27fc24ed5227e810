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
    "chains_side_by_side": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer", "empty": f"carrier {NO_FIRM} stranger"},
    "resilience_xlsx": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer carrier", "empty": NO_FIRM, "NOT_FOUND": "stranger"},
    "simulation_xlsx": {"seen": f"{LONGTENG_PEOPLE} gearworks bearing", "INVALID": "rival steel dealer carrier", "empty": NO_FIRM, "NOT_FOUND": "stranger"},
    "scenario_desk": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer carrier", "NOT_FOUND": "stranger", "empty": NO_FIRM},
    "simulate": {"seen": f"{LONGTENG_PEOPLE} gearworks bearing", "INVALID": "rival steel dealer carrier", "empty": NO_FIRM, "NOT_FOUND": "stranger"},
}  # fmt: skip
VARIABLES = {name: lambda w: {"chainId": w.cast.chain_master.chain()} for name in ACCESS} | {
    "chains_side_by_side": lambda w: {},
    "firm_reasons": lambda w: {"chainId": w.cast.chain_master.chain(), "key": w.cast.gearworks.firm_id},
    "simulate": lambda w: _scenario(w),
    "simulation_xlsx": lambda w: _scenario(w),
}
UNDER = {name: lambda world, at, asked=asked: asked(world) for name, asked in VARIABLES.items()}


def _scenario(world: World) -> dict[str, object]:
    """Gearworks stops: a firm the rival does not know."""
    shock = {"kind": "FIRM_DOWN", "firm": world.cast.gearworks.firm_id, "first": day(0)}
    return {"chainId": world.cast.chain_master.chain(), "input": {"shocks": [shock]}}
