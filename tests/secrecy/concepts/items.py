"""Items, what buyers call them, stock, bills, plans: the pair's, the firm's own, and each firm's own node of a plan."""

from typing import Any

from chain.bills import visibility as bills
from chain.items import visibility as items
from collaboration.planning import visibility as plans
from kernel.access import Actor
from tests.scenarios.players import Player, day
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
TIERS = "rival bearing steel"

ACCESS = {
    "add_item": {
        "done": f"sales planner gearworks {TIERS} dealer",
        "NOT_ALLOWED_NOW": f"buyer quality lead {NO_TRADER} stranger",
    },
    "change_item": {
        "done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} {NO_TRADER} stranger", "NOT_FOUND": f"{TIERS} dealer",
    },
    "retire_item": {
        "done": "gearworks", "NOT_ALLOWED_NOW": f"{LONGTENG} {NO_TRADER} stranger", "NOT_FOUND": f"{TIERS} dealer",
    },
    "state_cross_reference": {
        "done": "buyer gearworks", "NOT_ALLOWED_NOW": f"planner quality sales lead {NO_TRADER} stranger",
        "NOT_FOUND": f"{TIERS} dealer",
    },
    "end_cross_reference": {
        "done": "buyer gearworks", "NOT_ALLOWED_NOW": f"planner quality sales lead {NO_TRADER} stranger",
        "NOT_FOUND": f"{TIERS} dealer",
    },
    "count_stock": {
        "done": "planner gearworks", "NOT_ALLOWED_NOW": f"buyer quality sales lead {NO_TRADER} stranger",
        "NOT_FOUND": f"{TIERS} dealer",
    },
    "state_bill": {
        "done": "planner", "NOT_ALLOWED_NOW": f"buyer quality sales lead dealer {NO_TRADER} stranger",
        "NOT_FOUND": f"gearworks {TIERS}",
    },
    "end_bill": {
        "done": "planner", "NOT_ALLOWED_NOW": f"buyer quality sales lead {NO_TRADER} stranger",
        "NOT_FOUND": f"gearworks dealer {TIERS}",
    },
    "explode_plan": {
        "done": "planner", "NOT_ALLOWED_NOW": f"buyer quality sales lead dealer {NO_TRADER} stranger",
        "NOT_FOUND": f"gearworks {TIERS}",
    },
    "withdraw_plan": {
        "done": "planner", "NOT_ALLOWED_NOW": f"buyer quality sales lead {NO_TRADER} stranger",
        "NOT_FOUND": f"gearworks dealer {TIERS}",
    },
    "items_page": {"seen": f"{LONGTENG} gearworks {TIERS} dealer", "empty": f"{NO_TRADER} stranger"},
    "item_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{TIERS} dealer {NO_TRADER} stranger"},
    "bill_page": {"seen": LONGTENG, "NOT_FOUND": f"gearworks {TIERS} dealer {NO_TRADER} stranger"},
    "plans_page": {"seen": f"{LONGTENG} gearworks {TIERS}", "empty": f"dealer {NO_TRADER} stranger"},
    "plan_page": {"seen": LONGTENG, "NOT_FOUND": f"gearworks {TIERS} dealer {NO_TRADER} stranger"},
}  # fmt: skip


def _item(world: World, number: str) -> str:
    return world.cast.chain_master.item(number)


def _reference(world: World) -> dict[str, Any]:
    found = world.cast.chain_master.asks("item_page", id=_item(world, "HD-25"))["crossReferences"]["nodes"]
    return {"referenceId": found[0]["id"], "expectedVersion": found[0]["version"], "lastDay": day(5)}


def _plan(world: World) -> list[dict[str, Any]]:
    return [{"itemId": _item(world, "LT-R20"), "quantity": "3", "wantedOn": day(90)}]


INPUTS = {
    "add_item": lambda w: {"number": "新-件", "name": "新件", "unit": "C62"},
    "change_item": lambda w: {"itemId": _item(w, "HD-25"), "expectedVersion": 1, "leadTimeDays": 15},
    "retire_item": lambda w: {"itemId": _item(w, "HD-25"), "expectedVersion": 1},
    "state_cross_reference": lambda w: {
        "itemId": _item(w, "HD-25"), "buyerId": w.cast.chain_master.firm_id, "buyerNumber": "新-料号",
    },
    "end_cross_reference": _reference,
    "count_stock": lambda w: {"itemId": _item(w, "HD-25"), "quantity": "1", "countedOn": day(0)},
    "state_bill": lambda w: {
        "itemId": _item(w, "LT-R20"), "validFrom": day(0), "lines": [{"componentId": _item(w, "RV-80E"), "quantityPer": "1"}],
    },
    "end_bill": lambda w: {"billId": w.made["bill"], "lastDay": day(5)},
    "explode_plan": lambda w: {"name": "新计划", "lines": _plan(w)},
    "withdraw_plan": lambda w: {"explosionId": w.made["explosion"]},
}  # fmt: skip
VARIABLES = {
    "item_page": lambda w: {"id": _item(w, "HD-25"), "today": day(0)},
    "items_page": lambda w: {"first": 100, "today": day(0)},
    "bill_page": lambda w: {"id": w.made["bill"]},
    "plan_page": lambda w: {"id": w.made["explosion"]},
}


