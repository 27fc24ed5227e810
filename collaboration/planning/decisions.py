"""The explosion of a plan: gross, less stock, less confirmed, is net; net by the bill in force, the lead time earlier, and on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal, localcontext

from chain.bills.decisions import Part, circular, taken_by
from chain.items.decisions import in_force
from collaboration.planning.tables import Outcome
from kernel.quantities import FRACTION_DIGITS, ZERO

Place = tuple[int, int]
"""(firm, item): the item as this firm needs it. Bought, it lies above the same item at its maker."""
LAST_DIGIT = Decimal(1).scaleb(-FRACTION_DIGITS)
DIGITS = 60


@dataclass(frozen=True)
class Demand:
    """So much of an item by a day, at a firm. ``customer_id``: the direct customer whose plan asks; None: its own."""

    firm_id: int
    item_id: int
    customer_id: int | None
    needed_on: date
    quantity: Decimal


@dataclass(frozen=True)
class DatedBill:
    """What an item is made of, from a day to a day."""

    valid_from: date
    valid_to: date | None
    parts: Sequence[Part]


@dataclass
class Supply:
    """What is there and what is agreed to come, by place. ``coming``: (day, quantity), earliest first."""

    stock: dict[Place, Decimal] = field(default_factory=dict)
    coming: dict[Place, list[tuple[date, Decimal]]] = field(default_factory=dict)

    def copy(self) -> "Supply":
        return Supply(dict(self.stock), {place: list(days) for place, days in self.coming.items()})

    def take(self, place: Place, wanted: Decimal, by: date) -> tuple[Decimal, Decimal]:
        """(from stock, from what comes by the day) of an amount wanted; what is taken is gone."""
        there = min(wanted, self.stock.get(place, ZERO))
        if there:
            self.stock[place] -= there
        came, days = ZERO, self.coming.get(place, [])
        for n, (day, quantity) in enumerate(days):
            part = min(quantity, wanted - there - came)
            if day > by or not part:
                break
            came += part
            days[n] = (day, quantity - part)
        self.coming[place] = [(day, quantity) for day, quantity in days if quantity]
        return there, came

    def give(self, place: Place, there: Decimal, came: Decimal, by: date) -> None:
        """Give up what an earlier step of the same plan took from stock and from what comes by the day."""
        self.stock[place] = max(ZERO, self.stock.get(place, ZERO) - there)
        kept, self.stock[place] = self.stock[place], ZERO
        self.take(place, came, by)
        self.stock[place] = kept


@dataclass
class Known:
    """All a plan stands on. ``makers``: item -> the firm that makes it; ``open_at``: places whose maker lets the firm look."""

    today: date
    makers: dict[int, int] = field(default_factory=dict)
    lead_days: dict[Place, int] = field(default_factory=dict)
    bills: dict[int, list[DatedBill]] = field(default_factory=dict)
    open_at: set[Place] = field(default_factory=set)
    supply: Supply = field(default_factory=Supply)


@dataclass(frozen=True)
class Need:
    """One row of the answer."""

    demand: Demand
    begin_on: date
    from_stock: Decimal
    from_orders: Decimal
    net: Decimal
    outcome: Outcome


@dataclass(frozen=True)
class Exploded:
    """``passed_on``: what a stopped explosion would have handed to other firms."""

    needs: list[Need]
    passed_on: list[Demand]


class TooLarge(Exception):
    """The plan needs more rows than one run may have."""


def sayable(quantity: Decimal) -> Decimal:
    """Rounded up to six decimals: nobody can be asked for less than the last digit, and too little helps nobody."""
    with localcontext(prec=DIGITS):
        return quantity.quantize(LAST_DIGIT, ROUND_UP).normalize() if quantity else ZERO


def explode(
    demands: Iterable[Demand], known: Known, *, within: int | None = None, most: int = 20_000,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Exploded:  # fmt: skip
    """Every need below some demands, each place reckoned once all that asks for it is known, earliest day first.

    within: stay inside this firm; what it would hand to others is told in ``passed_on``. A place that leads back to
    itself is told as such and goes no further. Raises TooLarge.
    """
    asked: dict[Place, dict[tuple[date, int | None], Decimal]] = defaultdict(dict)

    def ask(demand: Demand) -> None:
        days, key = asked[demand.firm_id, demand.item_id], (demand.needed_on, demand.customer_id)
        days[key] = days.get(key, ZERO) + demand.quantity

    for demand in demands:
        ask(demand)
    below = ways(known, set(asked), within)
    closed = circular(below)
    supply, needs, passed_on = known.supply.copy(), [], []
    order = in_order(below, closed)
    for done, place in enumerate(order):
        tell(done, len(order))
        for (day, customer), quantity in sorted(asked[place].items(), key=lambda x: (x[0][0], x[0][1] or 0)):
            demand = Demand(*place, customer, day, sayable(quantity))
            need = _circular(demand, known) if place in closed else _need(demand, known, supply)
            needs.append(need)
            if len(needs) > most:
                raise TooLarge
            for onward in _onward(need, known):
                if within is None or onward.firm_id == within:
                    ask(onward)
                else:
                    passed_on.append(onward)
    return Exploded(needs, passed_on)


def ways(known: Known, places: AbstractSet[Place], within: int | None) -> dict[Place, list[Place]]:
    """Place -> the places below it, of all that can be reached, whatever day a bill begins."""
    found: dict[Place, list[Place]] = {}
    waiting = sorted(places)
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        firm, item = place
        if known.makers[item] == firm:
            parts = {part.component_id for bill in known.bills.get(item, ()) for part in bill.parts}
            found[place] = [(firm, part) for part in sorted(parts)]
        elif place in known.open_at and within is None:
            found[place] = [(known.makers[item], item)]
        else:
            found[place] = []
        waiting += found[place]
    return found


def in_order(below: Mapping[Place, Sequence[Place]], closed: AbstractSet[Place]) -> list[Place]:
    """Every place after all that ask for it; nothing goes on from a closed one (Kahn, Comm. ACM 5, 1962)."""
    above = dict.fromkeys(below, 0)
    for place, parts in below.items():
        for part in parts if place not in closed else ():
            above[part] += 1
    found = sorted(place for place, count in above.items() if not count)
    for place in found:  # grows while it is read
        for part in below[place] if place not in closed else ():
            above[part] -= 1
            if not above[part]:
                found.append(part)
    return found


def _begin(demand: Demand, known: Known) -> date:
    days = known.lead_days.get((demand.firm_id, demand.item_id), 0)
    return demand.needed_on - timedelta(days=days)


def _circular(demand: Demand, known: Known) -> Need:
    return Need(demand, _begin(demand, known), ZERO, ZERO, demand.quantity, Outcome.CIRCULAR)


def _need(demand: Demand, known: Known, supply: Supply) -> Need:
    place, begin = (demand.firm_id, demand.item_id), _begin(demand, known)
    there, came = supply.take(place, demand.quantity, demand.needed_on)
    net = demand.quantity - there - came
    if not net:
        outcome = Outcome.COVERED
    elif known.makers[demand.item_id] != demand.firm_id:
        outcome = Outcome.PASSED_ON if place in known.open_at else Outcome.NOT_SHARED
    else:
        outcome = Outcome.EXPLODED if _bill(demand.item_id, begin, known) else Outcome.NO_BILL
    return Need(demand, begin, there, came, net, outcome)


def _bill(item_id: int, begin: date, known: Known) -> DatedBill | None:
    """The bill in force when the making begins; what ought to have begun already is made by today's."""
    return in_force(known.bills.get(item_id, ()), max(begin, known.today))


def _onward(need: Need, known: Known) -> list[Demand]:
    """What a need asks for one step further down."""
    at = need.demand
    if need.outcome is Outcome.PASSED_ON:
        return [Demand(known.makers[at.item_id], at.item_id, at.firm_id, at.needed_on, need.net)]
    bill = _bill(at.item_id, need.begin_on, known) if need.outcome is Outcome.EXPLODED else None
    if bill is None:
        return []
    return [
        Demand(at.firm_id, part.component_id, at.customer_id, need.begin_on, sayable(taken_by(need.net, part)))
        for part in bill.parts
    ]
