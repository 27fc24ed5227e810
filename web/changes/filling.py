"""The forms of changing an order: rows of lines and days, and what of them differs from what stands. Pure, no request."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from web.trade.entering import Complaint, Values, complaint, day, figure, whole

Answer = dict[str, Any]
LINES_A_PAGE = 100
SETTLED = ("REJECTED", "CANCELLED", "CLOSED_SHORT")


@dataclass
class Told:
    """Part of an input, the form's own complaints, and where each part of it stands in the form."""

    parts: list[Answer] = field(default_factory=list)
    errors: list[Complaint] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def live(line: Answer) -> list[Answer]:
    """The days of a line that still have a quantity."""
    return [s for s in line["schedules"] if Decimal(s["quantity"]) - Decimal(s["never"])]


def due(schedule: Answer) -> str:
    return str(schedule["promisedOn"] or schedule["wantedOn"])


def left(schedule: Answer) -> str:
    """What a day holds, less what was given up."""
    return str(Decimal(schedule["quantity"]) - Decimal(schedule["never"]))


def changeable(order: Answer) -> list[Answer]:
    """Lines a change may name: those that are not all received."""
    return [line for line in order["lines"] if line["state"] != "RECEIVED"]


def repromisable(order: Answer) -> list[tuple[Answer, Answer]]:
    """(line, schedule) of all that is agreed and not shipped, first what is due first."""
    found = [
        (line, s) for line in order["lines"] if line["state"] not in SETTLED for s in line["schedules"]
        if Decimal(s["toShip"])
    ]  # fmt: skip
    return sorted(found, key=lambda pair: (due(pair[1]), pair[0]["number"], pair[1]["number"]))


def change(order: Answer, values: Values) -> Told:
    """The lines whose action was chosen, or whose figures differ from what stands."""
    told = Told()
    for line in changeable(order):
        n = line["number"]
        if f"a.{n}" not in values:
            continue  # not on this page of the form
        action = values.get(f"a.{n}", "")
        one: Answer = {"action": action or "CHANGE", "lineId": line["id"]}
        if action != "DELETE":
            one |= _terms(line, values, told, f"lines.{len(told.parts)}")
        if action or len(one) > 2:
            told.names |= {f"lines.{len(told.parts)}.{name}": at for name, at in _at(n).items()}
            told.parts.append(one)
    told.parts += list(_added(values, told))
    return told


def counter(asked: Answer, order: Answer, values: Values) -> Told:
    """Other terms for the lines of a change: a line chosen to stay, or one whose figures were written over."""
    told = Told()
    lines = {line["number"]: line for line in order["lines"]}
    for one in (x for x in asked["lines"] if x["offeredBy"] == "BUYER"):
        n, place = one["number"], f"lines.{len(told.parts)}"
        known = lines.get(n) if one["action"] != "ADD" else None
        named: Answer = {"lineId": known["id"]} if known else {"number": n}
        told.names |= {f"{place}.{name}": at for name, at in _at(n).items()}
        if values.get(f"a.{n}") == "NONE":
            told.parts.append(named | {"action": "NONE"})
        elif one["action"] in ("CHANGE", "REOPEN", "ADD"):
            offered = _offered(one, values, told)
            if offered:
                told.parts.append(named | {"action": one["action"]} | offered)
    if not told.parts and not told.errors:
        told.errors.append(complaint("", _("没有另提任何条件；若全部同意，请选择“接受”。")))
    return told


