"""What may be asked of one line, quantity, price and days within bounds; and the rows it is kept as."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from collaboration.orders.answers import FARTHEST_DAYS, check_worth
from collaboration.orders.forms import LineAsked
from collaboration.orders.lifecycle import LineState
from collaboration.orders.tables import OrderLine, Schedule
from kernel.errors import Invalid
from kernel.quantities import ZERO, not_negative, plain, positive


class DayAsked(Protocol):
    """A day and how much is wanted on it."""

    @property
    def wanted_on(self) -> date: ...

    @property
    def quantity(self) -> Decimal: ...


def check_line(line: LineAsked, place: str, today: date) -> None:
    positive(line.quantity, f"{place}.quantity")
    not_negative(line.unit_price, f"{place}.unitPrice")
    check_worth(line.quantity, line.unit_price, place)
    if not line.schedules or len(line.schedules) > 400:
        raise Invalid(f"{place}.schedules", "a line has 1 to 400 wanted days", "每行须有 1 至 400 个需求日期")
    for position, day in enumerate(line.schedules):
        positive(day.quantity, f"{place}.schedules.{position}.quantity")
        check_wanted_on(day.wanted_on, f"{place}.schedules.{position}.wantedOn", today)
    total = sum((day.quantity for day in line.schedules), ZERO)
    if total != line.quantity:
        raise Invalid(
            f"{place}.schedules", f"the days sum to {plain(total)}, the line asks for {plain(line.quantity)}",
            f"各需求日期合计 {plain(total)}，与行数量 {plain(line.quantity)} 不符",
        )  # fmt: skip


def check_wanted_on(on: date, field: str, today: date) -> None:
    """Raises Invalid(field) for a day that is past, or too far away."""
    if not today <= on <= today + timedelta(days=FARTHEST_DAYS):
        raise Invalid(
            field, f"{on} is past or more than ten years away; want it today or later",
            f"{on} 早于今天或超过十年；需求日期应为今天或以后",
        )  # fmt: skip


def check_one_day(days: int, place: str) -> None:
    """A quantity said without days falls on the only one there is. Raises Invalid where there are several, or none."""
    if days != 1:
        raise Invalid(
            f"{place}.schedules",
            "say on which days the changed quantity is wanted",
            "数量有变更，请填写各需求日期及数量",
        )


def check_sum(quantity: Decimal | None, total: Decimal, place: str) -> None:
    """Raises Invalid where a quantity is said and its days do not come to it."""
    if quantity is not None and quantity != total:
        raise Invalid(
            f"{place}.quantity", f"the quantity is {plain(quantity)}, its days sum to {plain(total)}",
            f"数量为 {plain(quantity)}，但各需求日期合计 {plain(total)}",
        )  # fmt: skip


def new_line(
    order_id: int, number: int, item_id: int, unit: str, quantity: Decimal, unit_price: Decimal,
    state: LineState = LineState.OPEN, framework_line_id: int | None = None,
) -> OrderLine:  # fmt: skip
    """A line nobody has answered: what stands is what is asked. unit: of quantity and price, the item's own."""
    return OrderLine(
        order_id=order_id, number=number, item_id=item_id, unit=unit, quantity=quantity, unit_price=unit_price,
        ordered_quantity=quantity, ordered_unit_price=unit_price, ordered_item_id=item_id, state=state,
        framework_line_id=framework_line_id,
    )  # fmt: skip


def new_schedules(line: OrderLine, days: Sequence[DayAsked], *, after: int = 0) -> list[Schedule]:
    """Days of a line that has its number, counted on from the last one it has; promised by nobody."""
    assert line.id is not None
    return [
        Schedule(line_id=line.id, number=number, wanted_on=day.wanted_on, quantity=day.quantity)
        for number, day in enumerate(days, start=after + 1)
    ]
