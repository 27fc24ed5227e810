"""Requisitions and rules of approval in the access table: all of it Longteng's own."""

from typing import Any

from collaboration.requisitions import visibility as requisitions
from tests.scenarios.players import Player, day, fresh
from tests.scenarios.sourcing import instant
from tests.secrecy.knowing import Table, one_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
OTHERS = f"gearworks rival bearing steel dealer {NO_TRADER}"
_NOT_ASKED = {"NOT_FOUND": OTHERS}
_DECIDED = {"done": "lead", "NOT_ALLOWED_NOW": "buyer planner quality sales stranger"} | _NOT_ASKED
_BY_BUYER = {"done": "buyer", "NOT_ALLOWED_NOW": "planner quality sales lead stranger"} | _NOT_ASKED
ACCESS = {
    "requisitions": {"seen": LONGTENG, "empty": f"{OTHERS} stranger"},
    "requisition_page": {"seen": LONGTENG, "empty": f"{OTHERS} stranger"},
    "approval_rules": {"seen": LONGTENG, "empty": f"{OTHERS} stranger"},
    "draft_requisition": {
        "done": "buyer planner quality lead gearworks rival bearing steel dealer",
        "NOT_ALLOWED_NOW": f"sales {NO_TRADER} stranger",
    },
    "submit_requisition": {"done": "planner", "NOT_ALLOWED_NOW": "buyer quality sales lead stranger"} | _NOT_ASKED,
    "approve_requisition": _DECIDED, "reject_requisition": _DECIDED,
    "source_requisition": _BY_BUYER, "order_requisition": _BY_BUYER,
    "finish_requisition": {"done": "planner", "NOT_ALLOWED_NOW": "buyer quality sales lead stranger"} | _NOT_ASKED,
    "set_approval_rules": {"done": "lead", "NOT_ALLOWED_NOW": f"buyer planner quality sales {OTHERS} stranger"},
}  # fmt: skip


def _said(**given: Any) -> dict[str, Any]:
    line = {"number": 1, "title": "新", "quantity": "2", "unit": "C62", "unitPrice": "50", "wantedOn": day(30)}
    return {"number": fresh("PR"), "title": "新", "currency": "CNY", "lines": [line]} | given


def _which(world: World, name: str) -> dict[str, Any]:
    found = world.cast.chain_master.asks("requisition_page", id=world.made[name])["requisition"]
    return {"requisitionId": found["id"], "expectedVersion": found["version"]}


def _source(world: World) -> dict[str, Any]:
    return _which(world, "requisition approved") | {
        "number": fresh("RFQ"), "incoterm": "DAP", "closesAt": instant(hours=9), "awardBy": day(9),
        "inviteeIds": [world.cast.gearworks.firm_id],
    }  # fmt: skip


def _order(world: World) -> dict[str, Any]:
    master = world.cast.chain_master
    line = {"number": 1, "itemId": master.item("RV-40E"), "unitPrice": "4"}
    return _which(world, "requisition approved") | {
        "sellerId": world.cast.gearworks.firm_id, "number": fresh("PO"), "lines": [line]
    }  # fmt: skip


INPUTS = {
    "draft_requisition": lambda w: _said(),
    "submit_requisition": lambda w: _which(w, "requisition draft"),
    "approve_requisition": lambda w: _which(w, "requisition waiting"),
    "reject_requisition": lambda w: _which(w, "requisition waiting") | {"reason": "新"},
    "source_requisition": _source,
    "order_requisition": _order,
    "finish_requisition": lambda w: _which(w, "requisition ordered"),
    "set_approval_rules": lambda w: {"rules": []},
}
VARIABLES = {"requisition_page": lambda w: {"id": w.made["requisition draft"]}, "approval_rules": lambda w: {}}
UNDER = {
    "requisitions": lambda world, at: {"first": 100},
    "requisition_page": lambda world, at: {"id": (at or world.small)["requisition"]},
    "approval_rules": lambda world, at: {},
}
TABLES = {table.name: table for table in (
    Table("requisition",      "Requisition", requisitions.requisitions_visible_to,      one_of("firm_id")),
    Table("requisition_line", None,          requisitions.requisition_lines_visible_to, under("requisition_id", "requisition")),
    Table("approval_rule",    None,          requisitions.approval_rules_visible_to,    one_of("firm_id")),
)}  # fmt: skip


def _drafted(buyer: Player, **given: Any) -> dict[str, Any]:
    drafted: dict[str, Any] = buyer.acts("draft_requisition", _said(**given), by="planner")["requisition"]
    return drafted


def _submitted(buyer: Player, **given: Any) -> dict[str, Any]:
    found = _drafted(buyer, **given)
    said = {"requisitionId": found["id"], "expectedVersion": found["version"]}
    submitted: dict[str, Any] = buyer.acts("submit_requisition", said, by="planner")["requisition"]
    return submitted


def _approved(buyer: Player) -> dict[str, Any]:
    found = _submitted(buyer)
    said = {"requisitionId": found["id"], "expectedVersion": found["version"]}
    approved: dict[str, Any] = buyer.acts("approve_requisition", said, by="lead")["requisition"]
    return approved


def prepare(world: World) -> None:
    """Longteng's planner needs things at every stage, one from Gearworks, which learns nothing of it."""
    master = world.cast.chain_master
    longteng = world.party_of(master)
    line = {
        "number": 1, "title": world.marked("秘-请购物料", longteng), "quantity": "3", "unit": "C62",
        "unitPrice": world.marked("81003.5501", longteng), "wantedOn": day(30),
    }  # fmt: skip
    hidden = {
        "title": world.marked("秘-请购单", longteng),
        "note": world.marked("秘-请购事由", longteng),
        "lines": [line],
    }
    world.made["requisition draft"] = _drafted(master, supplierId=world.cast.gearworks.firm_id, **hidden)["id"]
    world.made["requisition waiting"] = _submitted(master)["id"]
    world.made["requisition approved"] = _approved(master)["id"]
    world.made["requisition ordered"] = _approved(master)["id"]
    said = _order(world) | _which(world, "requisition ordered")
    master.acts("order_requisition", said, by="buyer")["requisition"]
    people = master.asks("people_page", by="lead")["people"]["nodes"]
    lead = next(one["id"] for one in people if one["email"] == "lead@longteng.example")
    rule = {"currency": "CNY", "fromAmount": world.marked("83007.5502", longteng), "approverId": lead}
    master.acts("set_approval_rules", {"rules": [rule]}, by="lead")["approvalRules"]


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    """One requisition with so many lines; so many requisitions, and rules."""
    master = growing.cast.chain_master
    lines = [
        {"number": n + 1, "title": f"件{n}", "quantity": "2", "unit": "C62", "unitPrice": "5", "wantedOn": day(30)}
        for n in range(count)
    ]
    for _ in range(count):
        _submitted(master, supplierId=growing.cast.gearworks.firm_id)
    people = master.asks("people_page", by="lead")["people"]["nodes"]
    rules = [
        {"currency": "CNY", "fromAmount": str(1_000_000 + n), "approverId": people[n % len(people)]["id"]}
        for n in range(count)
        if "SALES" not in people[n % len(people)]["roles"]
    ]
    master.acts("set_approval_rules", {"rules": rules}, by="lead")["approvalRules"]
    return {"requisition": _submitted(master, lines=lines)["id"]}
