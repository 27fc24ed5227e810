"""The form of a request for quotation: what it starts with, and what it comes down to as a draft or an amendment."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from kernel import clock
from web.formats import unit_code
from web.sourcing.choosing import ticked
from web.sourcing.words import INCOTERMS, in_china, moment
from web.trade.entering import Complaint, Values, complaint, day, figure, needed, rows_of, whole, written

LEAST_ROWS, MOST_ROWS, SPARE_ROWS = 3, 100, 2
LINE_PARTS = {"number": "number", "title": "title", "quantity": "quantity", "unit": "unit", "wantedOn": "wantedOn"}
HEAD = ("number", "title", "currency", "incoterm", "note", "awardBy", "text", "lines", "inviteeIds")


def blank() -> dict[str, str]:
    """A new request: lines numbered, closing in a week."""
    today = clock.today_of(clock.now())
    found = {"currency": "CNY", "incoterm": "DAP", "closesAt": "17:00", "rows": str(LEAST_ROWS)}
    found |= {"closesOn": (today + timedelta(days=7)).isoformat(), "awardBy": (today + timedelta(days=14)).isoformat()}
    return (
        found
        | {f"l.{n}.number": str(n + 1) for n in range(LEAST_ROWS)}
        | {f"l.{n}.unit": "C62" for n in range(LEAST_ROWS)}
    )


def prefilled(rfq: Mapping[str, Any]) -> dict[str, str]:
    closes_on, closes_at = in_china(rfq["closesAt"])
    found = {name: rfq[name] for name in ("number", "title", "currency", "incoterm", "note", "awardBy")}
    found |= {"closesOn": closes_on, "closesAt": closes_at, "rows": str(len(rfq["lines"]) + SPARE_ROWS)}
    for n, line in enumerate(rfq["lines"]):
        found |= {f"l.{n}.{part}": str(line[part]) for part in LINE_PARTS}
    return found | {f"to.{one['supplier']['id']}": "1" for one in rfq["invitations"] if one["supplier"]}


def rows(values: Values) -> int:
    return rows_of(values, "rows", least=LEAST_ROWS, most=MOST_ROWS)


def _lines(values: Values, errors: list[Complaint]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """(lines, the API's fields by the form's names); rows without a title and quantity are none."""
    found, names = list[dict[str, Any]](), dict[str, str]()
    for n in range(rows(values)):

        def name(part: str, n: int = n) -> str:
            return f"l.{n}.{part}"

        if not written(values, name("title")) and not written(values, name("quantity")):
            continue
        place = f"lines.{len(found)}"
        names |= {f"{place}.{part}": name(part) for part in LINE_PARTS}
        wanted = needed(values, name("wantedOn"), errors) and day(values, name("wantedOn"), errors)
        quantity = figure(values, name("quantity"), errors)
        if quantity is None and not any(name("quantity") in error["fields"] for error in errors):
            errors.append(complaint(name("quantity"), _("请填写数量")))
        found.append(
            {
                "number": whole(values, name("number"), errors) or n + 1, "title": needed(values, name("title"), errors),
                "quantity": quantity,
                "unit": unit_code(written(values, name("unit"))) or "C62", "wantedOn": wanted or None,
            }
        )  # fmt: skip
    if not found and not errors:
        errors.append(complaint("lines", _("请至少填写一行")))
    return found, names


def _names(lines: dict[str, str]) -> dict[str, str]:
    return {name: name for name in HEAD} | {"closesAt": "closesOn"} | lines


def draft(values: Values, errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    given: dict[str, Any] = {name: needed(values, name, errors) for name in ("number", "title")}
    given |= {"currency": written(values, "currency").upper() or "CNY", "note": values.get("note", "")}
    given |= {"incoterm": values["incoterm"] if values.get("incoterm") in INCOTERMS else "DAP"}
    given |= times(values, errors)
    lines, names = _lines(values, errors)
    invitees = ticked(values)
    names |= {f"inviteeIds.{n}": f"to.{one}" for n, one in enumerate(invitees)}
    return given | {"lines": lines, "inviteeIds": invitees}, _names(names)


def amendment(values: Values, errors: list[Complaint]) -> tuple[dict[str, Any], dict[str, str]]:
    given: dict[str, Any] = {"text": needed(values, "text", errors)} | times(values, errors)
    lines, names = _lines(values, errors)
    return given | {"lines": lines}, _names(names)


def times(values: Values, errors: list[Complaint]) -> dict[str, Any]:
    """Until when bids come, and until when they hold."""
    closes = needed(values, "closesOn", errors) and moment(values, "closesOn", "closesAt", errors)
    return {"closesAt": closes, "awardBy": needed(values, "awardBy", errors) and day(values, "awardBy", errors)}
