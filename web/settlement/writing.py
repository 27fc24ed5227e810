"""What a seller fills in of an invoice: proposed from what was accepted and is not invoiced, from a draft, or as sent."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from kernel import clock
from web.formats import unit_code
from web.settlement.words import called
from web.trade.entering import Complaint, Values, complaint, day, figure, needed, rows_of, written

USUAL_DAYS, USUAL_TAX, MOST_ROWS = 30, "13", 200
HEAD = ("number", "issuedOn", "dueOn", "currency", "paymentTerms", "note", "fapiaoType", "fapiaoNumber")
PARTS = {
    "orderLineId": "orderLineId", "quantity": "quantity", "unitPrice": "price", "taxPercent": "tax", "description": "what",
    "unit": "unit", "lineAmount": "price",
}  # fmt: skip
"""Field of a line in the API -> the part of its row's names."""


def proposed(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """All that may be invoiced, at the agreed price, due in thirty days; one more row for what no order names."""
    today = clock.today_of(clock.now())
    values = {"issuedOn": str(today), "dueOn": str(today + timedelta(days=USUAL_DAYS)), "rows": str(len(rows) + 1)}
    values["currency"] = rows[0]["currency"] if rows else "CNY"
    for n, row in enumerate(rows):
        values |= _shown(n, row["orderLine"]["id"], row["quantity"], row["unitPrice"], USUAL_TAX, row["unit"])
        item = row["item"]
        values |= _labelled(n, row["order"]["number"], row["orderLine"]["number"], item, row["quantity"])
    return values | _shown(len(rows), "", "", "", USUAL_TAX, "C62")


def of_draft(found: Mapping[str, Any]) -> dict[str, str]:
    values = {name: found[name] or "" for name in HEAD} | {"rows": str(len(found["lines"]) + 1)}
    for n, line in enumerate(found["lines"]):
        ordered = line["orderLine"]
        values |= _shown(
            n, ordered["id"] if ordered else "", line["quantity"], line["unitPrice"], line["taxPercent"], line["unit"]
        ) | {f"l.{n}.what": line["description"]}
        if ordered:
            values |= _labelled(n, line["order"]["number"], ordered["number"], ordered["item"], "")
    return values | _shown(len(found["lines"]), "", "", "", USUAL_TAX, "C62")


def _shown(n: int, line: str, quantity: str, price: str, tax: str, unit: str) -> dict[str, str]:
    return {
        f"l.{n}.orderLineId": line, f"l.{n}.quantity": quantity, f"l.{n}.price": price, f"l.{n}.tax": tax,
        f"l.{n}.unit": unit,
    }  # fmt: skip


def _labelled(n: int, order: str, line: int, item: Mapping[str, Any], most: str) -> dict[str, str]:
    """What a row is about: sent along, so that a refused form says it still."""
    return {
        f"l.{n}.order": order, f"l.{n}.number": str(line), f"l.{n}.item": called(item),
        f"l.{n}.most": most,
    }  # fmt: skip


def entered(values: Values, buyer_id: str, errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    """(input of the API, its fields -> this form's). Rows without a quantity are left out."""
    names = {name: name for name in HEAD} | {"buyerId": "number", "lines": "number"}
    lines = list[dict[str, Any]]()
    for n in range(rows_of(values, "rows", least=1, most=MOST_ROWS)):
        if figure(values, f"l.{n}.quantity", errors) in (None, "0"):
            continue
        names |= {f"lines.{len(lines)}.{field}": f"l.{n}.{part}" for field, part in PARTS.items()}
        lines.append(_line(values, n, len(lines) + 1, errors))
    if not lines and not errors:
        errors.append(complaint("number", _("请至少填写一行的数量")))
    given: dict[str, Any] = {
        "buyerId": buyer_id, "number": needed(values, "number", errors), "issuedOn": day(values, "issuedOn", errors),
        "dueOn": day(values, "dueOn", errors), "currency": written(values, "currency").upper() or "CNY", "lines": lines,
        "paymentTerms": values.get("paymentTerms", ""), "note": values.get("note", ""),
        "fapiaoNumber": written(values, "fapiaoNumber") or None, "fapiaoType": values.get("fapiaoType") or None,
    }  # fmt: skip
    for name in ("issuedOn", "dueOn"):
        if given[name] is None and not any(name in error["fields"] for error in errors):
            errors.append(complaint(name, _("请填写日期，例如 2027-01-09")))
    return given, names


def _line(values: Values, n: int, number: int, errors: list[Complaint]) -> dict[str, Any]:
    ordered = values.get(f"l.{n}.orderLineId", "")
    price, tax = figure(values, f"l.{n}.price", errors), figure(values, f"l.{n}.tax", errors)
    for name, value in ((f"l.{n}.price", price), (f"l.{n}.tax", tax)):
        if value is None and not any(name in error["fields"] for error in errors):
            errors.append(complaint(name, _("请填写此项")))
    said = {
        "number": number, "quantity": figure(values, f"l.{n}.quantity", []), "unitPrice": price, "taxPercent": tax,
        "description": written(values, f"l.{n}.what"),
    }  # fmt: skip
    if ordered:
        return said | {"orderLineId": ordered}
    return said | {"unit": unit_code(written(values, f"l.{n}.unit")) or None}
