"""Pure rules of changing an order: what a change asks of a line, what may not be undone, what a new promise deviates by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from collaboration.changes.forms import LineChanged
from collaboration.changes.tables import LineAction
from collaboration.orders.answers import LARGEST, MOST_SCHEDULES, check_worth
from collaboration.orders.asking import check_one_day, check_sum, check_wanted_on
from collaboration.orders.decisions import UNBOUND, due_on, kept_of, to_ship
from collaboration.orders.lifecycle import CHANGEABLE, DEAD_ORDER, REOPENABLE, OrderState
from collaboration.orders.tables import OrderLine, Schedule
from kernel.access import Side
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import ZERO, not_negative, plain, positive

NOT_BELOW_SHIPPED = Rule(
    "order_change.not_below_shipped",
    "采购方改小数量或供应商撤回发货",
    "the buyer, by asking for no less than was shipped",
)
REOPENS = Rule(
    "order_change.reopens", "采购方重新启用订单行或另下订单", "the buyer, by reopening a line or by a new order"
)
DAY_PASSED = Rule(
    "order_change.day_passed",
    "供应商提出其他日期，或采购方撤回后重新变更",
    "the seller, by offering another day, or the buyer, by withdrawing and asking anew",
)
LINE_STATE = Rule("order_change.line_state", "采购方改选其他行或动作", "the buyer, by naming another line or action")


def check_reopens(state: OrderState, lines: Sequence[LineChanged]) -> None:
    """Nothing is left of a rejected or cancelled order: it is changed only by reopening a line. Raises NotAllowedNow."""
    if state in DEAD_ORDER and not any(one.action is LineAction.REOPEN for one in lines):
        raise NotAllowedNow(
            f"this order is {state.value}: reopen a line of it, or place a new order",
            "该订单已全部拒绝或取消：请重新启用其订单行，或另下新订单", rule=REOPENS,
        )  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A day and quantity a line is to have: of a schedule it has, or one more."""

    schedule_id: int | None
    wanted_on: date
    quantity: Decimal


@dataclass(frozen=True)
class Asked:
    """What is to become of one line, ready to be kept and applied. ``days``: the schedules that change.

    ``offered_by``: who says so; the seller only promises other days, what is wanted is for the buyer to say.
    """

    action: LineAction
    number: int
    line_id: int | None
    item_id: int
    unit: str
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    days: Sequence[Day] = field(default=())
    offered_by: Side = Side.BUYER


def judge_change(
    given: LineChanged, line: OrderLine, schedules: Sequence[Schedule], *, place: str, today: date
) -> Asked:
    """What a change asks of a line there is. Raises Invalid naming ``place`` and field, NotAllowedNow."""
    asked = Asked(given.action, line.number, line.id, line.item_id, line.unit)
    if given.action is LineAction.NONE:
        return asked
    allowed = REOPENABLE if given.action is LineAction.REOPEN else CHANGEABLE
    if line.state not in allowed:
        raise Invalid(
            f"{place}.action", f"line {line.number} is {line.state.value} and cannot be changed so",
            f"第 {line.number} 行当前状态为 {line.state.value}，不能执行该变更", rule=LINE_STATE,
        )  # fmt: skip
    if given.action is LineAction.DELETE:
        return _deleted(asked, schedules, place)
    days = _days(given, schedules, place, today)
    price = None if given.unit_price is None else not_negative(given.unit_price, f"{place}.unitPrice")
    total = quantity_after(schedules, days)
    check_worth(total, line.unit_price if price is None else price, place)
    if given.action is LineAction.REOPEN:
        _check_reopened(schedules, days, place, today)
    changed = Asked(
        given.action, line.number, line.id, line.item_id, line.unit,
        None if total == line.quantity else total, None if price == line.unit_price else price, days,
    )  # fmt: skip
    if given.action is LineAction.CHANGE and changed.unit_price is None and not days:
        raise Invalid(f"{place}.action", f"line {line.number} stays as it is", f"第 {line.number} 行没有任何变更")
    return changed


