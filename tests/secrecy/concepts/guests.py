"""Links for guests: known to the two firms of their order."""

from typing import Any

from collaboration.guests import visibility as guests
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
    "revoke_guest_link": lambda w: {"linkId": w.made["guest link"]},
    "read_out_code": lambda w: {"linkId": w.made["guest link"]},
}
VARIABLES = {
    "guest_links_page": lambda w: {"orderId": _order(w)},
    "guest_acts_page": lambda w: {"linkId": w.made["guest link"]},
}
UNDER: dict[str, Any] = {
    "guest_links_page": lambda world, at: {"orderId": (at or world.small)["order"], "first": 100},
    "guest_acts_page": lambda world, at: {"linkId": (at or world.small)["guest_link"], "first": 100},
}
TABLES = {table.name: table for table in (
    Table("guest_link", "GuestLink", guests.guest_links_visible_to, one_of("inviter_id", "firm_id")),
    Table("guest_act",  None,        guests.guest_acts_visible_to,  under("link_id", "guest_link")),
)}  # fmt: skip


def prepare(world: World) -> None:
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
