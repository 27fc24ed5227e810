"""The answer form of an order: what it starts with, and what it comes down to as one answer to all lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from web.trade.entering import Complaint, Values, complaint, day, figure, rows_of, written

Answer = dict[str, Any]
Find = Callable[[str], str | None]
"""Item number -> id of an own item, None where there is none of that number."""

MOST_DAYS, MOST_ADDED, MOST_MARKED = 40, 20, 40
CHOICES = ("ACCEPTED", "CHANGED", "REJECTED")


def is_open(line: Answer) -> bool:
    """The seller owes, or may renew, an answer to this line."""
    return "respondToOrder" in line["openVerbs"]


def name(line: Answer, part: str) -> str:
    """The form field of a line; line numbers are unique within an order."""
    return f"l.{line['number']}.{part}"


def prefilled(order: Answer) -> dict[str, str]:
    """Every open line with the days and quantities asked for, or with what was offered before."""
    offers = {
        said["line"]["id"]: said
        for response in order["responses"]
        for said in response["lines"]
        if said["verdict"] == "WAITING"
    }
    values: dict[str, str] = {}
    for line in order["lines"]:
        if is_open(line):
            values |= {name(line, part): text for part, text in _of_line(line, offers.get(line["id"])).items()}
    return values


def _of_line(line: Answer, offer: Answer | None) -> dict[str, str]:
    days = [(s["wantedOn"], s["quantity"]) for s in line["schedules"] if Decimal(s["quantity"])]
    values = {"price": line["unitPrice"]}
    if offer:
        days = [(s["promisedOn"], s["quantity"]) for s in offer["schedules"]]
        values = {"price": offer["unitPrice"], "reason": offer["reason"] or "", "answer": offer["answer"]}
        values["back"] = offer["backorderMaximum"] or ""
        if offer["item"]["id"] != line["item"]["id"]:
            values["item"] = offer["item"]["number"]
    for row, (promised, quantity) in enumerate(days[:MOST_DAYS]):
        values |= {f"day.{row}": promised, f"qty.{row}": quantity}
    return values | {"days": str(len(days))}


def hurt_lines(errors: Iterable[Complaint]) -> set[str]:
    """The numbers of the lines a field of which is complained of."""
    fields = (field for error in errors for field in error["fields"])
    return {field.split(".")[1] for field in fields if field.startswith("l.") and not field.endswith(".answer")}


def days_shown(values: Values, line: Answer) -> int:
    return rows_of(values, name(line, "days"), least=1, most=MOST_DAYS)


def added_shown(values: Values) -> int:
    return rows_of(values, "added", least=0, most=MOST_ADDED)


def choice_words() -> list[tuple[str, str, str]]:
    """(answer, word, key) of the three usual answers."""
    words = (pgettext("button", "确认"), pgettext("button", "修改"), pgettext("button", "拒绝"))
    return [(code, str(word), key) for code, word, key in zip(CHOICES, words, "ycx", strict=True)]


@dataclass
class Told:
    """The input of respondToOrder, the form's own complaints, and where each part of the input stands in the form."""

    input: Answer
    errors: list[Complaint] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def told(order: Answer, values: Values, *, version: int, rest: bool, find: Find) -> Told:
    """One answer to all open lines. ``rest``: lines without a choice are confirmed as asked."""
    made = Told({"orderId": order["id"], "expectedVersion": version, "note": values.get("note", "").strip()[:4000]})
    asked = prefilled(order)
    lines: list[Answer] = []
    unanswered: list[Answer] = []
    for line in (one for one in order["lines"] if is_open(one)):
        chosen = _chosen(values, asked, line) or ("ACCEPTED" if rest else "")
        if chosen:
            lines.append(_said(made, values, line, chosen, find, f"lines.{len(lines)}"))
        else:
            unanswered.append(line)
    if unanswered:
        made.errors.append(_not_all(unanswered))
    added = _added(made, values, len(lines), find)
    choices = {line["answer"] for line in lines}
    whole = not added and choices in ({"ACCEPTED"}, {"REJECTED"})
    made.input |= {"answer": choices.pop() if whole else "CHANGED", "lines": lines + added}
    return made


def _not_all(unanswered: list[Answer]) -> Complaint:
    """One complaint; so many lines without an answer are marked that the next ones are easily found."""
    numbers = _("、").join(str(line["number"]) for line in unanswered[:12])
    more = _(" 等") if len(unanswered) > 12 else ""
    message = _("还有 %(count)s 行尚未答复：第 %(lines)s%(more)s 行", count=len(unanswered), lines=numbers, more=more)
    return complaint("", message) | {"fields": [name(line, "answer") for line in unanswered[:MOST_MARKED]]}


