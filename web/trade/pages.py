"""What both parties see: to-do list, orders, one order, its timeline, deliveries."""

from typing import Any

from flask import Blueprint, render_template, request

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import ask
from web.trade import history, order, shipment, todo, words

PAGE_SIZE, EVENTS = 50, 50
VIEWS: dict[str, dict[str, Any]] = {
    "open": {"states": ["PLACED", "ACKNOWLEDGED", "COUNTERED", "CONFIRMED", "IN_DELIVERY", "DELIVERED"]},
    "unanswered": {"states": ["PLACED", "ACKNOWLEDGED"]},
    "countered": {"states": ["COUNTERED"]},
    "late": {"late": True},
    "confirmed": {"states": ["CONFIRMED"]},
    "in_delivery": {"states": ["IN_DELIVERY"]},
    "delivered": {"states": ["DELIVERED"]},
    "done": {"states": ["ACCEPTED", "REJECTED", "CANCELLED"]},
    "all": {},
}
"""The tabs of the workbench; `late` cuts across the states."""


def blueprint() -> Blueprint:
    made = Blueprint("trade", __name__)
    made.add_url_rule("/todo", "todo", todo.page)
    made.add_url_rule("/orders", "orders", orders)
    made.add_url_rule("/orders/<order_id>", "order", order.shown)
    made.add_url_rule("/orders/<order_id>/history", "history", timeline)
    made.add_url_rule("/shipments", "shipments", shipments)
    made.add_url_rule("/shipments/<advice_id>", "shipment", shipment.shown)
    return made


def orders() -> str:
    """The workbench: what is not confirmed, what slips."""
    seated.of_a_firm()
    given = request.args
    view = given.get("show") if given.get("show") in VIEWS else "open"
    side = given.get("side") if given.get("side") in ("BUYER", "SELLER") else None
    wanted = VIEWS[str(view)] | ({"side": side} if side else {})
    if number := given.get("number", "").strip()[:60]:
        wanted["number"] = number
    if partner := given.get("partner", ""):
        wanted["partnerId"] = partner
    answer = _orders(wanted, side)
    counts = {one["state"]: one["orders"] for one in answer["orderCounts"]}
    return render_template(
        "trade/orders.html", found=answer["orders"], tabs=_tabs(counts, answer["late"]["totalCount"]), view=view, side=side,
        number=number, partner=partner, both=answer["bought"]["totalCount"] and answer["sold"]["totalCount"],
        bought=answer["bought"]["totalCount"], sold=answer["sold"]["totalCount"],
        partners=[f for f in answer["firms"]["nodes"] if f["id"] != answer["viewer"]["firm"]["id"]],
        may_place="BUYER" in answer["viewer"]["roles"], words=words, as_of=clock.now(),
        today=str(clock.today_of(clock.now())),
    )  # fmt: skip


def _orders(wanted: dict[str, Any], side: str | None) -> dict[str, Any]:
    """The page asked for; a partner that is none of ours leaves nothing to list."""
    asked = {"side": side, "first": PAGE_SIZE, "after": request.args.get("after")}
    try:
        return ask("orders_page", filter=wanted, **asked)
    except NotFound:
        unknown = ask("orders_page", filter={}, **(asked | {"after": None}))
        nothing = {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}, "totalCount": 0}
        return unknown | {"orders": nothing}


def _tabs(counts: dict[str, int], late: int) -> list[tuple[str, int]]:
    """(tab, how many orders stand in it)."""
    return [
        (name, late if view.get("late") else sum(counts[s] for s in view.get("states", counts)))
        for name, view in VIEWS.items()
    ]


def timeline(order_id: str) -> str:
    """All that happened to an order, in words."""
    seated.of_a_firm()
    newest = request.args.get("first") != "oldest"
    answer = ask("history_page", id=order_id, newestFirst=newest, first=EVENTS, after=request.args.get("after"))
    if not answer["node"]:
        raise NotFound
    return render_template(
        "trade/history.html", order=answer["node"], found=answer["history"], newest=newest, told=history.told, moves_of=history.moves_of,
        as_of=clock.now(),
    )  # fmt: skip


def shipments() -> str:
    """Goods on the way to us or from us."""
    seated.of_a_firm()
    view = request.args.get("show") if request.args.get("show") in shipment.VIEWS else "on_the_way"
    side = request.args.get("side") if request.args.get("side") in ("BUYER", "SELLER") else None
    of_order = request.args.get("order") or None
    wanted = shipment.VIEWS[str(view)] | ({"side": side} if side else {})
    answer = ask(
        "despatch_advices_page", orderId=of_order, filter=wanted, side=side, first=30, after=request.args.get("after")
    )  # fmt: skip
    return render_template(
        "trade/shipments.html", found=answer["despatchAdvices"], view=view, side=side, counts=answer, of_order=of_order,
        about=ask("order_head", id=of_order)["node"] if of_order else None, words=words, shipment=shipment,
        as_of=clock.now(), today=str(clock.today_of(clock.now())),
    )  # fmt: skip