def _check_reopened(schedules: Sequence[Schedule], days: Sequence[Day], place: str, today: date) -> None:
    if not to_come(schedules, days):
        raise Invalid(
            f"{place}.quantity", "a reopened line says how much is still wanted", "重新启用的订单行须填写仍需数量"
        )
    named = {d.schedule_id for d in days}
    if any(due_on(s) < today for s in schedules if s.id not in named and to_ship(s)):
        raise Invalid(
            f"{place}.schedules", "a day of the reopened line is past; say on which day it is wanted now",
            "重新启用的订单行有已过的交期，请填写新的需求日期",
        )  # fmt: skip


def _deleted(asked: Asked, schedules: Sequence[Schedule], place: str) -> Asked:
    if not any(to_ship(s) for s in schedules):
        raise Invalid(
            f"{place}.action", f"all of line {asked.number} was shipped; there is nothing to delete",
            f"第 {asked.number} 行已全部发货，无可删除的数量", rule=NOT_BELOW_SHIPPED,
        )  # fmt: skip
    return asked


def judge_addition(
    given: LineChanged, *, unit: str, taken: set[int], place: str, today: date
) -> Asked:  # fmt: skip
    """What a line asks that there is not yet. ``taken``: numbers of lines there are. Raises Invalid."""
    if given.number is None or not 1 <= given.number <= 999_999 or given.number in taken:
        raise Invalid(
            f"{place}.number",
            "an added line has a number of its own, 1 to 999999",
            "新增行须有未被占用的行号（1 至 999999）",
        )
    if given.unit_price is None:
        raise Invalid(f"{place}.unitPrice", "an added line says its price", "新增行须填写单价")
    if not given.schedules:
        raise Invalid(f"{place}.schedules", "an added line says on which days it is wanted", "新增行须填写需求日期")
    assert given.item_id is not None
    days = _days(given, (), place, today)
    price = not_negative(given.unit_price, f"{place}.unitPrice")
    total = quantity_after((), days)
    check_worth(total, price, place)
    return Asked(LineAction.ADD, given.number, None, given.item_id, unit, total, price, days)


def _days(given: LineChanged, schedules: Sequence[Schedule], place: str, today: date) -> list[Day]:
    """The schedules that change, each once. Raises Invalid."""
    live = [s for s in schedules if s.quantity]
    if not given.schedules and given.quantity is not None:
        check_one_day(len(live), place)
        positive(given.quantity, f"{place}.quantity")
        days = [_day(live[0].id, due_on(live[0]), given.quantity, live[0], f"{place}.quantity")]
    else:
        days = _named_days(given, {s.id: s for s in schedules}, place, today)
        check_sum(given.quantity, quantity_after(schedules, days), place)
    _check_total(schedules, days, place)
    by_id = {s.id: s for s in schedules}
    return [day for day in days if day.schedule_id is None or _differs(day, by_id[day.schedule_id])]


def _named_days(given: LineChanged, by_id: Mapping[int | None, Schedule], place: str, today: date) -> list[Day]:
    days: list[Day] = []
    for position, day in enumerate(given.schedules):
        here = f"{place}.schedules.{position}"
        schedule = by_id.get(day.schedule_id) if day.schedule_id is not None else None
        if day.schedule_id is not None and schedule is None:
            raise Invalid(f"{here}.scheduleId", "this schedule is not of this line", "该交期不属于此订单行")
        if schedule is not None and any(d.schedule_id == schedule.id for d in days):
            raise Invalid(f"{here}.scheduleId", "this schedule is named twice", "同一交期重复填写")
        on = day.wanted_on or (due_on(schedule) if schedule else None)
        if on is None:
            raise Invalid(f"{here}.wantedOn", "one more day says which day it is", "新增交期须填写需求日期")
        moved = schedule is None or on != due_on(schedule)
        if moved:
            check_wanted_on(on, f"{here}.wantedOn", today)
        if schedule is None:
            positive(day.quantity, f"{here}.quantity")
        else:
            not_negative(day.quantity, f"{here}.quantity")
        days.append(_day(day.schedule_id, on, day.quantity, schedule, f"{here}.quantity"))
    return days


