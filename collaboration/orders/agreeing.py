"""What it means that a line is agreed: its terms and days become what was offered."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from collaboration.orders.answers import Judged, wanted_of
from collaboration.orders.decisions import Matched, Promise, match_promises, shipping_state
from collaboration.orders.lifecycle import ResponseState
from collaboration.orders.tables import (
    LineAnswer,
    OrderLine,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Schedule,
    Verdict,
)
from kernel.quantities import ZERO
from kernel.work import UnitOfWork


class Offered(Protocol):
    """Terms of an offer, freshly judged or read back."""

    @property
    def unit_price(self) -> Decimal: ...

    @property
    def item_id(self) -> int: ...


def agree(
    work: UnitOfWork, line: OrderLine, schedules: list[Schedule], offered: Offered, matched: Sequence[Matched]
) -> None:
    """Bind both firms: quantity, price, item and days of the line are the offered ones from now on.

    A wanted day nothing was promised for keeps its row with quantity 0; a split adds rows beside it.
    """
    assert line.id is not None
    by_id = {s.id: s for s in schedules}
    number = max(s.number for s in schedules)
    for schedule in schedules:
        schedule.quantity = ZERO
    for part in matched:
        if part.schedule_id is not None:
            kept = by_id[part.schedule_id]
            kept.quantity = part.quantity
            promise(kept, part.promised_on)
            continue
        number += 1
        added = Schedule(
            line_id=line.id,
            number=number,
            wanted_on=part.wanted_on,
            quantity=part.quantity,
        )
        promise(added, part.promised_on)
        schedules.append(work.add(added))
    line.quantity = sum((part.quantity for part in matched), ZERO)
    line.unit_price, line.item_id = offered.unit_price, offered.item_id


def promise(schedule: Schedule, on: date | None) -> None:
    """This day is agreed: the first that ever was is kept beside it, and it is what the seller expects."""
    schedule.promised_on = schedule.expected_on = on
    schedule.first_promised_on = schedule.first_promised_on or on


def has_passed(days: Sequence[ResponseSchedule], today: date) -> bool:
    """A day that was offered passed while the offer waited: nobody promises it any more."""
    return any(day.promised_on < today for day in days)


def accept_offer(
    work: UnitOfWork, line: OrderLine, answer: ResponseLine, days: Sequence[ResponseSchedule], schedules: list[Schedule]
) -> None:
    """The offered terms of a waiting line become the agreed ones."""
    promises = [Promise(day.promised_on, day.quantity) for day in days]
    if answer.backorder_maximum:
        promises.append(Promise(None, answer.backorder_maximum))
    agree(work, line, schedules, answer, match_promises(wanted_of(schedules), promises))
    line.backorder_maximum = answer.backorder_maximum
    if answer.answer is LineAnswer.ALREADY_DELIVERED:
        agree_delivered(line, schedules)


def settle_response(response: OrderResponse, answered: Sequence[ResponseLine]) -> None:
    """Where an answer stands once nothing of it waits any more."""
    verdicts = {line.verdict for line in answered}
    if Verdict.WAITING in verdicts:
        return
    if verdicts & {Verdict.ACCEPTED, Verdict.ACCEPTED_BY_DEFAULT}:
        response.state = ResponseState.AGREED
    else:
        response.state = ResponseState.LAPSED if Verdict.REFUSED_BY_DEFAULT in verdicts else ResponseState.REFUSED


def agree_delivered(line: OrderLine, schedules: Sequence[Schedule]) -> None:
    """The buyer agrees that the goods have come already; what has no day, a backorder, is still to come."""
    for schedule in schedules:
        if schedule.promised_on is None:
            continue
        schedule.shipped = schedule.received = schedule.accepted = schedule.quantity
    line.state = shipping_state(schedules)


def write_response_lines(
    work: UnitOfWork, response: OrderResponse, answered: Sequence[tuple[OrderLine, Judged]]
) -> None:
    """Keep what the seller said of each line, exactly as said and with what became of it."""
    numbers = work.add_many(ResponseLine, [_response_line(response, line, one) for line, one in answered])
    days = [
        {"response_line_id": number, "promised_on": promise.on, "quantity": promise.quantity}
        for number, (_, one) in zip(numbers, answered, strict=True)
        for promise in one.promises
        if promise.on is not None
    ]
    work.add_many(ResponseSchedule, days)


def _response_line(response: OrderResponse, line: OrderLine, one: Judged) -> dict[str, Any]:
    assert response.id is not None and line.id is not None
    return {
        "response_id": response.id,
        "line_id": line.id,
        "answer": one.given.answer,
        "reason": one.given.reason,
        "item_id": one.terms.item_id,
        "unit_price": one.terms.unit_price,
        "rule": one.rule,
        "verdict": one.verdict,
        "quantity": sum((p.quantity for p in one.promises if p.on is not None), ZERO),
        "deviation": one.deviation,
        "backorder_maximum": one.given.backorder_maximum,
        "substitute_item_id": one.given.substitute_item_id,
        "decide_by": one.limit.by if one.limit else None,
        "default_decision": one.limit.default if one.limit else None,
        "default_rule": one.limit.rule if one.limit else None,
    }
