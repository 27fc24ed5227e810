"""What is asked to change of orders, what they were and when they were held: known to the two firms of each."""

from typing import Any

from collaboration.changes import visibility as changes
from collaboration.holds import visibility as holds
from collaboration.orders import visibility as orders
from tests.scenarios.players import Player, day, line
from tests.secrecy.knowing import Table, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
OTHERS = "rival bearing steel dealer carrier jiangsu suzhou operator"
_BUYERS = {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger", "NOT_FOUND": OTHERS}
_SELLERS = {"done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} stranger", "NOT_FOUND": OTHERS}
_SEEN = {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"}
_NO_ID = {"empty": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"}  # versions have none

ACCESS = {
    "change_order": _BUYERS, "decide_on_order_change": _BUYERS, "withdraw_order_change": _BUYERS,
    "decide_on_repromise": _BUYERS, "withdraw_order_cancellation": _BUYERS, "hold_order": _BUYERS, "lift_hold": _BUYERS,
    "request_order_cancellation": {
        "done": "buyer gearworks", "NOT_ALLOWED_NOW": "planner quality sales lead stranger", "NOT_FOUND": OTHERS,
    },
    "respond_to_order_change": _SELLERS, "repromise_order": _SELLERS, "answer_order_cancellation": _SELLERS,
    "order_amendments": {"seen": f"{LONGTENG} gearworks", "empty": f"{OTHERS} stranger"},
    "order_versions": _NO_ID, "order_difference": _NO_ID, "order_versions_page": _SEEN, "order_changes_page": _SEEN,
}  # fmt: skip
"""The cancellation is one Longteng asks for; a seller's own is told in the stories."""


def _head(world: World, mark: str) -> dict[str, Any]:
    found = world.cast.chain_master.sees({"order": world.orders[mark]})
    assert found is not None
    return {"expectedVersion": found["version"]} | {"order": found}


def _on_order(world: World, mark: str, **given: Any) -> dict[str, Any]:
    head = _head(world, mark)
    return {"orderId": head["order"]["id"], "expectedVersion": head["expectedVersion"]} | given


def _on(world: World, mark: str, name: str, **given: Any) -> dict[str, Any]:
    return {name: world.made[f"{name} {mark}"], "expectedVersion": _head(world, mark)["expectedVersion"]} | given


def _first(world: World, mark: str) -> dict[str, Any]:
    line_of: dict[str, Any] = _head(world, mark)["order"]["lines"][0]
    return line_of


INPUTS = {
    "change_order": lambda w: _on_order(
        w, "午", lines=[{"action": "CHANGE", "lineId": _first(w, "午")["id"], "unitPrice": "7"}]
    ),
    "respond_to_order_change": lambda w: _on(w, "寅", "changeId", answer="ACCEPTED"),
    "withdraw_order_change": lambda w: _on(w, "寅", "changeId"),
    "decide_on_order_change": lambda w: _on(w, "卯", "changeId", decision="ACCEPT"),
    "request_order_cancellation": lambda w: _on_order(w, "午", reason="OTHER"),
    "answer_order_cancellation": lambda w: _on(w, "辰", "cancellationId", decision="ACCEPT"),
    "withdraw_order_cancellation": lambda w: _on(w, "辰", "cancellationId"),
    "hold_order": lambda w: _on_order(w, "午", reason="OTHER"),
    "lift_hold": lambda w: _on(w, "未", "holdId"),
    "repromise_order": lambda w: _on_order(
        w, "午", reason="OTHER", days=[{"scheduleId": _first(w, "午")["schedules"][0]["id"], "promisedOn": day(90)}]
    ),
    "decide_on_repromise": lambda w: _on(w, "巳", "repromiseId", decision="ACCEPT"),
}
VARIABLES = {
    "order_amendments": lambda w: {"orderId": w.orders["寅"]["id"]},
    "order_versions": lambda w: {"orderId": w.orders["寅"]["id"]},
    "order_changes_page": lambda w: {"id": w.orders["寅"]["id"]},
    "order_difference": lambda w: {"orderId": w.orders["寅"]["id"], "earlier": 1, "later": 2},
    "order_versions_page": lambda w: {"id": w.orders["寅"]["id"], "earlier": 1, "later": 2},
}
UNDER: dict[str, Any] = {
    "order_amendments": lambda world, at: {"orderId": (at or world.small)["changed_order"]},
    "order_versions": lambda world, at: {"orderId": (at or world.small)["changed_order"]},
    "order_changes_page": lambda world, at: {"id": (at or world.small)["changed_order"]},
    "order_difference": lambda world, at: {"orderId": (at or world.small)["changed_order"], "earlier": 1, "later": 2},
    "order_versions_page": lambda world, at: {"id": (at or world.small)["changed_order"], "earlier": 1, "later": 2},
}
_ORDER = under("order_id", "purchase_order")
TABLES = {table.name: table for table in (
    Table("order_line_revision",   None,                orders.line_revisions_visible_to,          _ORDER),
    Table("order_change",          "OrderChange",       changes.order_changes_visible_to,          _ORDER),
    Table("order_change_line",     None,                changes.order_change_lines_visible_to,     under("change_id", "order_change")),
    Table("order_change_schedule", None,                changes.order_change_schedules_visible_to, under("change_line_id", "order_change_line")),
    Table("order_cancellation",    "OrderCancellation", changes.order_cancellations_visible_to,    _ORDER),
    Table("order_hold",            "OrderHold",         holds.order_holds_visible_to,              _ORDER),
    Table("repromise",             "Repromise",         changes.repromises_visible_to,             _ORDER),
    Table("repromised_day",        None,                changes.repromised_days_visible_to,        under("repromise_id", "repromise")),
)}  # fmt: skip


def _agreed(world: World, mark: str, buyer: Player, seller: Player) -> tuple[Any, dict[str, str]]:
    both = world.party_of(buyer), world.party_of(seller)
    price = world.marked(f"{51003 + ord(mark)}.37", *both)
    placed = buyer.places_order(seller, lines=[line("HD-25", "20", price=price)],
                                number=world.marked(f"秘-订单-{mark}-号码", *both))  # fmt: skip
    seller.accepts_all(placed)
    world.orders[mark] = placed["order"]
    return placed, {"note": world.marked(f"秘-变更-{mark}", *both)}


def prepare(world: World) -> None:
    buyer, seller = world.cast.chain_master, world.cast.gearworks
    for mark in "寅卯":
        _order, note = _agreed(world, mark, buyer, seller)
        price = world.marked(f"{31003 + ord(mark)}.91", world.party_of(buyer), world.party_of(seller))
        own = _first(world, mark)
        days = [{"scheduleId": own["schedules"][0]["id"], "quantity": "25"}]
        lines = [{"action": "CHANGE", "lineId": own["id"], "unitPrice": price, "schedules": days}]
        made = buyer.acts("change_order", _on_order(world, mark, lines=lines, **note), by="buyer")
        world.made[f"changeId {mark}"] = made["change"]["id"]
    offered = [{"action": "NONE", "lineId": _first(world, "卯")["id"]}]
    seller.acts("respond_to_order_change", _on(world, "卯", "changeId", answer="CHANGED", lines=offered), by="sales")[
        "change"
    ]
    _order, note = _agreed(world, "辰", buyer, seller)
    asked = buyer.acts("request_order_cancellation", _on_order(world, "辰", reason="OTHER", **note), by="buyer")
    world.made["cancellationId 辰"] = asked["cancellation"]["id"]
    _order, note = _agreed(world, "巳", buyer, seller)
    moved = [{"scheduleId": _first(world, "巳")["schedules"][0]["id"], "promisedOn": day(70)}]
    said = seller.acts("repromise_order", _on_order(world, "巳", reason="MATERIAL", days=moved, **note), by="sales")
    world.made["repromiseId 巳"] = said["repromise"]["id"]
    _agreed(world, "午", buyer, seller)
    _order, note = _agreed(world, "未", buyer, seller)
    held = buyer.acts("hold_order", _on_order(world, "未", reason="OTHER", **note), by="buyer")
    world.made["holdId 未"] = held["hold"]["id"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """An order of so many lines with so many changes and new promises, one of each still open."""
    buyer, seller = growing.cast.chain_master, growing.cast.gearworks
    placed = buyer.places_order(seller, lines=[line("HD-25", "20")] * count)
    seller.accepts_all(placed)
    for number in range(count):
        own = buyer.sees(placed)
        assert own is not None
        head = {"orderId": own["id"], "expectedVersion": own["version"]}
        one = own["lines"][number]
        days = [{"scheduleId": one["schedules"][0]["id"], "promisedOn": day(30 + number)}]
        seller.acts("repromise_order", head | {"reason": "OTHER", "days": days}, by="sales")["repromise"]
        head["expectedVersion"] += 1
        lines = [{"action": "CHANGE", "lineId": x["id"], "unitPrice": str(3 + number)} for x in own["lines"]]
        change = buyer.acts("change_order", head | {"lines": lines}, by="buyer")["change"]["id"]
        if number < count - 1:
            told = {"changeId": change, "expectedVersion": head["expectedVersion"] + 1}
            buyer.acts("withdraw_order_change", told, by="buyer")["change"]
    return {"changed_order": own["id"]}
