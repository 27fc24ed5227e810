"""Why deliveries failed, in the access table: known to the two firms of the order."""

from datetime import timedelta
from typing import Any

from collaboration.causes import visibility as causing
from jobs.scorecards import score_what_was_due
from kernel import clock
from tests.scenarios.explaining import agrees, misses, promised, shown, states
from tests.secrecy.knowing import Table, one_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
OTHERS = "rival bearing steel dealer carrier jiangsu suzhou operator"
_BOTH = {"done": "buyer quality gearworks", "NOT_ALLOWED_NOW": "planner sales lead stranger", "NOT_FOUND": OTHERS}
ACCESS = {
    "cause_records": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "cause_page": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "cause_totals": {"seen": LONGTENG, "empty": f"gearworks {OTHERS} stranger"},
    "state_cause": _BOTH, "reopen_cause": _BOTH,
    "agree_to_cause": {
        "done": "buyer quality", "INVALID": "gearworks", "NOT_ALLOWED_NOW": "planner sales lead stranger", "NOT_FOUND": OTHERS,
    },
}  # fmt: skip


def _on(world: World, name: str, **given: Any) -> dict[str, Any]:
    found = shown(world.cast.gearworks, {"id": world.made[name]})
    return {"recordId": found["id"], "expectedVersion": found["version"]} | given


INPUTS = {
    "state_cause": lambda w: _on(w, "cause open", cause="MATERIAL", party="SELLER", note="新"),
    "agree_to_cause": lambda w: _on(w, "cause stated", statedCauseId=w.made["stated cause"]),
    "reopen_cause": lambda w: _on(w, "cause agreed"),
}
VARIABLES = {"cause_page": lambda w: {"id": w.made["cause stated"]}, "cause_totals": lambda w: {"side": "BUYER"}}
UNDER = {
    "cause_records": lambda w, at: {"first": 100},
    "cause_page": lambda w, at: {"id": (at or w.small)["cause"]},
    "cause_totals": lambda w, at: {"side": "BUYER"},
}
TABLES = {table.name: table for table in (
    Table("cause_record", "CauseRecord", causing.cause_records_visible_to, one_of("buyer_id", "seller_id")),
    Table("stated_cause", "StatedCause", causing.stated_causes_visible_to, under("record_id", "cause_record")),
)}  # fmt: skip


def _missed(cast: Any, count: int) -> None:
    """So many orders whose day passed a month ago."""
    clock.set_to(clock.now() - timedelta(days=30))
    try:
        for _ in range(count):
            promised(cast)
    finally:
        clock.set_to(None)
    score_what_was_due()


def prepare(world: World) -> None:
    """Three missed days: of one nothing is said, of one the seller's word, of one both agreed."""
    master, gearworks = world.cast.chain_master, world.cast.gearworks
    both = (world.party_of(master), world.party_of(gearworks))
    _missed(world.cast, 3)
    quiet, stated, agreed = misses(master, "BUYER")
    states(gearworks, stated, "CAPACITY", "SHARED", world.marked("秘-原因-卖方", *both))["causeRecord"]
    states(gearworks, agreed, "TRANSPORT", "NEITHER", world.marked("秘-原因-同意", *both))["causeRecord"]
    agrees(master, agreed, note=world.marked("秘-原因-买方", *both))["causeRecord"]
    world.made |= {"cause open": quiet["id"], "cause stated": stated["id"], "cause agreed": agreed["id"]}
    world.made["stated cause"] = shown(master, stated)["stated"][-1]["id"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """Some missed days; one of them with many words of both."""
    _missed(growing.cast, count // 2)
    master, gearworks = growing.cast.chain_master, growing.cast.gearworks
    record = misses(master, "BUYER")[0]
    for n in range(count):
        states(master if n % 2 else gearworks, record, "CAPACITY", "SHARED")["causeRecord"]
    return {"cause": record["id"]}
