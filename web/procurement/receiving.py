"""The receipt form: what came of each despatched line, how much of it is good, and why not the rest."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from kernel.quantities import plain
from web.trade.entering import Complaint, Values, complaint, figure, written

Answer = dict[str, Any]


def prefilled(still: list[Answer]) -> dict[str, str]:
    """As if everything came and is good."""
    values: dict[str, str] = {}
    for line in still:
        values |= {f"r.{line['id']}.received": line["quantity"], f"r.{line['id']}.rejected": "0"}
        values[f"r.{line['id']}.take"] = "1"
    return values


def told(advice: Answer, still: list[Answer], values: Values) -> tuple[Answer, list[Complaint], dict[str, str]]:
    """(input of postReceipt, the form's own complaints, where each part of the input stands in the form)."""
    errors: list[Complaint] = []
    names: dict[str, str] = {}
    lines: list[Answer] = []
    for line in still:
        before, path = f"r.{line['id']}.", f"lines.{len(lines)}"
        if not values.get(f"{before}take"):
            continue
        counted = _counted(values, before, errors)
        names |= {
            f"{path}.despatchLineId": f"{before}received", f"{path}.received": f"{before}received",
            f"{path}.accepted": f"{before}received", f"{path}.rejected": f"{before}rejected",
            f"{path}.reason": f"{before}reason",
        }  # fmt: skip
        lines.append({"despatchLineId": line["id"]} | counted)
    if not lines and not errors:
        told_all = {"code": "INVALID", "message": _("请至少勾选一行收货"), "fields": [], "rule": None}
        errors.append(told_all)
    return {"despatchAdviceId": advice["id"], "lines": lines}, errors, names


def _counted(values: Values, before: str, errors: list[Complaint]) -> Answer:
    received = figure(values, f"{before}received", errors)
    rejected = figure(values, f"{before}rejected", errors) or "0"
    if received is None:
        if not written(values, f"{before}received"):
            errors.append(complaint(f"{before}received", _("请填写实收数量，没有到货请填 0")))
        return {}
    accepted = Decimal(received) - Decimal(rejected)
    if accepted < 0:
        errors.append(complaint(f"{before}rejected", _("拒收数量不能超过实收数量")))
    counted: Answer = {"received": received, "accepted": plain(max(accepted, Decimal(0))), "rejected": rejected}
    if reason := values.get(f"{before}reason"):
        counted["reason"] = reason
    return counted
