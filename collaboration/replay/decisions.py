"""Replay answers under a proposed tolerance: facts in, outcome out (features.md section 4, idea 4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from collaboration.orders.decisions import Allowed, Matched, Terms, deviations
from collaboration.orders.tables import Verdict
from kernel.quantities import ZERO

DECLINED = frozenset({Verdict.REFUSED, Verdict.COUNTERED, Verdict.CANCELLED})
"""The buyer did not take what was offered."""

Part = tuple[date, Decimal]
"""A day and how much: wanted on it, or accepted on it."""


@dataclass(frozen=True)
class Answered:
    """One answered line that differed from what was asked of it then.

    ``days``: the offered days laid on the wanted ones; ``verdict``: what became of it; ``in_force``: what the pair agrees
    to without asking today. ``came``: what was accepted of the line, on which day; ``is_bound``: both came to be bound by
    the line, in the end; ``is_over``: and nothing more of it is to come.
    """

    response_line_id: int
    order_id: int
    line_id: int
    line_number: int
    seller_id: int
    item_id: int
    answered_at: datetime
    currency: str
    asked: Terms
    offered: Terms
    days: Sequence[Matched]
    wanted: Sequence[Part]
    verdict: Verdict
    in_force: Allowed
    came: Sequence[Part] = ()
    is_bound: bool = False
    is_over: bool = False


@dataclass(frozen=True)
class Risk:
    """What a proposed tolerance would let through with one line.

    ``is_declined``: the buyer refused or cancelled it then. ``late_days``, ``short``: what came of the line after its wanted
    day, and how much never did. ``price_rise``: dearer in all than asked, in the order's currency. ``extra_days``: the most
    any part was offered after its wanted day.
    """

    answered: Answered
    is_declined: bool
    late_days: int
    short: Decimal
    price_rise: Decimal
    extra_days: int

    @property
    def is_any(self) -> bool:
        return bool(self.is_declined or self.late_days or self.short or self.price_rise or self.extra_days)


@dataclass(frozen=True)
class Outcome:
    """Of ``differed`` lines, how many were agreed by rule then, would be today, and would be under the proposed tolerance.

    ``risks``: of the lines it would agree, those that bear one, newest first. ``price_rises``: by currency.
    """

    differed: int = 0
    agreed_then: int = 0
    agreed_today: int = 0
    agreed_proposed: int = 0
    risks: Sequence[Risk] = ()
    price_rises: dict[str, Decimal] = field(default_factory=dict)

    def share(self, agreed: int) -> Decimal:
        """In percent of what differed; 0 where nothing did."""
        return round(Decimal(agreed * 100) / self.differed, 1) if self.differed else ZERO

    @property
    def declined(self) -> int:
        return sum(r.is_declined for r in self.risks)

    @property
    def late(self) -> int:
        return sum(r.late_days > 0 for r in self.risks)

    @property
    def short(self) -> int:
        return sum(r.short > 0 for r in self.risks)

    @property
    def extra_days(self) -> int:
        return sum(r.extra_days for r in self.risks)


def replay(answers: Iterable[Answered], proposed: Allowed, today: date) -> Outcome:
    """Each answer judged on its own: nothing is guessed of what would have followed an earlier agreement."""
    told = list(answers)
    let_through = [one for one in told if is_agreed(one, proposed)]
    risks = [risk for one in let_through if (risk := risk_of(one, today)).is_any]
    risks.sort(key=lambda r: (r.answered.answered_at, r.answered.response_line_id), reverse=True)
    rises: dict[str, Decimal] = {}
    for risk in risks:
        if risk.price_rise:
            rises[risk.answered.currency] = rises.get(risk.answered.currency, ZERO) + risk.price_rise
    return Outcome(
        differed=len(told),
        agreed_then=sum(one.verdict is Verdict.BY_RULE for one in told),
        agreed_today=sum(is_agreed(one, one.in_force) for one in told),
        agreed_proposed=len(let_through),
        risks=risks,
        price_rises=dict(sorted(rises.items())),
    )


def is_agreed(one: Answered, allowed: Allowed) -> bool:
    return all(d.inside for d in deviations(one.asked, one.offered, one.days, allowed, one.currency))


def risk_of(one: Answered, today: date) -> Risk:
    offered_late = [(d.promised_on - d.wanted_on).days for d in one.days if d.promised_on is not None]
    late, short = late_and_short(one.wanted, one.came, is_over=one.is_over, today=today) if one.is_bound else (0, ZERO)
    rise = max(ZERO, one.offered.unit_price - one.asked.unit_price) * one.offered.quantity
    return Risk(one, one.verdict in DECLINED, late, short, rise, max([0, *offered_late]))


def late_and_short(
    wanted: Sequence[Part], came: Sequence[Part], *, is_over: bool, today: date
) -> tuple[int, Decimal]:  # fmt: skip
    """Days the latest part of a line came after its wanted day, or has been missing since; and what never came.

    What came is laid on the wanted days earliest first. While more is to come nothing is short yet.
    """
    arrived = sorted(came)
    total = sum((quantity for _, quantity in arrived), ZERO)
    late, asked = 0, ZERO
    for on, quantity in sorted(wanted):
        asked += quantity
        goal = min(asked, total) if is_over else asked
        done = _reached(arrived, goal) if goal else on
        late = max(late, ((done or today) - on).days)
    return late, max(ZERO, asked - total) if is_over else ZERO


def _reached(arrived: Sequence[Part], goal: Decimal) -> date | None:
    """The day on which so much had come; None: not yet."""
    so_far = ZERO
    for on, quantity in arrived:
        so_far += quantity
        if so_far >= goal:
            return on
    return None
