"""What it means that a line is agreed: its terms and days become what was offered."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from collaboration.orders.answers import Judged
from collaboration.orders.decisions import Matched, shipping_state
from collaboration.orders.tables import OrderLine, OrderResponse, ResponseLine, ResponseSchedule, Schedule
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
            kept.quantity, kept.promised_on = part.quantity, part.promised_on
            continue
        number += 1
        added = Schedule(
            line_id=line.id,
            number=number,
            wanted_on=part.wanted_on,
            promised_on=part.promised_on,
            quantity=part.quantity,
        )
        schedules.append(work.add(added))
    line.quantity = sum((part.quantity for part in matched), ZERO)
    line.unit_price, line.item_id = offered.unit_price, offered.item_id


def agree_delivered(line: OrderLine, schedules: Sequence[Schedule]) -> None:
    """The buyer agrees that the goods have come already: nothing is left to ship or to receive."""
    for schedule in schedules:
        schedule.shipped = schedule.received = schedule.accepted = schedule.quantity
    line.state = shipping_state(schedules)


def write_response_line(work: UnitOfWork, response: OrderResponse, line: OrderLine, one: Judged) -> None:
    """Keep what the seller said of a line, exactly as said and with what became of it."""
    assert response.id is not None and line.id is not None
    dated = [p for p in one.promises if p.on is not None]
    written = work.add(
        ResponseLine(
            response_id=response.id,
            line_id=line.id,
            answer=one.given.answer,
            reason=one.given.reason,
            item_id=one.terms.item_id,
            unit_price=one.terms.unit_price,
            rule=one.rule,
            verdict=one.verdict,
            quantity=sum((p.quantity for p in dated), ZERO) if dated else ZERO,
            deviation=one.deviation,
            backorder_maximum=one.given.backorder_maximum,
            substitute_item_id=one.given.substitute_item_id,
        )  # fmt: skip
    )
    assert written.id is not None
    for promise in dated:
        assert promise.on is not None
        work.session.add(
            ResponseSchedule(response_line_id=written.id, promised_on=promise.on, quantity=promise.quantity)
        )
