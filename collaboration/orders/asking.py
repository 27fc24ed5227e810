"""What may be asked of one line: quantity, price and days within bounds."""

from datetime import date, timedelta

from collaboration.orders.answers import FARTHEST_DAYS, check_worth
from collaboration.orders.forms import LineAsked
from kernel.errors import Invalid
from kernel.quantities import ZERO, not_negative, plain, positive


def check_line(line: LineAsked, place: str, today: date) -> None:
    positive(line.quantity, f"{place}.quantity")
    not_negative(line.unit_price, f"{place}.unitPrice")
    check_worth(line.quantity, line.unit_price, place)
    if not line.schedules or len(line.schedules) > 400:
        raise Invalid(f"{place}.schedules", "a line has 1 to 400 wanted days", "每行须有 1 至 400 个需求日期")
    for position, day in enumerate(line.schedules):
        positive(day.quantity, f"{place}.schedules.{position}.quantity")
        if not today <= day.wanted_on <= today + timedelta(days=FARTHEST_DAYS):
            raise Invalid(
                f"{place}.schedules.{position}.wantedOn",
                f"{day.wanted_on} is past or more than ten years away; want it today or later",
                f"{day.wanted_on} 早于今天或超过十年；需求日期应为今天或以后",
            )
    total = sum((day.quantity for day in line.schedules), ZERO)
    if total != line.quantity:
        raise Invalid(
            f"{place}.schedules", f"the days sum to {plain(total)}, the line asks for {plain(line.quantity)}",
            f"各需求日期合计 {plain(total)}，与行数量 {plain(line.quantity)} 不符",
        )  # fmt: skip