def _chosen(values: Values, asked: Values, line: Answer) -> str:
    """What is said of a line. Fields that were altered say it is changed, whatever button was pressed last but no."""
    chosen = values.get(name(line, "answer"), "")
    if chosen in ("", "ACCEPTED"):
        parts = [f"{part}.{row}" for row in range(days_shown(values, line)) for part in ("day", "qty")]
        fields = [name(line, part) for part in [*parts, "price", "back", "item"]]
        if any(f in values and written(values, f) != written(asked, f) for f in fields):
            return "CHANGED"
    return chosen


def _said(made: Told, values: Values, line: Answer, chosen: str, find: Find, path: str) -> Answer:
    made.names |= _parts(path, name(line, ""))
    said: Answer = {"lineId": line["id"], "answer": chosen}
    reason = values.get(name(line, "reason"), "")
    if reason:
        said["reason"] = reason
    if chosen == "REJECTED" and not reason:
        made.errors.append(complaint(name(line, "reason"), _("第 %(line)s 行：拒绝时请选择原因", line=line["number"])))
    if chosen not in ("CHANGED", "ALREADY_DELIVERED"):
        return said
    said["schedules"] = _days(made, values, name(line, ""), days_shown(values, line), path)
    price = figure(values, name(line, "price"), made.errors)
    if price is not None:
        said["unitPrice"] = price
    back = figure(values, name(line, "back"), made.errors)
    if back is not None:
        said["backorderMaximum"] = back
    item = _item(made, values, name(line, "item"), find)
    if item and item != line["item"]["id"]:
        said["substituteItemId"] = item
    return said


def _days(made: Told, values: Values, before: str, rows: int, path: str) -> list[Answer]:
    """The promised days of a line; a row counts once its day or its quantity stands there."""
    found: list[Answer] = []
    for row in range(rows):
        at, much = f"{before}day.{row}", f"{before}qty.{row}"
        if not (written(values, at) or written(values, much)):
            continue
        errors: list[Complaint] = []
        promised, quantity = day(values, at, errors), figure(values, much, errors)
        if not errors and promised is None:
            errors.append(complaint(at, _("请填写承诺日期")))
        if not errors and quantity is None:
            errors.append(complaint(much, _("请填写承诺数量")))
        made.errors += errors
        place = f"{path}.schedules.{len(found)}"
        made.names |= {f"{place}.promisedOn": at, f"{place}.quantity": much}
        found.append({"promisedOn": promised, "quantity": quantity})
    return found


def _item(made: Told, values: Values, at: str, find: Find) -> str | None:
    number = written(values, at)
    if not number:
        return None
    found = find(number)
    if found is None:
        made.errors.append(complaint(at, _("本单位没有编号为 %(number)s 的物料", number=number)))
    return found


def _added(made: Told, values: Values, place: int, find: Find) -> list[Answer]:
    """Lines the seller offers on top; a row counts once an item or a quantity stands in it."""
    found: list[Answer] = []
    for row in range(added_shown(values)):
        before = f"a.{row}."
        if not any(written(values, before + part) for part in ("item", "qty.0")):
            continue
        item = _item(made, values, f"{before}item", find)
        if item is None and not written(values, f"{before}item"):
            made.errors.append(complaint(f"{before}item", _("请填写物料编号")))
        price = figure(values, f"{before}price", made.errors)
        if price is None and not written(values, f"{before}price"):
            made.errors.append(complaint(f"{before}price", _("请填写单价")))
        path = f"lines.{place + len(found)}"
        made.names |= _parts(path, before)
        days = _days(made, values, before, 1, path)
        found.append({"answer": "ADDED", "substituteItemId": item, "unitPrice": price, "schedules": days})
    return found


def _parts(path: str, before: str) -> dict[str, str]:
    """Input path of the API -> field of the form. A line confirmed as asked keeps its days in their order."""
    parts = {
        "": "answer", ".lineId": "answer", ".answer": "answer", ".reason": "reason", ".unitPrice": "price",
        ".quantity": "qty.0", ".schedules": "day.0", ".backorderMaximum": "back", ".substituteItemId": "item",
    }  # fmt: skip
    for row in range(MOST_DAYS):
        parts |= {f".schedules.{row}.promisedOn": f"day.{row}", f".schedules.{row}.quantity": f"qty.{row}"}
    return {path + end: before + part for end, part in parts.items()}