def _offered(one: Answer, values: Values, told: Told) -> Answer:
    n, found = one["number"], dict[str, Any]()
    days, differs = [], False
    for i, asked in enumerate(one["schedules"]):
        quantity = figure(values, f"q.{n}.{i}", told.errors) or asked["quantity"]
        on = day(values, f"d.{n}.{i}", told.errors) or asked["wantedOn"]
        differs = differs or Decimal(quantity) != Decimal(asked["quantity"]) or on != asked["wantedOn"]
        given: Answer = {"quantity": quantity, "wantedOn": on}
        days.append(given | ({"scheduleId": asked["schedule"]["id"]} if asked["schedule"] else {}))
    price = figure(values, f"p.{n}", told.errors)
    dearer = price is not None and one["unitPrice"] is not None and Decimal(price) != Decimal(one["unitPrice"])
    if not differs and not dearer:
        return {}
    if days:
        found["schedules"] = days
    if price or one["unitPrice"]:
        found["unitPrice"] = price or one["unitPrice"]
    return found


def _terms(line: Answer, values: Values, told: Told, place: str) -> Answer:
    n, found, days = line["number"], dict[str, Any](), list[Answer]()
    price = figure(values, f"p.{n}", told.errors)
    if price is not None and Decimal(price) != Decimal(line["unitPrice"]):
        found["unitPrice"] = price
    for schedule in line["schedules"]:
        at = f"{n}.{schedule['number']}"
        quantity, on = figure(values, f"q.{at}", told.errors), day(values, f"d.{at}", told.errors)
        moved = on is not None and on != due(schedule)
        if quantity is None and not moved or f"q.{at}" not in values:
            continue
        if not moved and quantity is not None and Decimal(quantity) == Decimal(left(schedule)):
            continue
        told.names |= {
            f"{place}.schedules.{len(days)}.{f}": f"{c}.{at}" for f, c in (("quantity", "q"), ("wantedOn", "d"))
        }
        days.append(
            {"scheduleId": schedule["id"], "quantity": quantity or left(schedule)} | ({"wantedOn": on} if on else {})
        )
    more, on = figure(values, f"q.{n}.new", told.errors), day(values, f"d.{n}.new", told.errors)
    if more is not None or on is not None:
        told.names |= {
            f"{place}.schedules.{len(days)}.{f}": f"{c}.{n}.new" for f, c in (("quantity", "q"), ("wantedOn", "d"))
        }
        days.append({"quantity": more or "0"} | ({"wantedOn": on} if on else {}))
    if days:
        found["schedules"] = days
    return found


def _added(values: Values, told: Told) -> Iterator[Answer]:
    """One more line, where its item is chosen."""
    item = values.get("n.item", "")
    if not item:
        return
    number, quantity = whole(values, "n.number", told.errors), figure(values, "n.q", told.errors)
    price, on = figure(values, "n.p", told.errors), day(values, "n.d", told.errors)
    place = f"lines.{len(told.parts)}"
    told.names |= {
        f"{place}.number": "n.number", f"{place}.unitPrice": "n.p", f"{place}.itemId": "n.item",
        f"{place}.schedules": "n.d", f"{place}.schedules.0.wantedOn": "n.d", f"{place}.schedules.0.quantity": "n.q",
    }  # fmt: skip
    days = [{"quantity": quantity or "0", "wantedOn": on}] if on else []
    made: Answer = {"action": "ADD", "itemId": item, "schedules": days}
    yield (
        made | ({"number": number} if number is not None else {}) | ({"unitPrice": price} if price is not None else {})
    )


def _at(n: int) -> dict[str, str]:
    return {"action": f"a.{n}", "lineId": f"a.{n}", "quantity": f"a.{n}", "schedules": f"a.{n}", "unitPrice": f"p.{n}"}


def repromise(order: Answer, values: Values) -> Told:
    """The days written over with another."""
    told = Told()
    for _line, schedule in repromisable(order):
        at = f"d.{schedule['id']}"
        on = day(values, at, told.errors)
        if on is not None and on != (schedule["expectedOn"] or due(schedule)):
            told.names |= {f"days.{len(told.parts)}.{name}": at for name in ("scheduleId", "promisedOn")}
            told.parts.append({"scheduleId": schedule["id"], "promisedOn": on})
    if not told.parts and not told.errors:
        told.errors.append(complaint("", _("没有改动任何交期。")))
    return told