UNDER = {
    "items_page": lambda world, at: {"first": 100, "today": day(0)},
    "item_page": lambda world, at: {"id": (at or world.small)["made item"], "today": day(0)},
    "bill_page": lambda world, at: {"id": (at or world.small)["bill"], "first": 100},
    "plans_page": lambda world, at: {"first": 100},
    "plan_page": lambda world, at: {"id": (at or world.small)["explosion"], "first": 100},
}


def grow(growing: Any, order: str, size: int) -> dict[str, str]:
    """An item made of so many, used in so many, and a plan of so many needs, of the growing world's chain master."""
    master = growing.cast.chain_master

    def add(number: str) -> str:
        given = {"number": number, "name": "件", "unit": "C62"}
        return str(master.acts("add_item", given, by="sales")["item"]["id"])

    def makes(item: str, *parts: str) -> str:
        lines = [{"componentId": part, "quantityPer": "1"} for part in parts]
        return str(master.acts("state_bill", {"itemId": item, "lines": lines}, by="planner")["bill"]["id"])

    made, parts, above = (
        add(f"M-{size}"),
        [add(f"P-{size}-{n}") for n in range(size)],
        [add(f"A-{size}-{n}") for n in range(size)],
    )
    bill = makes(made, *parts)
    for item in above:
        makes(item, made)
    for n in range(size):
        master.acts("count_stock", {"itemId": made, "quantity": f"{n}", "countedOn": day(0)}, by="planner")
    lines = [{"itemId": item, "quantity": "1", "wantedOn": day(9)} for item in above]
    run = master.acts("explode_plan", {"name": f"计划-{size}", "lines": lines}, by="planner")["explosion"]
    return {"made item": made, "bill": bill, "explosion": str(run["id"])}


def _knows_need(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    run = ledger.row("explosion", row.explosion_id)
    stands = run.superseded_at is None or run.firm_id == party_of(actor)
    return row.firm_id == party_of(actor) and stands


TABLES = {table.name: table for table in (
    Table("cross_reference",  "CrossReference", items.cross_references_visible_to, one_of("supplier_id", "buyer_id")),
    Table("stock_count",      "StockCount",     items.stock_visible_to,            one_of("firm_id")),
    Table("bill_of_material", "BillOfMaterial", bills.bills_visible_to,            one_of("firm_id")),
    Table("bill_line",        None,             bills.bill_lines_visible_to,       under("bill_id", "bill_of_material")),
    Table("explosion",        "Explosion",      plans.explosions_visible_to,       one_of("firm_id")),
    Table("planned_quantity", None,             plans.planned_visible_to,          under("explosion_id", "explosion")),
    Table("material_need",    None,             plans.needs_visible_to,            _knows_need),
)}  # fmt: skip


def prepare(world: World) -> None:
    """Names, terms, stock, bills and plans of several firms, each with its marks; one plan run twice."""
    cast = world.cast
    master, gearworks, rival, bearing = cast.chain_master, cast.gearworks, cast.rival, cast.bearing
    for buyer, seller, item, mark in (
        (master, gearworks, "HD-25", "甲"), (master, rival, "RC-40", "乙"), (gearworks, bearing, "CRB-100", "丙"),
        (rival, bearing, "CRB-100", "丁"),
    ):  # fmt: skip
        both = world.party_of(buyer), world.party_of(seller)
        stated = {"itemId": buyer.item(item), "buyerNumber": world.marked(f"{mark}料号-秘", *both)}
        buyer.acts("state_cross_reference", stated, by="buyer")["crossReference"]
    for number, (player, item) in enumerate(((master, "RV-40E"), (gearworks, "RV-40E"), (bearing, "CRB-100"))):
        held = world.marked(f"7{number}.00317", world.party_of(player))
        said = {"itemId": player.item(item), "quantity": held, "countedOn": day(0)}
        player.acts("count_stock", said, by="planner")["stockCount"]
    made = _states(world, master, "LT-R20", "RV-40E", "3.00791")
    _states(world, gearworks, "RV-40E", "CRB-100", "2.00793")
    _states(world, bearing, "CRB-100", "GCR15", "1.00797")
    world.made["bill"] = made["bill"]["id"]
    for _ in range(2):
        name = world.marked("秘-计划-龙腾", world.party_of(master))
        lines = [{"itemId": master.item("LT-R20"), "quantity": "200", "wantedOn": day(120)}]
        run = master.acts("explode_plan", {"name": name, "lines": lines}, by="planner")
        world.made["explosion"] = run["explosion"]["id"]


def _states(world: World, player: Player, item: str, component: str, per: str) -> Any:
    own = world.party_of(player)
    said = {
        "itemId": player.item(item),
        "note": world.marked(f"秘-清单-{item}", own),
        "lines": [{"componentId": player.item(component), "quantityPer": world.marked(per, own)}],
    }
    return player.acts("state_bill", said, by="planner")
