"""Write down what is asked of each line of a change, and read it back."""

from collections.abc import Mapping, Sequence

from sqlmodel import col

from collaboration.changes.judging import Asked, Day
from collaboration.changes.tables import OrderChange, OrderChangeLine, OrderChangeSchedule
from collaboration.changes.visibility import order_change_lines_visible_to, order_change_schedules_visible_to
from kernel.access import Actor, Side
from kernel.work import UnitOfWork


def keep_lines(work: UnitOfWork, change: OrderChange, asked: Sequence[Asked], *, by: Side) -> None:
    """What one side asks or offers, exactly as said."""
    assert change.id is not None
    written = [
        OrderChangeLine(
            change_id=change.id, offered_by=by, action=one.action, number=one.number, line_id=one.line_id,
            item_id=one.item_id, unit=one.unit, quantity=one.quantity, unit_price=one.unit_price,
        )
        for one in asked
    ]  # fmt: skip
    work.session.add_all(written)
    work.session.flush()
    for row, one in zip(written, asked, strict=True):
        assert row.id is not None
        work.session.add_all(
            OrderChangeSchedule(
                change_line_id=row.id, schedule_id=day.schedule_id, wanted_on=day.wanted_on, quantity=day.quantity
            )
            for day in one.days
        )
    work.session.flush()


def kept_lines(work: UnitOfWork, actor: Actor, change: OrderChange) -> dict[Side, list[Asked]]:
    """Side -> what it asked or offered of the lines, by line number."""
    own = order_change_lines_visible_to(actor).where(col(OrderChangeLine.change_id) == change.id)
    lines = work.all(own.order_by(col(OrderChangeLine.number)))
    days = _days_of(work, actor, [line.id or 0 for line in lines])
    found: dict[Side, list[Asked]] = {Side.BUYER: [], Side.SELLER: []}
    for line in lines:
        found[line.offered_by].append(
            Asked(
                line.action, line.number, line.line_id, line.item_id, line.unit, line.quantity, line.unit_price,
                days.get(line.id or 0, ()), line.offered_by,
            )
        )  # fmt: skip
    return found


def _days_of(work: UnitOfWork, actor: Actor, line_ids: Sequence[int]) -> Mapping[int, Sequence[Day]]:
    under = col(OrderChangeSchedule.change_line_id).in_(line_ids)
    own = order_change_schedules_visible_to(actor).where(under).order_by(col(OrderChangeSchedule.id))
    found: dict[int, list[Day]] = {}
    for row in work.rows(own):
        found.setdefault(row.change_line_id, []).append(Day(row.schedule_id, row.wanted_on, row.quantity))
    return found


def effective(kept: Mapping[Side, Sequence[Asked]]) -> list[Asked]:
    """What both would be bound by: the seller's counter-offer to a line, else what the buyer asked of it."""
    countered = {one.number: one for one in kept[Side.SELLER]}
    return [countered.get(one.number, one) for one in kept[Side.BUYER]]
