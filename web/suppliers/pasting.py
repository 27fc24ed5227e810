"""Rows copied from a spreadsheet into the answer form: line, day, quantity, price, reason, parted by tabs."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from web.suppliers import answering
from web.trade import words
from web.trade.entering import Complaint, Values, complaint, day, figure

Answer = dict[str, Any]
MOST_PASTED = 4_000
PARTS = ("day", "qty", "price", "reason")


def filled(order: Answer, values: Values) -> tuple[dict[str, str], list[Complaint]]:
    """The form with what was pasted laid over it, or what is wrong with the rows; then nothing of them is laid over.

    Two rows of one line are two days of it; a first row whose first cell is no number is a header.
    """
    lines = {str(line["number"]): line for line in order["lines"] if answering.is_open(line)}
    found, errors, seen = dict(values), list[Complaint](), dict[str, int]()
    rows = [row.split("\t") for row in values.get("pasted", "").splitlines() if row.strip()]
    if not rows:
        return found, [complaint("pasted", _("请先从 Excel 复制若干行，粘贴到此处"))]
    if len(rows) > MOST_PASTED:
        return found, [complaint("pasted", _("一次最多粘贴 %(most)s 行", most=MOST_PASTED))]
    reasons = words.reason_codes()
    for position, cells in enumerate(rows, start=1):
        number, *rest = [cell.strip() for cell in cells]
        if position == 1 and not number.isdigit():
            continue
        line = lines.get(number)
        if line is None:
            errors.append(_at(position, _("没有待答复的第 %(line)s 行", line=number[:20])))
            continue
        at = seen.get(number, 0)
        if at >= answering.MOST_DAYS:
            errors.append(_at(position, _("第 %(line)s 行的交期过多", line=number)))
            continue
        seen[number] = at + 1
        laid, wrong = _laid(dict(zip(PARTS, rest, strict=False)), answering.name(line, ""), at, reasons)
        errors += [_at(position, one["message"]) for one in wrong]
        found |= laid
        if at or answering.days_shown(values, line) < 1:
            found[answering.name(line, "days")] = str(max(at + 1, answering.days_shown(values, line)))
    return (dict(values), errors) if errors else (found | {"pasted": ""}, [])


def _laid(
    cells: dict[str, str], before: str, at: int, reasons: Mapping[str, str]
) -> tuple[dict[str, str], list[Complaint]]:
    wrong: list[Complaint] = []
    told = {
        f"{before}day.{at}": day(cells, "day", wrong), f"{before}qty.{at}": figure(cells, "qty", wrong),
        f"{before}price": figure(cells, "price", wrong),
    }  # fmt: skip
    reason = cells.get("reason", "")
    if reason and reason not in reasons:
        wrong.append(complaint("reason", _("原因“%(reason)s”不在可选范围内", reason=reason[:20])))
    elif reason:
        told[f"{before}reason"] = reasons[reason]
    return {name: value for name, value in told.items() if value is not None}, wrong


def _at(position: int, message: str) -> Complaint:
    return complaint("pasted", _("粘贴的第 %(row)s 行：%(message)s", row=position, message=message))
