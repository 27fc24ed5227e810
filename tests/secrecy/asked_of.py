"""What each stored operation is sent with when it is asked about the deals of chain master and Gearworks."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.scenarios.players import day
from tests.secrecy.concepts import merged
from tests.secrecy.world import World

Variables = Callable[[World], dict[str, Any]]


def _order(world: World, mark: str) -> dict[str, Any]:
    found = world.cast.chain_master.sees({"order": world.orders[mark]})
    assert found is not None
    return found


def _chain(world: World) -> str:
    return world.cast.chain_master.chain()


def _first_line(world: World, mark: str) -> dict[str, Any]:
    line: dict[str, Any] = _order(world, mark)["lines"][0]
    return line


def _place(world: World) -> dict[str, Any]:
    line = {"number": 1, "itemId": world.cast.chain_master.item("RV-40E"), "quantity": "3", "unitPrice": "5"}
    wanted = {"schedules": [{"wantedOn": day(20), "quantity": "3"}]}
    seller = world.cast.gearworks.firm_id
    return {"sellerId": seller, "number": "新", "currency": "CNY", "lines": [line | wanted]}


def _respond(world: World) -> dict[str, Any]:
    order = _order(world, "乙")
    return {"orderId": order["id"], "expectedVersion": order["version"], "answer": "ACCEPTED"}


def _decide(world: World) -> dict[str, Any]:
    order = _order(world, "乙")
    decided = [{"lineId": order["lines"][0]["id"], "decision": "ACCEPT"}]
    return {"responseId": order["responses"][-1]["id"], "expectedVersion": order["version"], "decisions": decided}


def _ship(world: World) -> dict[str, Any]:
    loaded = [{"scheduleId": _first_line(world, "壬")["schedules"][0]["id"], "quantity": "1"}]
    return {"number": "新", "shippedOn": day(0), "lines": loaded}


def _receive(world: World) -> dict[str, Any]:
    counted = {"despatchLineId": world.made["despatch line 丙"], "received": "1", "accepted": "1", "rejected": "0"}
    return {"despatchAdviceId": world.made["advice 丙"], "lines": [counted]}


def _require(world: World) -> dict[str, Any]:
    asked = {"documentType": "02-04", "title": "新", "language": "zh", "format": "PDF", "due": day(9)}
    return {"orderId": world.orders["壬"]["id"], "requirements": [asked]}


def _submit(world: World) -> dict[str, Any]:
    said = {"number": "新", "revision": "B", "title": "新", "language": "zh"}
    return {"requirementId": world.made["requirement 丙"], "uploadId": world.made["upload"]} | said


def _link(world: World) -> str:
    """One of its own, asked for without those a partner discloses: reading these would leave a trace."""
    sold = world.cast.gearworks.asks("supply_links", filter={"side": "SELLER"}, first=100)["supplyLinks"]["nodes"]
    return str(next(link["id"] for link in sold if link["item"]["number"] == "HD-25"))


INPUTS: Mapping[str, Variables] = {
    "place_order": _place,
    "respond_to_order": _respond,
    "decide_on_response": _decide,
    "close_short": lambda w: {"lineId": _first_line(w, "壬")["id"]},
    "set_tolerance": lambda w: {"sellerId": w.cast.gearworks.firm_id, "daysLate": 3},
    "send_despatch_advice": _ship,
    "post_receipt": _receive,
    "require_documents": _require,
    "open_upload": lambda w: {"filename": "a.pdf", "size": 9, "sha256": "0" * 64},
    "submit_document": _submit,
    "review_document": lambda w: {"revisionId": w.made["revision 丙"], "verdict": "APPROVED"},
    "accept_delivery": lambda w: {"orderId": w.orders["癸"]["id"]},
    "declare_supply_link": lambda w: {
        "itemId": w.cast.gearworks.item("HD-25"), "buyerId": w.cast.bearing.firm_id, "chainId": _chain(w),
    },
    "end_supply_link": lambda w: {"linkId": _link(w)},
    "disclose_links": lambda w: {"viewerId": w.cast.gearworks.firm_id, "chainId": _chain(w), "until": day(9)},
    "revoke_disclosure": lambda w: {"disclosureId": w.made["disclosure"]},
} | merged("INPUTS")  # fmt: skip
"""The input of each mutation; made fresh, for states and versions move on."""

VARIABLES: Mapping[str, Variables] = {
    "chain_map_page": lambda w: {"chainId": _chain(w)},
    "despatch_advice_page": lambda w: {"id": w.made["advice 甲"]},
    "despatch_advices_page": lambda w: {"orderId": w.orders["甲"]["id"]},
    "documents_page": lambda w: {"orderId": w.orders["甲"]["id"]},
    "history_page": lambda w: {"id": w.orders["甲"]["id"]},
    "job": lambda w: {"id": w.made["job 甲"]},
    "node": lambda w: {"id": w.orders["甲"]["id"]},
    "order_head": lambda w: {"id": w.orders["甲"]["id"]},
    "order_page": lambda w: {"number": w.orders["甲"]["number"]},
    "revision": lambda w: {"id": w.made["revision 甲"]},
    "ship_page": lambda w: {"filter": {"side": "SELLER"}},
    "supply_links": lambda w: {"chainId": _chain(w)},
    "trade_order_page": lambda w: {"id": w.orders["甲"]["id"]},
} | merged("VARIABLES")  # fmt: skip
"""The variables of the queries that must have some."""
