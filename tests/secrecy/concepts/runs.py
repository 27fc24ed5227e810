"""Measurings of a chain by jobs in the access table."""

from typing import Any

from oversight.runs import visibility as runs
from tests.secrecy.knowing import Table, one_of
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
OTHERS = "gearworks rival bearing steel dealer carrier jiangsu suzhou operator"
_ACTING = {"NOT_FOUND": OTHERS, "NOT_ALLOWED_NOW": "quality stranger"}

ACCESS: dict[str, dict[str, str]] = {
    "resilience_runs": {"seen": LONGTENG, "empty": f"{OTHERS} stranger"},
    "resilience_run_page": {"seen": LONGTENG, "NOT_FOUND": f"{OTHERS} stranger"},
    "run_xlsx": {"seen": LONGTENG, "NOT_FOUND": f"{OTHERS} stranger"},
    "resilience_run_progress": {"seen": LONGTENG, "NOT_FOUND": f"{OTHERS} stranger"},
    "start_resilience_run": {"done": "buyer planner lead sales gearworks rival bearing steel dealer", "NOT_ALLOWED_NOW": "quality carrier jiangsu suzhou operator stranger"},
    "cancel_resilience_run": {"NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": OTHERS},
    "resume_resilience_run": {"NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": OTHERS},
}  # fmt: skip
INPUTS = {
    "start_resilience_run": lambda w: {"chainId": w.cast.chain_master.chain(), "exactFirms": 7},
    "cancel_resilience_run": lambda w: {"runId": w.made["resilience run"]},
    "resume_resilience_run": lambda w: {"runId": w.made["resilience run"]},
}
VARIABLES = {
    "resilience_runs": lambda w: {"chainId": w.cast.chain_master.chain(), "first": 100},
    "resilience_run_page": lambda w: {"id": w.made["resilience run"]},
    "run_xlsx": lambda w: {"id": w.made["resilience run"]},
    "resilience_run_progress": lambda w: {"id": w.made["resilience run"]},
}
UNDER = {
    "resilience_runs": lambda world, at: {"chainId": world.cast.chain_master.chain(), "first": 100},
    "resilience_run_page": lambda world, at: {"id": (at or world.small)["resilience_run"]},
    "run_xlsx": lambda world, at: {"id": (at or world.small)["resilience_run"]},
    "resilience_run_progress": lambda world, at: {"id": (at or world.small)["resilience_run"]},
}
TABLES = {table.name: table for table in (
    Table("resilience_run",   "ResilienceRun", runs.runs_visible_to,   one_of("owner_id")),
    Table("resilience_chunk", None,            runs.chunks_visible_to, one_of("owner_id")),
)}  # fmt: skip


def prepare(world: World) -> None:
    """One run of the chain master's, done."""
    world.made["resilience run"] = _run(world.cast, 3)


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    return {"resilience_run": _run(growing.cast, 10 + count)}


def _run(cast: Any, exact: int) -> str:
    given = {"chainId": cast.chain_master.chain(), "exactFirms": exact}
    return str(cast.chain_master.acts("start_resilience_run", given, by="buyer")["run"]["id"])
