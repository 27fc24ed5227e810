"""What people fill in about one of many orders, and how it is kept until its turn comes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from collaboration.orders.forms import LineAnswered, PromisedDay
from collaboration.orders.tables import Answer, Decision, LineAnswer, Reason
from kernel.quantities import plain


@dataclass(frozen=True)
class OrderAnswer:
    """As of respond_to_order. Accepted without lines: every open line as it was asked."""

    order_id: int
    expected_version: int
    answer: Answer = Answer.ACCEPTED
    reason: Reason | None = None
    note: str = ""
    lines: Sequence[LineAnswered] = field(default=())


@dataclass(frozen=True)
class ResponseDecision:
    """One decision for every line of an answer that waits, at the version of its order that was shown."""

    response_id: int
    expected_version: int
    decision: Decision


def kept_decision(one: ResponseDecision) -> str:
    return json.dumps({"response_id": one.response_id, "decision": one.decision})


def given_decision(text: str) -> tuple[int, Decision]:
    """(response, decision) that were kept."""
    told = json.loads(text)
    return told["response_id"], Decision(told["decision"])


def kept(one: OrderAnswer) -> str:
    """The answer as JSON: amounts as text, exact."""
    lines = [
        {name: _plain(value) for name, value in vars(line).items() if value not in (None, ())} for line in one.lines
    ]
    return json.dumps({"answer": one.answer, "reason": one.reason, "note": one.note, "lines": lines})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, list | tuple):
        return [{"promised_on": str(day.promised_on), "quantity": plain(day.quantity)} for day in value]
    return value


def given(text: str) -> dict[str, Any]:
    """The arguments of respond_to_order that were kept."""
    told = json.loads(text)
    return {
        "answer": Answer(told["answer"]), "reason": told["reason"] and Reason(told["reason"]), "note": told["note"],
        "lines": [_line(line) for line in told["lines"]],
    }  # fmt: skip


def _line(told: dict[str, Any]) -> LineAnswered:
    amounts = ("quantity", "unit_price", "backorder_maximum")
    return LineAnswered(
        answer=LineAnswer(told["answer"]), line_id=told.get("line_id"),
        reason=Reason(told["reason"]) if "reason" in told else None,
        schedules=[
            PromisedDay(date.fromisoformat(day["promised_on"]), Decimal(day["quantity"]))
            for day in told.get("schedules", ())
        ],
        substitute_item_id=told.get("substitute_item_id"),
        **{name: Decimal(told[name]) for name in amounts if name in told},
    )  # fmt: skip
