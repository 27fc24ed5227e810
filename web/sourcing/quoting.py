"""The quote form: what was typed for each line, as one bid. Nothing of it is kept anywhere but under the seal."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from web.trade.entering import Complaint, Values, complaint, day, figure, needed, whole, written

STEPS = 3
"""So many price breaks the form has for an offer; a program may send ten."""
KINDS = (("b", "BID"), ("a", "ALTERNATE"))


def field(line: Mapping[str, Any], which: str, part: str) -> str:
    """The form field of a line's bid (b) or alternate (a)."""
    return f"{which}.{line['number']}.{part}"


def bid(values: Values, rfq: Mapping[str, Any], errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    """(the bid, the API's fields by the form's names): lines without a price are not bid for."""
    given: dict[str, Any] = {
        "rfqId": rfq["id"], "amendment": _amendment(values), "currency": needed(values, "currency", errors).upper(),
        "incoterm": needed(values, "incoterm", errors), "validUntil": _day(values, errors), "note": values.get("note", ""),
    }  # fmt: skip
    names = {name: name for name in ("currency", "incoterm", "validUntil", "note")}
    lines: list[dict[str, Any]] = []
    for line in rfq["lines"]:
        for which, kind in KINDS:
            if written(values, field(line, which, "price.0")) or written(values, field(line, which, "price.1")):
                place = f"lines.{len(lines)}"
                lines.append(_offer(values, line, which, kind, errors))
                names |= _names(line, which, place, lines[-1].pop("steps"))
    if not lines and not errors:
        errors.append(complaint("currency", _("请至少为一行填写单价")))
    return given | {"lines": lines}, names


def _amendment(values: Values) -> int:
    text = values.get("amendment", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1


def _day(values: Values, errors: list[Complaint]) -> str | None:
    return day(values, "validUntil", errors) if needed(values, "validUntil", errors) else None


def _offer(values: Values, line: Mapping[str, Any], which: str, kind: str, errors: list[Complaint]) -> dict[str, Any]:
    def name(part: str) -> str:
        return field(line, which, part)

    steps = [k for k in range(STEPS) if written(values, name(f"price.{k}"))]
    found: dict[str, Any] = {
        "lineNumber": line["number"], "kind": kind, "itemId": needed(values, name("item"), errors), "steps": steps,
        "priceBreaks": [
            {
                "fromQuantity": figure(values, name(f"from.{k}"), errors) or "0",
                "unitPrice": figure(values, name(f"price.{k}"), errors) or "0",
            }
            for k in steps
        ],
        "leadTimeDays": whole(values, name("days"), errors), "note": written(values, name("note")),
        "minimumQuantity": figure(values, name("least"), errors), "toolingCost": figure(values, name("tooling"), errors),
        "freight": figure(values, name("freight"), errors), "lineUnits": whole(values, name("lineUnits"), errors),
        "itemUnits": whole(values, name("itemUnits"), errors),
    }  # fmt: skip
    if found["leadTimeDays"] is None and not any(error["fields"] == [name("days")] for error in errors):
        errors.append(complaint(name("days"), _("请填写交货天数")))
    return found


def _names(line: Mapping[str, Any], which: str, place: str, steps: list[int]) -> dict[str, str]:
    parts = {
        "itemId": "item", "leadTimeDays": "days", "minimumQuantity": "least", "toolingCost": "tooling",
        "freight": "freight", "note": "note", "lineUnits": "lineUnits", "itemUnits": "itemUnits", "priceBreaks": "price.0",
        "kind": "item", "lineNumber": "item",
    }  # fmt: skip
    found = {f"{place}.{one}": field(line, which, part) for one, part in parts.items()}
    for k, step in enumerate(steps):
        found |= {
            f"{place}.priceBreaks.{k}.fromQuantity": field(line, which, f"from.{step}"),
            f"{place}.priceBreaks.{k}.unitPrice": field(line, which, f"price.{step}"),
        }
    return found


def prefilled(rfq: Mapping[str, Any]) -> dict[str, str]:
    return {"currency": rfq["currency"], "incoterm": rfq["incoterm"], "validUntil": "", "note": ""}
