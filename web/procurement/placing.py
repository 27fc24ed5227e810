"""The order form: rows of item, quantity, price and day; rows of one line number are one line over several days."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from kernel.quantities import plain
from web.ask import ask
from web.trade.entering import Complaint, Values, complaint, day, figure, needed, rows_of, whole, written

Answer = dict[str, Any]
ROWS, MORE_ROWS, MOST_ROWS = 5, 5, 200
MOST_PAGES_OF_ITEMS = 20


def catalogue() -> tuple[list[Answer], Answer]:
    """(items of others one may order, the viewer)."""
    found: list[Answer] = []
    after = None
    for _page in range(MOST_PAGES_OF_ITEMS):
        answer = ask("new_order_page", after=after)
        own = answer["viewer"]["firm"]["id"] if answer["viewer"]["firm"] else None
        found += [item for item in answer["items"]["nodes"] if item["maker"]["id"] != own]
        after = answer["items"]["pageInfo"]["endCursor"]
        if not answer["items"]["pageInfo"]["hasNextPage"]:
            break
    return found, answer["viewer"]


def makers(items: list[Answer]) -> list[Answer]:
    """The firms one is supplied by, each once."""
    return list({item["maker"]["id"]: item["maker"] for item in items}.values())


def shown(values: Values) -> int:
    return rows_of(values, "rows", least=ROWS, most=MOST_ROWS)


@dataclass
class Told:
    """The input of placeOrder, the form's own complaints, and where each part of the input stands in the form."""

    input: Answer
    errors: list[Complaint] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One filled row: ``at`` is its place in the form."""

    at: int
    number: int
    item: str
    quantity: str
    price: str
    day: str


def told(values: Values) -> Told:
    names = {"sellerId": "sellerId", "number": "number", "currency": "currency", "note": "note", "lines": "item.0"}
    names |= {name: name for name in ("conditionalReason", "contact", "days")}
    made = Told({"sellerId": values.get("sellerId", ""), "note": values.get("note", "").strip()[:4000]}, names=names)
    if reason := values.get("conditionalReason", "").strip():
        made.input["conditionalReason"] = reason
    made.input["number"] = needed(values, "number", made.errors)
    made.input["currency"] = needed(values, "currency", made.errors).upper()
    if "contact" in values:
        made.input["guest"] = {
            "channel": "PHONE" if values.get("channel") == "PHONE" else "MAIL",
            "contact": needed(values, "contact", made.errors), "days": whole(values, "days", made.errors) or 0,
        }  # fmt: skip
    rows = [row for at in range(shown(values)) if (row := _row(made, values, at))]
    by_number: dict[int, list[Row]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    made.input["lines"] = [_line(made, place, own) for place, own in enumerate(by_number.values())]
    if not rows and not made.errors:
        made.errors.append(complaint("item.0", _("请至少填写一行")))
    return made


def _row(made: Told, values: Values, at: int) -> Row | None:
    """A row counts once an item or a quantity stands in it."""
    if not (values.get(f"item.{at}") or written(values, f"quantity.{at}")):
        return None
    errors: list[Complaint] = []
    found = {
        "number": whole(values, f"line.{at}", errors), "item": values.get(f"item.{at}") or None,
        "quantity": figure(values, f"quantity.{at}", errors), "price": figure(values, f"price.{at}", errors),
        "day": day(values, f"day.{at}", errors),
    }  # fmt: skip
    wrong = {name for error in errors for name in error["fields"]}
    for name, value in found.items():
        place = f"{'line' if name == 'number' else name}.{at}"
        if value is None and place not in wrong:
            errors.append(complaint(place, _("请填写此项")))
    made.errors += errors
    return None if errors else Row(at=at, **found)  # type: ignore[arg-type]


def _line(made: Told, place: int, rows: list[Row]) -> Answer:
    first, path = rows[0], f"lines.{place}"
    for row in rows[1:]:
        if (row.item, Decimal(row.price)) != (first.item, Decimal(first.price)):
            told = _("行号 %(line)s 已用于另一物料或单价：同一行只能有一个物料和一个单价", line=row.number)
            made.errors.append(complaint(f"line.{row.at}", told))
    made.names |= {
        f"{path}.number": f"line.{first.at}", f"{path}.itemId": f"item.{first.at}", f"{path}.unitPrice": f"price.{first.at}",
        f"{path}.quantity": f"quantity.{first.at}", f"{path}.schedules": f"day.{first.at}",
    }  # fmt: skip
    for number, row in enumerate(rows):
        made.names[f"{path}.schedules.{number}.quantity"] = f"quantity.{row.at}"
        made.names[f"{path}.schedules.{number}.wantedOn"] = f"day.{row.at}"
    return {
        "number": first.number, "itemId": first.item, "unitPrice": first.price,
        "quantity": plain(sum((Decimal(row.quantity) for row in rows), Decimal(0))),
        "schedules": [{"wantedOn": row.day, "quantity": row.quantity} for row in rows],
    }  # fmt: skip
