"""Pure rules of orders: where lines and orders stand, what deviates, how promised days fall on wanted ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from collaboration.orders.lifecycle import LineState, OrderState
from collaboration.orders.tables import Schedule
from kernel.quantities import ZERO, plain

DEAD = frozenset({LineState.REJECTED, LineState.CANCELLED})
DONE = frozenset({LineState.RECEIVED, LineState.CLOSED_SHORT})
WAITING = frozenset({LineState.CHANGE_PROPOSED, LineState.ADDED_PROPOSED})


def order_state(lines: Iterable[LineState], *, acknowledged: bool) -> OrderState:
    """Where an order stands, from its lines alone (features.md 3.3: header status is derived)."""
    states = set(lines)
    live = states - DEAD
    if live & WAITING:
        return OrderState.COUNTERED
    if LineState.OPEN in live:
        return OrderState.ACKNOWLEDGED if acknowledged else OrderState.PLACED
    if not live:
        return OrderState.REJECTED if LineState.REJECTED in states else OrderState.CANCELLED
    if live <= DONE:
        return OrderState.DELIVERED
    return OrderState.CONFIRMED if live == {LineState.CONFIRMED} else OrderState.IN_DELIVERY


def to_ship(schedule: Schedule) -> Decimal:
    """What the seller still owes on a schedule: agreed, less given up, less what is on its way or was kept."""
    on_its_way_or_kept = schedule.shipped - schedule.rejected - schedule.lost
    return max(ZERO, schedule.quantity - schedule.never - on_its_way_or_kept)


def shipping_state(schedules: Sequence[Schedule]) -> LineState:
    """Where an agreed line stands on its way, from its schedules alone."""
    if all(s.accepted >= s.quantity - s.never for s in schedules):
        return LineState.CLOSED_SHORT if any(s.never for s in schedules) else LineState.RECEIVED
    if any(s.received for s in schedules):
        return LineState.PART_RECEIVED
    if not any(s.shipped for s in schedules):
        return LineState.CONFIRMED
    return LineState.PART_SHIPPED if any(to_ship(s) for s in schedules) else LineState.SHIPPED


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
    asked = sorted(wanted, key=lambda w: (w.on, w.schedule_id))
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
    """What a pair agrees to without asking; all zero where nothing was agreed. ``rule`` names it."""

    rule: str
    quantity_under_percent: Decimal = ZERO
    quantity_over_percent: Decimal = ZERO
    days_early: int = 0
    days_late: int = 0
    price_percent: Decimal = ZERO


@dataclass(frozen=True)
class Deviation:
    """One way in which an offer differs from what was asked. ``inside``: within the pair's tolerance."""

    what: str
    inside: bool

    def __str__(self) -> str:
        return self.what


def deviations(asked: Terms, offered: Terms, days: Sequence[Matched], allowed: Allowed) -> list[Deviation]:
    """Every difference between offer and order, judged by the pair's tolerance (C11). None: accepted as asked."""
    found = []
    if offered.item_id != asked.item_id:
        found.append(Deviation("substitute item", inside=False))
    if offered.quantity != asked.quantity:
        least = asked.quantity * (100 - allowed.quantity_under_percent) / 100
        most = asked.quantity * (100 + allowed.quantity_over_percent) / 100
        change = f"quantity {plain(asked.quantity)} -> {plain(offered.quantity)}"
        found.append(Deviation(change, inside=least <= offered.quantity <= most))
    if offered.unit_price != asked.unit_price:
        room = asked.unit_price * allowed.price_percent / 100
        change = f"price {plain(asked.unit_price)} -> {plain(offered.unit_price)}"
        found.append(Deviation(change, inside=abs(offered.unit_price - asked.unit_price) <= room))
    for part in days:
        if part.promised_on is None:
            found.append(Deviation("a backorder without a day", inside=False))
        elif late := (part.promised_on - part.wanted_on).days:
            inside = -allowed.days_early <= late <= allowed.days_late
            found.append(Deviation(f"{part.wanted_on} -> {part.promised_on} ({late:+d} d)", inside=inside))
    return found
