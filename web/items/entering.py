"""What people type about items, bills and plans, as the input of an act, with complaints beside the fields."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _

from kernel.quantities import exact, plain
from web.formats import unit_code
from web.trade.entering import Complaint, Values, complaint, day, figure, needed, version_of, whole, written

MOST_PASTED = 500


@dataclass(frozen=True)
class Read:
    """The input of an act, and the form's own complaints."""

    input: dict[str, Any]
    errors: list[Complaint] = field(default_factory=list)

    @property
    def version(self) -> int:
        return int(self.input.get("expectedVersion", 0))


def _said(**given: Any) -> dict[str, Any]:
    """Only what was filled in."""
    return {name: value for name, value in given.items() if value not in (None, "")}


def read_item(values: Values, *, changing: bool = False) -> Read:
    errors: list[Complaint] = []
    lead = whole(values, "leadTimeDays", errors)
    if changing:
        return Read(
            _said(name=written(values, "name"), leadTimeDays=lead) | {"expectedVersion": version_of(values)}, errors
        )
    given = {name: needed(values, name, errors) for name in ("number", "name", "unit")}
    return Read(given | {"unit": unit_code(given["unit"])} | _said(leadTimeDays=lead), errors)


def read_reference(values: Values) -> Read:
    errors: list[Complaint] = []
    given = _said(
        buyerId=values.get("buyerId", ""), buyerNumber=needed(values, "buyerNumber", errors),
        buyerUnit=unit_code(written(values, "buyerUnit")), buyerUnits=whole(values, "buyerUnits", errors),
        itemUnits=whole(values, "itemUnits", errors), minimum=figure(values, "minimum", errors),
        multiple=figure(values, "multiple", errors), leadTimeDays=whole(values, "referenceLeadTime", errors),
        validFrom=day(values, "validFrom", errors), validTo=day(values, "validTo", errors),
    )  # fmt: skip
    return Read(given, errors)


def read_count(values: Values) -> Read:
    errors: list[Complaint] = []
    quantity, on = figure(values, "quantity", errors), day(values, "countedOn", errors)
    wrong = {name for error in errors for name in error["fields"]}
    errors += [
        complaint(name, _("请填写此项"))
        for name, value in (("quantity", quantity), ("countedOn", on)) if value is None and name not in wrong
    ]  # fmt: skip
    return Read(_said(siteId=values.get("siteId", ""), quantity=quantity, countedOn=on), errors)


def read_bill(values: Values, find: Callable[[str], list[dict[str, Any]]]) -> Read:
    """A pasted block: a component's number, how much, scrap in percent; find: the items of a number."""
    errors: list[Complaint] = []
    lines = [
        line for number, cells in _rows(values, "lines", errors)
        if (line := _bill_line(number, cells, find, errors)) is not None
    ]  # fmt: skip
    if not lines and not errors:
        errors.append(complaint("lines", _("请至少填写一行")))
    said = _said(validFrom=day(values, "validFrom", errors), note=written(values, "note")[:400])
    return Read(said | {"lines": lines}, errors)


def _bill_line(
    number: int, cells: list[str], find: Callable[[str], list[dict[str, Any]]], errors: list[Complaint]
) -> dict[str, Any] | None:
    item = _item(number, cells, find, errors)
    per = _amount(number, cells, 1, errors)
    scrap = _amount(number, cells, 2, errors) if len(cells) > 2 and cells[2] else "0"
    if item is None or per is None or scrap is None:
        return None
    return {"componentId": item, "quantityPer": per, "scrapPercent": scrap}


def read_plan(values: Values, find: Callable[[str], list[dict[str, Any]]]) -> Read:
    """A pasted block: an item's number, how much, by which day."""
    errors: list[Complaint] = []
    name = needed(values, "name", errors)
    lines = []
    for number, cells in _rows(values, "lines", errors):
        item, quantity = _item(number, cells, find, errors), _amount(number, cells, 1, errors)
        said: list[Complaint] = []
        on = day({"day": cells[2] if len(cells) > 2 else ""}, "day", said)
        if on is None:
            errors.append(complaint("lines", _("第 %(line)s 行：第三格应为日期，例如 2027-01-09", line=number)))
        elif item is not None and quantity is not None:
            lines.append({"itemId": item, "quantity": quantity, "wantedOn": on})
    if not lines and not errors:
        errors.append(complaint("lines", _("请至少填写一行")))
    return Read({"name": name, "lines": lines}, errors)


def _rows(values: Values, name: str, errors: list[Complaint]) -> Iterable[tuple[int, list[str]]]:
    """(line number, its cells), empty lines left out: cells are parted as a sheet pastes them, or by blanks."""
    found = []
    for number, text in enumerate(normalize("NFKC", values.get(name, "")).splitlines(), start=1):
        if text.strip():
            cells = text.split("\t") if "\t" in text else re.split(r"[,;\s]+", text.strip())
            found.append((number, [cell.strip() for cell in cells]))
    if len(found) > MOST_PASTED:
        errors.append(complaint(name, _("一次最多填写 %(most)s 行", most=MOST_PASTED)))
        return []
    return found


def _item(
    number: int, cells: list[str], find: Callable[[str], list[dict[str, Any]]], errors: list[Complaint]
) -> str | None:
    found = find(cells[0]) if cells[0] else []
    if len(found) == 1:
        return str(found[0]["id"])
    told = _("第 %(line)s 行：没有物料号 %(number)s", line=number, number=cells[0] or "—")
    if found:
        makers = "、".join(sorted(item["maker"]["name"] for item in found))
        told = _(
            "第 %(line)s 行：%(number)s 对应多家企业的物料（%(makers)s）", line=number, number=cells[0], makers=makers
        )
    errors.append(complaint("lines", told))
    return None


def _amount(number: int, cells: list[str], at: int, errors: list[Complaint]) -> str | None:
    try:
        return plain(exact(cells[at].replace(",", "").rstrip("%")))
    except (IndexError, ValueError):
        errors.append(
            complaint("lines", _("第 %(line)s 行：第 %(cell)s 格应为数字，例如 12.5", line=number, cell=at + 1))
        )
        return None


def refused(errors: Iterable[Complaint], act: str) -> list[Complaint]:
    """The API's refusals under the names of the page's fields."""
    own = {"leadTimeDays": "referenceLeadTime"} if act == "state_cross_reference" else {}
    return [error | {"fields": [own.get(name, _field(name)) for name in error["fields"]]} for error in errors]


def _field(name: str) -> str:
    """Every line of a pasted block is one field."""
    return "lines" if name.startswith("lines.") else name