def _day(schedule_id: int | None, on: date, quantity: Decimal, schedule: Schedule | None, place: str) -> Day:
    day = Day(schedule_id, on, quantity)
    if schedule is not None and quantity < kept_of(schedule):
        raise Invalid(place, *_below_shipped(schedule), rule=NOT_BELOW_SHIPPED)
    return day


def _below_shipped(schedule: Schedule) -> tuple[str, str]:
    kept = plain(kept_of(schedule))
    return f"{kept} of it was shipped already; ask for no less", f"已发货 {kept}，变更后的数量不得小于该数"


def _check_total(schedules: Sequence[Schedule], days: Sequence[Day], place: str) -> None:
    if len(schedules) + sum(d.schedule_id is None for d in days) > MOST_SCHEDULES:
        raise Invalid(
            f"{place}.schedules", f"at most {MOST_SCHEDULES} days a line", f"每行最多 {MOST_SCHEDULES} 个交期"
        )
    total = quantity_after(schedules, days)
    if not 0 < total < LARGEST:
        raise Invalid(
            f"{place}.quantity", "a changed line keeps some quantity; delete the line to want none of it",
            "变更后的数量必须大于 0；不再需要该行请选择“删除”",
        )  # fmt: skip


def _differs(day: Day, schedule: Schedule) -> bool:
    return day.wanted_on != due_on(schedule) or day.quantity != schedule.quantity or bool(schedule.never)


def quantity_after(schedules: Sequence[Schedule], days: Sequence[Day]) -> Decimal:
    """What a line's schedules sum to once these days are theirs."""
    named = {d.schedule_id for d in days}
    stay = sum((s.quantity for s in schedules if s.id not in named), ZERO)
    return stay + sum((d.quantity for d in days), ZERO)


def to_come(schedules: Sequence[Schedule], days: Sequence[Day]) -> bool:
    """Whether anything of a line is still to be shipped once these days are its own."""
    by_id = {s.id: s for s in schedules}
    named = {d.schedule_id for d in days}
    more = any(d.quantity > (kept_of(by_id[d.schedule_id]) if d.schedule_id in by_id else ZERO) for d in days)
    return more or any(to_ship(s) for s in schedules if s.id not in named)


def check_not_below_shipped(asked: Asked, schedules: Sequence[Schedule]) -> None:
    """Goods may have left since the change was asked. Raises NotAllowedNow."""
    by_id = {s.id: s for s in schedules}
    for day in asked.days:
        schedule = by_id.get(day.schedule_id)
        if schedule is not None and day.quantity < kept_of(schedule):
            raise NotAllowedNow(*_below_shipped(schedule), rule=NOT_BELOW_SHIPPED)
    if asked.action is LineAction.DELETE and not any(to_ship(s) for s in schedules):
        raise NotAllowedNow(
            f"all of line {asked.number} was shipped meanwhile", f"第 {asked.number} 行已全部发货",
            rule=NOT_BELOW_SHIPPED,
        )  # fmt: skip


def check_not_past(asked: Asked, schedules: Sequence[Schedule], today: date) -> None:
    """A day may have passed since the change was asked: nobody promises it any more. Raises NotAllowedNow."""
    by_id = {s.id: s for s in schedules}
    for day in asked.days:
        schedule = by_id.get(day.schedule_id)
        moved = schedule is None or day.wanted_on != due_on(schedule)
        if moved and day.wanted_on < today and day.quantity > (kept_of(schedule) if schedule else ZERO):
            raise NotAllowedNow(
                f"{day.wanted_on}, wanted of line {asked.number}, has passed while the change was open",
                f"第 {asked.number} 行变更所要求的 {day.wanted_on} 已过", rule=DAY_PASSED,
            )  # fmt: skip


def is_agreed(lines: Sequence[OrderLine]) -> bool:
    """Whether the two firms are bound by any line: until then nothing but the buyer's wish changes."""
    return any(line.state not in UNBOUND for line in lines)


def deviation_days(schedule: Schedule, promised_on: date) -> int:
    """Days after (or before, negative) the wanted day: what a pair's tolerance is measured by, so that it cannot creep."""
    return (promised_on - schedule.wanted_on).days
