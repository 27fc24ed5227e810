"""What stands on a request's page between opening and order: questions about one bid, and what becomes of an award."""

from collections.abc import Iterator, Mapping
from typing import Any

from kernel import clock
from web.trade.entering import Complaint, Values, day, figure, needed, written

Told = tuple[str, dict[str, Any], dict[str, str]]
"""(operation, its input, field of the API -> field of the form)."""


def wished(wish: str, which: str, values: Values, errors: list[Complaint]) -> Told | None:
    """What a button of these parts comes down to; None where it is none of them. which: the bid or the question."""
    if wish == "clarify":
        bid = values.get("bid", "")
        return "ask_clarification", {"quotationId": bid, "text": values.get("clarify", "")}, {"text": "clarify"}
    if wish == "clarified":
        name = f"clarified.{which}"
        said = {"clarificationId": which, "answer": values.get(name, "")}
        return "answer_clarification", said, {"answer": name}
    if wish == "unclarify":
        name = f"unclarify.{which}"
        said = {"clarificationId": which, "reason": values.get(name, "")}
        return "withdraw_clarification", said, {"reason": name}
    if wish == "order":
        return _ordered(which, values, errors)
    return _agreed(which, values, errors) if wish == "agree" else None


def _ordered(bid: str, values: Values, errors: list[Complaint]) -> Told:
    names = {"number": f"order.{bid}", "conditionalReason": f"conditional.{bid}", "wantedOn": f"wanted.{bid}"}
    said = {
        "quotationId": bid, "number": written(values, names["number"]) or None,
        "conditionalReason": values.get(names["conditionalReason"]) or None,
        "wantedOn": day(values, names["wantedOn"], errors),
    }  # fmt: skip
    return "order_award", said, names | {"supplierId": f"conditional.{bid}"}


def _agreed(bid: str, values: Values, errors: list[Complaint]) -> Told:
    names = {name: f"{name}.{bid}" for name in ("number", "validFrom", "validUntil", "valueCap", "note")}
    caps = list[dict[str, Any]]()
    for field in values:
        if field.startswith(f"cap.{bid}.") and (most := figure(values, field, errors)):
            names |= {f"caps.{len(caps)}.{part}": field for part in ("quantityCap", "itemId")}
            caps.append({"itemId": field.rsplit(".", 1)[1], "quantityCap": most})
    said = {
        "quotationId": bid, "number": needed(values, names["number"], errors),
        "valueCap": figure(values, names["valueCap"], errors), "note": values.get(names["note"], ""), "caps": caps,
    }  # fmt: skip
    for name in ("validFrom", "validUntil"):
        said[name] = needed(values, names[name], errors) and day(values, names[name], errors)
    return "draft_framework_from_award", said, names


def open_awards(rfq: Mapping[str, Any]) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """(bid, its bidder's name, what it won) of each award nothing has come of yet."""
    names = {
        bid["id"]: (one["supplier"] or {}).get("name", "") for one in rfq["invitations"] for bid in one["quotations"]
    }
    won: dict[str, list[dict[str, Any]]] = {}
    for award in rfq["awards"]:
        if award["quotation"] and not award["order"] and not award["framework"]:
            won.setdefault(award["quotation"]["id"], []).append(award)
    yield from ((bid, names.get(bid, ""), awards) for bid, awards in won.items())


def usual() -> dict[str, str]:
    """The days a framework form starts with: a year from today."""
    today = clock.today_of(clock.now())
    return {
        "validFrom": today.isoformat(),
        "validUntil": today.replace(year=today.year + 1, day=min(today.day, 28)).isoformat(),
    }
