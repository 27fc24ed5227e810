"""Saved scenarios in the access table."""

from typing import Any

from oversight.scenarios.visibility import saved_scenarios_visible_to
from tests.scenarios.players import day
from tests.secrecy.knowing import Table, one_of
from tests.secrecy.world import World

LONGTENG_PEOPLE = "buyer planner quality sales lead"
NO_FIRM = "jiangsu suzhou operator"
OTHERS = f"gearworks rival bearing steel dealer carrier {NO_FIRM}"
_CHANGED = {"done": "buyer planner sales lead", "NOT_ALLOWED_NOW": "quality stranger", "NOT_FOUND": OTHERS}

ACCESS: dict[str, dict[str, str]] = {
    "saved_scenarios": {"seen": f"{LONGTENG_PEOPLE} gearworks bearing", "empty": f"rival steel dealer carrier {NO_FIRM} stranger"},
    "chain_head": {"seen": f"{LONGTENG_PEOPLE} {OTHERS}", "NOT_FOUND": "stranger"},
    "saved_scenario": {"seen": LONGTENG_PEOPLE, "NOT_FOUND": f"{OTHERS} stranger"},
    "compare_scenarios": {"seen": LONGTENG_PEOPLE, "NOT_FOUND": f"{OTHERS} stranger"},
    "comparison_xlsx": {"seen": LONGTENG_PEOPLE, "NOT_FOUND": f"{OTHERS} stranger"},
    "save_scenario": {"done": "buyer planner sales lead gearworks bearing", "INVALID": "rival steel dealer", "NOT_ALLOWED_NOW": f"quality carrier {NO_FIRM} stranger"},
    "rename_scenario": _CHANGED, "restate_scenario": _CHANGED, "drop_scenario": _CHANGED,
}  # fmt: skip
INPUTS = {
    "save_scenario": lambda w: {"chainId": w.cast.chain_master.chain(), "name": "新情景", "scenario": _scenario(w)},
    "rename_scenario": lambda w: _kept(w) | {"name": "改名"},
    "restate_scenario": lambda w: _kept(w) | {"scenario": _scenario(w)},
    "drop_scenario": lambda w: _kept(w),
}  # fmt: skip
VARIABLES = {
    "saved_scenarios": lambda w: {"chainId": w.cast.chain_master.chain()},
    "chain_head": lambda w: {"id": w.cast.chain_master.chain()},
    "saved_scenario": lambda w: {"id": w.made["scenario"]},
    "compare_scenarios": lambda w: {"ids": [w.made["scenario"], w.made["other scenario"]]},
    "comparison_xlsx": lambda w: {"ids": [w.made["scenario"], w.made["other scenario"]]},
}
UNDER = {
    "saved_scenarios": lambda world, at: {"chainId": world.cast.chain_master.chain(), "first": 100},
    "chain_head": lambda world, at: {"id": world.cast.chain_master.chain()},
    "saved_scenario": lambda world, at: {"id": (at or world.small)["scenario"]},
    "compare_scenarios": lambda world, at: {"ids": (at or world.small)["scenarios"]},
    "comparison_xlsx": lambda world, at: {"ids": (at or world.small)["scenarios"]},
}
TABLES = {"saved_scenario": Table(
    "saved_scenario", "SavedScenario", saved_scenarios_visible_to, one_of("firm_id"),
)}  # fmt: skip


def _kept(world: World) -> dict[str, object]:
    return {"scenarioId": world.made["scenario"], "expectedVersion": 1}


def _scenario(world: Any) -> dict[str, object]:
    """Gearworks stops: a firm the rival does not know."""
    return {"shocks": [{"kind": "FIRM_DOWN", "firm": world.cast.gearworks.firm_id, "first": day(0)}]}


def prepare(world: World) -> None:
    cast, longteng = world.cast, world.party_of(world.cast.chain_master)
    for name in ("scenario", "other scenario"):
        said = {"chainId": cast.chain_master.chain(), "name": world.marked(f"秘-情景-{name}", longteng)}
        made = cast.chain_master.acts("save_scenario", said | {"scenario": _scenario(world)}, by="planner")
        world.made[name] = made["scenario"]["id"]
    theirs = {"chainId": cast.chain_master.chain(), "scenario": _scenario(world)}
    for player in (cast.gearworks, cast.bearing):
        firm = world.party_of(player)
        player.acts("save_scenario", theirs | {"name": world.marked(f"秘-情景-{firm}", firm)}, by="sales")["scenario"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    made = [
        growing.cast.chain_master.acts(
            "save_scenario",
            {"chainId": growing.cast.chain_master.chain(), "name": f"{order_id}-{number}", "scenario": _scenario(growing)},
            by="planner",
        )["scenario"]["id"]
        for number in range(count)
    ]  # fmt: skip
    return {"scenario": made[0], "scenarios": made[:2]}
