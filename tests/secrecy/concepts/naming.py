"""Consents to be named to officials in the access table."""

from typing import Any

from kernel import ids
from oversight.naming.visibility import consents_visible_to
from tests.scenarios.players import day
from tests.secrecy.knowing import Table, one_of
from tests.secrecy.world import World

LONGTENG_PEOPLE = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"

ACCESS: dict[str, dict[str, str]] = {
    "naming_consents": {"seen": "gearworks", "empty": f"{LONGTENG_PEOPLE} rival bearing steel dealer {NO_TRADER} stranger"},
    "consent_to_naming": {"done": "rival", "INVALID": "gearworks", "NOT_FOUND": "sales lead bearing steel dealer", "NOT_ALLOWED_NOW": f"buyer planner quality {NO_TRADER} stranger"},
    "revoke_naming": {"done": "gearworks", "NOT_FOUND": "sales lead rival bearing steel dealer", "NOT_ALLOWED_NOW": f"buyer planner quality {NO_TRADER} stranger"},
    "official_xlsx": {"seen": f"{LONGTENG_PEOPLE} gearworks rival bearing steel dealer {NO_TRADER}", "NOT_FOUND": "stranger"},
}  # fmt: skip
INPUTS = {
    "consent_to_naming": lambda w: _consent(w, "core-parts"),
    "revoke_naming": lambda w: {"consentId": w.made["naming consent"]},
}
VARIABLES = {
    "naming_consents": lambda w: {"chainId": w.cast.chain_master.chain()},
    "official_xlsx": lambda w: {"chainId": w.cast.chain_master.chain()},
}
UNDER = {
    "naming_consents": lambda world, at: {"chainId": world.cast.chain_master.chain(), "first": 100},
    "official_xlsx": lambda world, at: {"chainId": world.cast.chain_master.chain()},
}
TABLES = {"naming_consent": Table("naming_consent", "NamingConsent", consents_visible_to, one_of("firm_id"))}


def _consent(world: Any, stage: str) -> dict[str, object]:
    return {"stageId": ids.seal("Stage", world.seated.stages[stage]), "asHolder": True, "until": day(30)}


def prepare(world: World) -> None:
    made = world.cast.gearworks.acts("consent_to_naming", _consent(world, "core-parts"), by="sales")
    world.made["naming consent"] = made["consent"]["id"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """Given and taken back, again and again."""
    for _ in range(count):
        made = growing.cast.chain_master.acts("consent_to_naming", _consent(growing, "robots"), by="sales")
        growing.cast.chain_master.acts("revoke_naming", {"consentId": made["consent"]["id"]}, by="sales")["consent"]
    return {}
