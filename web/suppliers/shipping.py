"""The despatch form: the open days of one or several orders of one buyer, and what of them leaves today."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from web.ask import ask
from web.trade.entering import Complaint, Values, complaint, day, figure, needed, written

Answer = dict[str, Any]
MOST_ORDERS = 50
SHIPPABLE = ["CONFIRMED", "IN_DELIVERY"]


@dataclass(frozen=True)
class Chosen:
    """The orders whose goods go together, and the buyer's others that could come along."""

    orders: list[Answer]
    others: list[Answer]


def open_orders(order_id: str, wanted: list[str]) -> Chosen:
    """This order first, then those wanted beside it, then what else of this buyer is still to be shipped."""
    head = ask("order_head", id=order_id)["node"]
    if not head or head["side"] != "SELLER":
        return Chosen([], [])
    given = {"side": "SELLER", "partnerId": head["buyer"]["id"], "states": SHIPPABLE}
    listed = ask("ship_page", filter=given, first=MOST_ORDERS)["orders"]["nodes"]
    if all(order["id"] != order_id for order in listed):
        own = ask("ship_page", filter=given | {"number": head["number"]}, first=MOST_ORDERS)["orders"]["nodes"]
        listed += [order for order in own if order["id"] == order_id]
    open_ones = [order for order in listed if rows(order)]
    first = [order for order in open_ones if order["id"] == order_id]
    beside = [order for order in open_ones if order["id"] in wanted and order["id"] != order_id]
    taken = {order["id"] for order in first + beside}
    return Chosen(first + beside, [order for order in open_ones if order["id"] not in taken])


def rows(order: Answer) -> list[tuple[Answer, Answer]]:
    """(line, schedule) of all that is still to be shipped, first what is due first."""
    if "sendDespatchAdvice" not in order["openVerbs"]:
        return []
    found = [(line, s) for line in order["lines"] for s in line["schedules"] if Decimal(s["toShip"])]
    return sorted(found, key=lambda pair: (due(pair[1]), pair[0]["number"], pair[1]["number"]))


def due(schedule: Answer) -> str:
    return str(schedule["promisedOn"] or schedule["wantedOn"])


def prefilled(orders: list[Answer], today: date) -> dict[str, str]:
    """Everything still open leaves today."""
    values = {"shippedOn": today.isoformat()}
    for order in orders:
        for _line, schedule in rows(order):
            values[f"s.{schedule['id']}.qty"] = schedule["toShip"]
    return values


@dataclass
class Told:
    """The input of sendDespatchAdvice, the form's own complaints, and where each part of it stands in the form."""

    input: Answer
    errors: list[Complaint] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def told(orders: list[Answer], values: Values) -> Told:
    made = Told({}, names={name: name for name in ("number", "shippedOn", "expectedOn")})
    made.input["number"] = needed(values, "number", made.errors)
    made.input["shippedOn"] = day(values, "shippedOn", made.errors)
    if made.input["shippedOn"] is None and not written(values, "shippedOn"):
        made.errors.append(complaint("shippedOn", _("请填写发货日期")))
    expected = day(values, "expectedOn", made.errors)
    if expected:
        made.input["expectedOn"] = expected
    lines: list[Answer] = []
    for order in orders:
        for _line, schedule in rows(order):
            one = _loaded(made, values, schedule, len(lines))
            if one:
                lines.append(one)
    made.input["lines"] = lines
    if not lines and not made.errors:
        made.errors.append({"code": "INVALID", "message": _("请至少填写一行本次发货数量"), "fields": [], "rule": None})
    return made


def _loaded(made: Told, values: Values, schedule: Answer, position: int) -> Answer | None:
    """One schedule's part; an empty quantity or 0 stays at home."""
    before, path = f"s.{schedule['id']}.", f"lines.{position}"
    quantity = figure(values, f"{before}qty", made.errors)
    if quantity is None or not Decimal(quantity):
        return None
    made.names |= {
        f"{path}.scheduleId": f"{before}qty", f"{path}.quantity": f"{before}qty", f"{path}.lot": f"{before}lot",
        f"{path}.outstandingQuantity": f"{before}last", f"{path}.serials": f"{before}serials",
    }  # fmt: skip
    one: Answer = {"scheduleId": schedule["id"], "quantity": quantity}
    if values.get(f"{before}last"):
        one["outstandingQuantity"] = "0"
    if lot := written(values, f"{before}lot"):
        one["lot"] = lot
    if serials := written(values, f"{before}serials").replace(",", " ").replace("、", " ").split():
        one["serials"] = serials
    return one
