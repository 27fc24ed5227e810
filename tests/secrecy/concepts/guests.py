"""Links for guests: known to the two firms of their order."""

from typing import Any

from collaboration.guests import visibility as guests
from seeds.cast import credit_code
from tests.scenarios.players import Player, line
from tests.secrecy.knowing import Table, one_of, under
from tests.secrecy.world import World

LONGTENG = "buyer planner quality sales lead"
NO_TRADER = "carrier jiangsu suzhou operator"
OTHERS = f"rival bearing steel dealer {NO_TRADER}"

ACCESS = {
    "open_guest_link": {
        "done": "buyer",
        "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger",
        "NOT_FOUND": OTHERS,
    },
    "revoke_guest_link": {
        "done": "buyer sales gearworks",
        "NOT_ALLOWED_NOW": "planner quality lead stranger",
        "NOT_FOUND": OTHERS,
    },
    "read_out_code": {
        "done": "buyer",
        "NOT_ALLOWED_NOW": "planner quality sales lead gearworks stranger",
        "NOT_FOUND": OTHERS,
    },
    "reach_firm": {
        "done": "buyer gearworks rival bearing steel dealer",
        "NOT_ALLOWED_NOW": f"planner quality sales lead {NO_TRADER} stranger",
    },
    "describe_item": {
        "done": "buyer",
        "NOT_ALLOWED_NOW": f"planner quality sales lead {NO_TRADER} stranger",
        "NOT_FOUND": "gearworks rival bearing steel dealer",
    },
    "take_over_orders": {
        "done": "gearworks",
        "NOT_ALLOWED_NOW": f"buyer planner quality {NO_TRADER} stranger",
        "NOT_FOUND": "sales lead rival bearing steel dealer",
    },
    "orders_to_take_over": {"empty": f"{LONGTENG} gearworks {OTHERS} stranger"},  # what waits opens nothing else
    "guest_links_page": {"seen": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "guest_acts_page": {"empty": f"{LONGTENG} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},  # acts have no id
}


def _order(world: World) -> str:
    return str(world.orders["乙"]["id"])


INPUTS = {
    "open_guest_link": lambda w: {
        "orderId": _order(w),
        "channel": "MAIL",
        "contact": "li@gearworks.example",
        "days": 3,
    },
    "reach_firm": lambda w: {"name": "未入驻", "code": credit_code(8899), "prefecture": "320500"},
    "describe_item": lambda w: _described(w.made["reached firm"], w.cast.chain_master, "N-2"),
    "take_over_orders": lambda w: {"reachedId": w.made["note of gearworks"]},
    "revoke_guest_link": lambda w: {"linkId": w.made["guest link"]},
    "read_out_code": lambda w: {"linkId": w.made["guest link"]},
}
VARIABLES = {
    "guest_links_page": lambda w: {"orderId": _order(w)},
    "guest_acts_page": lambda w: {"linkId": w.made["guest link"]},
}
UNDER: dict[str, Any] = {
    "guest_links_page": lambda world, at: {"orderId": (at or world.small)["order"], "first": 100},
    "orders_to_take_over": lambda world, at: {"first": 100},
    "guest_acts_page": lambda world, at: {"linkId": (at or world.small)["guest_link"], "first": 100},
}
TABLES = {table.name: table for table in (
    Table("guest_link", "GuestLink", guests.guest_links_visible_to, one_of("inviter_id", "firm_id")),
    Table("guest_act",  None,        guests.guest_acts_visible_to,  under("link_id", "guest_link")),
)}  # fmt: skip


def _described(firm_id: str, buyer: Player, number: str) -> dict[str, Any]:
    stage = buyer.asks("chains")["chains"]["nodes"][0]["stages"][0]["id"]
    return {"firmId": firm_id, "stageId": stage, "number": number, "name": "未入驻企业的件", "unit": "C62"}


def _reached(world: World, buyer: Player, code: str, mark: str, *readers: int) -> str:
    """What a buyer wrote down, with an item and an order by link."""
    told = {"name": world.marked(f"秘-企业{mark}-未入驻", world.party_of(buyer)), "code": code, "prefecture": "320500"}
    firm = str(buyer.acts("reach_firm", told, by="buyer")["firm"]["id"])
    number = world.marked(f"秘-物料{mark}-未入驻", world.party_of(buyer))
    item = buyer.acts("describe_item", _described(firm, buyer, number), by="buyer")["item"]["id"]
    contact = world.marked(f"+86 512 5555 88{ord(mark) % 90 + 10}", world.party_of(buyer), *readers)
    placed = {
        "sellerId": firm, "number": world.marked(f"秘-订单{mark}-未入驻", world.party_of(buyer), *readers),
        "currency": "CNY", "lines": [{"number": 1} | line(item, "4")],
        "guest": {"channel": "PHONE", "contact": contact, "days": 14},
    }  # fmt: skip
    buyer.acts("place_order", placed, by="buyer")["order"]
    return firm


def prepare(world: World) -> None:
    master, gearworks = world.cast.chain_master, world.cast.gearworks
    world.made["reached firm"] = _reached(world, master, credit_code(8898), "子")
    code = gearworks.asks("firm_page", id=gearworks.firm_id)["node"]["code"]
    _reached(world, world.cast.steel, code, "丑", world.party_of(gearworks))
    waiting = gearworks.asks("orders_to_take_over")["ordersToTakeOver"]["nodes"]
    world.made["note of gearworks"] = waiting[0]["id"]
    buyer, seller = world.cast.chain_master, world.cast.gearworks
    contact = world.marked("+86 512 5555 7731", world.party_of(buyer), world.party_of(seller))
    asked = {"orderId": _order(world), "channel": "PHONE", "contact": contact, "days": 9}
    opened = buyer.acts("open_guest_link", asked, by="buyer")
    world.made["guest link"] = opened["guestLink"]["id"]
    code = buyer.acts("read_out_code", {"linkId": world.made["guest link"]}, by="buyer")["code"]
    world.api.client.post(opened["url"], data={"code": code})
    world.api.client.delete_cookie("chainmaster-guest")


def grow(growing: Any, order_id: str, count: int) -> dict[str, Any]:
    buyer, link = growing.cast.chain_master, ""
    for _ in range(count):
        opened = buyer.acts(
            "open_guest_link",
            {"orderId": order_id, "channel": "PHONE", "contact": "+86 512 5555 0100", "days": 3},
            by="buyer",
        )
        link = opened["guestLink"]["id"]
        code = buyer.acts("read_out_code", {"linkId": link}, by="buyer")["code"]
    client = buyer.api.client
    client.post(opened["url"], data={"code": code})
    for _ in range(count):
        client.get("/orders")
    client.delete_cookie("chainmaster-guest")
    return {"guest_link": link}
