"""Who may do and see what of scorecards."""

from typing import Any

from collaboration.scorecards import visibility as scoring
from kernel import ids
from kernel.access import Actor
from seeds.cast import GEARWORKS
from tests.secrecy.knowing import Ledger, Table, one_of, party_of
from tests.secrecy.world import World

LONGTENG_PEOPLE = "buyer planner quality sales lead"
OTHERS = "rival bearing steel dealer carrier jiangsu suzhou operator"

_ANSWER = {"done": "buyer quality", "NOT_ALLOWED_NOW": "planner sales lead gearworks stranger", "NOT_FOUND": OTHERS}
ACCESS: dict[str, dict[str, str]] = {
    "agree_to_contest": _ANSWER,
    "contest_observation": {"done": "gearworks", "NOT_FOUND": f"{LONGTENG_PEOPLE} {OTHERS}", "NOT_ALLOWED_NOW": "stranger"},
    "refuse_contest": _ANSWER,
    "scorecard_page": {"seen": LONGTENG_PEOPLE, "empty": f"gearworks {OTHERS} stranger"},
    "scorecards_page": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing", "empty": "steel dealer carrier jiangsu suzhou operator stranger"},
    "set_scorecard_terms": {"done": "lead", "NOT_ALLOWED_NOW": f"buyer planner quality sales gearworks {OTHERS} stranger"},
}  # fmt: skip
INPUTS = {
    "agree_to_contest": lambda w: {"contestId": w.made["contest"]},
    "contest_observation": lambda w: {"observationId": w.made["observation"], "reason": "新"},
    "refuse_contest": lambda w: {"contestId": w.made["contest"], "answer": "新"},
    "set_scorecard_terms": lambda w: {"expectedVersion": 1, "weights": [{"metric": "PPM", "weight": 100}]},
}
VARIABLES = {
    "scorecard_page": lambda w: {"side": "BUYER", "partnerId": w.cast.gearworks.firm_id},
    "scorecards_page": lambda w: {"side": "BUYER"},
}


def _weighed_by(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    judged = any(
        (o.buyer_id, o.supplier_id) == (row.buyer_id, party_of(actor)) for o in ledger.of("scorecard_observation")
    )
    return row.buyer_id == party_of(actor) or judged


TABLES = {table.name: table for table in (
    Table("scorecard_observation", "ScorecardObservation", scoring.observations_visible_to, one_of("buyer_id", "supplier_id")),
    Table("scorecard_contest", "ScorecardContest", scoring.contests_visible_to, one_of("buyer_id", "supplier_id")),
    Table("scorecard_terms", "ScorecardTerms", scoring.terms_visible_to, _weighed_by),
)}  # fmt: skip


def prepare(world: World) -> None:
    """Longteng weighs its suppliers; Gearworks contests one counted event and may contest another."""
    longteng, gearworks = world.party_of(world.cast.chain_master), world.party_of(world.cast.gearworks)
    said = {"expectedVersion": 0, "weights": [{"metric": "OTIF_AGREED", "weight": 100}]}
    world.cast.chain_master.acts("set_scorecard_terms", said, by="lead")["terms"]
    asked = {"side": "SELLER", "partnerId": world.cast.chain_master.firm_id}
    first, second = world.cast.gearworks.asks("scorecard_page", **asked)["scorecardObservations"]["nodes"][:2]
    said = {"observationId": first["id"], "reason": world.marked("秘-申诉理由", longteng, gearworks)}
    world.made["contest"] = world.cast.gearworks.acts("contest_observation", said, by="sales")["contest"]["id"]
    world.made["observation"] = second["id"]


UNDER = {
    "scorecard_page": lambda w, at: {
        "side": "BUYER",
        "partnerId": ids.seal("Firm", w.seated.firms[GEARWORKS]),
        "first": 100,
    },
    "scorecards_page": lambda w, at: {"side": "BUYER", "first": 100},
}
