"""Pure rules of orders: where lines and orders stand, what deviates, how promised days fall on wanted ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from collaboration.orders.lifecycle import HOLDABLE_ORDER, LineState, OrderState
from collaboration.orders.tables import Order, OrderLine, Schedule
from kernel.quantities import ZERO, plain

DEAD = frozenset({LineState.REJECTED, LineState.CANCELLED})
DONE = frozenset({LineState.RECEIVED, LineState.CLOSED_SHORT})
WAITING = frozenset({LineState.CHANGE_PROPOSED, LineState.ADDED_PROPOSED})
UNBOUND = DEAD | WAITING | {LineState.OPEN}
"""Lines that bind nobody: not answered, not decided, or over without having been agreed."""
ANSWERABLE = frozenset({LineState.OPEN, LineState.CHANGE_PROPOSED})
UNANSWERED = frozenset({OrderState.PLACED, OrderState.ACKNOWLEDGED})
ANSWER_DAYS = 3
"""Until a pair agrees on a limit of its own, an answer or a decision is due three days after it was asked for."""


def order_state(lines: Iterable[LineState], *, acknowledged: bool) -> OrderState:
    """Where an order stands, from its lines alone (features.md 3.3: header status is derived)."""
    states = set(lines)
    live = states - DEAD
    if live & WAITING:
        return OrderState.COUNTERED
    if LineState.OPEN in live:
        return OrderState.ACKNOWLEDGED if acknowledged else OrderState.PLACED
    if not live:
        return OrderState.REJECTED if states == {LineState.REJECTED} else OrderState.CANCELLED
    if live <= DONE:
        return OrderState.DELIVERED
    return OrderState.CONFIRMED if live == {LineState.CONFIRMED} else OrderState.IN_DELIVERY


def is_held(order: Order) -> bool:
    """Its buyer holds it, and there is still something to hold, or an answer stands still by it.

    A hold that was not lifted is felt again once a line reopens, or a change of what was delivered is asked.
    """
    return order.held_at is not None and (order.state in HOLDABLE_ORDER or order.open_amendment is not None)


def to_ship(schedule: Schedule) -> Decimal:
    """What the seller still owes on a schedule: agreed, less given up, less what is on its way or was kept."""
    return max(ZERO, schedule.quantity - schedule.never - kept_of(schedule))


def kept_of(schedule: Schedule) -> Decimal:
    """What of a schedule is on its way or was kept: no agreement may go below it."""
    return schedule.shipped - schedule.rejected - schedule.lost


def in_transit(schedule: Schedule) -> Decimal:
    """What was despatched and is neither counted nor lost."""
    return schedule.shipped - schedule.received - schedule.lost


def room_over(schedule: Schedule, percent: Decimal | None) -> Decimal:
    """How much more than agreed may still leave or come, of the percentage tolerated: each piece over takes from it.

    percent: None where any quantity over is tolerated.
    """
    if percent is None:
        return Decimal("Infinity")
    over = schedule.shipped - schedule.rejected - schedule.lost - (schedule.quantity - schedule.never)
    return max(ZERO, schedule.quantity * percent / 100 - max(ZERO, over))


def shipping_state(schedules: Sequence[Schedule]) -> LineState:
    """Where an agreed line stands on its way, from its schedules alone. None is received while more is coming."""
    if all(s.accepted >= s.quantity - s.never and not in_transit(s) for s in schedules):
        return LineState.CLOSED_SHORT if any(s.never for s in schedules) else LineState.RECEIVED
    if any(s.received for s in schedules):
        return LineState.PART_RECEIVED
    if not any(s.shipped for s in schedules):
        return LineState.CONFIRMED
    return LineState.PART_SHIPPED if any(to_ship(s) for s in schedules) else LineState.SHIPPED


def still_missing(schedule: Schedule) -> Decimal:
    """What the buyer still waits for on a schedule, shipped or not."""
    return max(ZERO, schedule.quantity - schedule.never - schedule.accepted)


def due_on(schedule: Schedule) -> date:
    """The agreed day, or the wanted one until then."""
    return schedule.promised_on or schedule.wanted_on


def late_days(line: OrderLine, schedules: Sequence[Schedule], today: date) -> int:
    """How long something of a line has been missing after its day; 0 while it is not late."""
    if line.state in DEAD or line.state is LineState.ADDED_PROPOSED:
        return 0
    return max([0, *((today - due_on(s)).days for s in schedules if still_missing(s))])


@dataclass(frozen=True)
class Outlook:
    """What a workbench shows of an order: ``next_due_on`` is the earliest day on which something still has to come.

    ``unanswered_days``: since it was placed; None once answered. ``late_lines``: something is missing after its day.
    """

    line_count: int
    unanswered_lines: int
    waiting_lines: int
    late_lines: int
    next_due_on: date | None
    unanswered_days: int | None
    answer_due_on: date | None


def outlook(
    state: OrderState, placed_on: date, lines: Sequence[OrderLine], schedules: Mapping[int, Sequence[Schedule]],
    today: date,
) -> Outlook:  # fmt: skip
    """How an order stands on a day. schedules: line id -> its schedules."""
    asked = [line for line in lines if line.state not in DEAD and line.state is not LineState.ADDED_PROPOSED]
    due = {line.id: [due_on(s) for s in schedules[line.id or 0] if still_missing(s)] for line in asked}
    unanswered = state in UNANSWERED
    return Outlook(
        line_count=len(lines),
        unanswered_lines=sum(line.state is LineState.OPEN for line in lines),
        waiting_lines=sum(line.state in WAITING for line in lines),
        late_lines=sum(late_days(line, schedules[line.id or 0], today) > 0 for line in lines),
        next_due_on=min((day for days in due.values() for day in days), default=None),
        unanswered_days=(today - placed_on).days if unanswered else None,
        answer_due_on=placed_on + timedelta(days=ANSWER_DAYS) if unanswered else None,
    )


@dataclass(frozen=True)
class Promise:
    """A day the seller offers and how much will come on it; no day for a backorder without one."""

    on: date | None
    quantity: Decimal


@dataclass(frozen=True)
class Wanted:
    """A day the buyer wants goods on. ``schedule_id`` is kept by the first part promised against it."""

    schedule_id: int
    on: date
    quantity: Decimal


@dataclass(frozen=True)
class Matched:
    """Part of a wanted schedule, promised for a day. ``schedule_id`` is None for every further part."""

    schedule_id: int | None
    wanted_on: date
    promised_on: date | None
    quantity: Decimal


def match_promises(wanted: Sequence[Wanted], promised: Sequence[Promise]) -> list[Matched]:
    """Lay promised quantities on wanted days, earliest first; what exceeds them goes to the last wanted day.

    The quantities of the result sum to what is promised; a wanted schedule nothing falls on is left out.
    """
    asked = sorted((w for w in wanted if w.quantity), key=lambda w: (w.on, w.schedule_id))
    offers = sorted(promised, key=lambda p: (p.on is None, p.on or date.min))
    found: list[Matched] = []
    place, left, first = 0, asked[0].quantity, True
    for offer in offers:
        rest = offer.quantity
        while rest > 0:
            at_last = place == len(asked) - 1
            part = rest if at_last else min(rest, left)
            if part > 0:
                found.append(Matched(asked[place].schedule_id if first else None, asked[place].on, offer.on, part))
                rest, left, first = rest - part, left - part, False
            if left <= 0 and not at_last:
                place, first = place + 1, True
                left = asked[place].quantity
    return found


@dataclass(frozen=True)
class Terms:
    """What is asked or offered for one line."""

    quantity: Decimal
    unit_price: Decimal
    item_id: int


@dataclass(frozen=True)
class Allowed:
    """What a pair agrees to without asking; all zero where nothing was agreed. ``rule`` names it.

    ``value_limit``: of a line worth more, or in another currency, nothing is agreed so.
    """

    rule: str
    quantity_under_percent: Decimal = ZERO
    quantity_over_percent: Decimal = ZERO
    days_early: int = 0
    days_late: int = 0
    price_percent: Decimal = ZERO
    is_over_unlimited: bool = False
    value_limit: Decimal | None = None
    value_currency: str | None = None


class DeviationKind(StrEnum):
    """In what an offer can differ from what was asked."""

    ITEM = "item"
    QUANTITY = "quantity"
    PRICE = "price"
    DAY = "day"
    BACKORDER = "backorder"
    VALUE = "value"


@dataclass(frozen=True)
class Deviation:
    """One way in which an offer differs from what was asked. ``inside``: within the pair's tolerance.

    ``by``: offered less asked, as an amount or in days; ``percent`` of what was asked, where that can be said;
    ``least``, ``most``: what the pair tolerates, in percent or in days.
    """

    what: str
    inside: bool
    kind: DeviationKind = DeviationKind.ITEM
    asked: str | None = None
    offered: str | None = None
    by: Decimal | None = None
    percent: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def __str__(self) -> str:
        return self.what


def deviations(
    asked: Terms, offered: Terms, days: Sequence[Matched], allowed: Allowed, currency: str
) -> list[Deviation]:  # fmt: skip
    """Every difference between offer and order, judged by the pair's tolerance (C11). None: accepted as asked.

    Where there is any, and the line is worth more than the tolerance is for, that is told as one more.
    """
    found = []
    if offered.item_id != asked.item_id:
        found.append(Deviation("substitute item", inside=False))
    if offered.quantity != asked.quantity:
        under, over = (
            allowed.quantity_under_percent,
            None if allowed.is_over_unlimited else allowed.quantity_over_percent,
        )
        found.append(_amount(DeviationKind.QUANTITY, asked.quantity, offered.quantity, -under, over))
    if offered.unit_price != asked.unit_price:
        room = allowed.price_percent
        found.append(_amount(DeviationKind.PRICE, asked.unit_price, offered.unit_price, -room, room))
    for part in days:
        if part.promised_on is None:
            found.append(
                Deviation("a backorder without a day", False, DeviationKind.BACKORDER, offered=plain(part.quantity))
            )
        elif late := (part.promised_on - part.wanted_on).days:
            least, most = -allowed.days_early, allowed.days_late
            found.append(
                Deviation(
                    f"{part.wanted_on} -> {part.promised_on} ({late:+d} d)", least <= late <= most, DeviationKind.DAY,
                    str(part.wanted_on), str(part.promised_on), Decimal(late), None, Decimal(least), Decimal(most),
                )
            )  # fmt: skip
    value = max(asked.quantity * asked.unit_price, offered.quantity * offered.unit_price)
    if found and is_over_limit(value, currency, allowed):
        limit = f"{plain(allowed.value_limit or ZERO)} {allowed.value_currency}"
        same = allowed.value_limit if currency == allowed.value_currency else None
        found.append(
            Deviation(
                f"worth {plain(value)} {currency}, the rule is for {limit}", False, DeviationKind.VALUE,
                offered=plain(value), most=same,
            )
        )  # fmt: skip
    return found


def is_over_limit(value: Decimal, currency: str, allowed: Allowed) -> bool:
    """Whether a line is worth more than its tolerance is for; so is one in another currency, for nobody agreed on a rate."""
    return allowed.value_limit is not None and (currency != allowed.value_currency or value > allowed.value_limit)


def _amount(kind: DeviationKind, asked: Decimal, offered: Decimal, least: Decimal, most: Decimal | None) -> Deviation:
    """least, most: percent of what was asked that the pair tolerates less and more; None: any more."""
    inside = asked * (100 + least) / 100 <= offered and (most is None or offered <= asked * (100 + most) / 100)
    percent = round((offered - asked) * 100 / asked, 2) if asked else None
    what = f"{kind} {plain(asked)} -> {plain(offered)}"
    return Deviation(what, inside, kind, plain(asked), plain(offered), offered - asked, percent, least, most)
