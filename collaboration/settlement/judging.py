"""The three-way match, pure: an invoice line beside what was agreed, what was accepted and what was invoiced before.

Quantities are compared over all that was ever invoiced of an order line, so that two invoices never count the same accepted
goods, and what is tolerated is tolerated once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext

from collaboration.settlement.tables import MatchOutcome
from kernel.quantities import ZERO

PASSING = frozenset({MatchOutcome.MATCHED, MatchOutcome.IN_TOLERANCE})
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Claim:
    """One invoice line of an order line. ``is_approved``: its invoice was accepted, so it stands before all that wait."""

    line_id: int
    quantity: Decimal
    unit_price: Decimal
    tax_percent: Decimal
    is_approved: bool
    submitted_at: datetime


@dataclass(frozen=True)
class Agreed:
    """What both are bound by of an order line, and how much of it was accepted."""

    unit_price: Decimal
    accepted: Decimal


@dataclass(frozen=True)
class Allowed:
    """What a buyer tolerates: of a percentage and an absolute the narrower, of neither nothing."""

    quantity_percent: Decimal | None = None
    quantity_absolute: Decimal | None = None
    price_percent: Decimal | None = None
    price_absolute: Decimal | None = None
    tax_percent: Decimal | None = None

    def over(self, accepted: Decimal) -> Decimal:
        return _narrower(accepted, self.quantity_percent, self.quantity_absolute)

    def price(self, agreed: Decimal) -> Decimal:
        return _narrower(agreed, self.price_percent, self.price_absolute)


def _narrower(base: Decimal, percent: Decimal | None, absolute: Decimal | None) -> Decimal:
    with localcontext(prec=80):
        stated = [] if percent is None else [base * percent / HUNDRED]
    stated += [] if absolute is None else [absolute]
    return min(stated, default=ZERO)


@dataclass(frozen=True)
class Judgement:
    """``blocked_by``: all that is wrong; ``outcome``: the first of it, or that it passes."""

    outcome: MatchOutcome
    blocked_by: tuple[MatchOutcome, ...]
    accepted: Decimal
    invoiced_before: Decimal
    agreed_price: Decimal | None


def invoiced_before(claims: Iterable[Claim]) -> dict[int, Decimal]:
    """Line id -> what others of the same order line stand before it: accepted invoices first, then as they were submitted."""
    found, so_far = dict[int, Decimal](), ZERO
    for claim in sorted(claims, key=lambda c: (not c.is_approved, c.submitted_at, c.line_id)):
        found[claim.line_id] = so_far
        so_far += claim.quantity
    return found


def judge(claim: Claim, agreed: Agreed | None, before: Decimal, allowed: Allowed) -> Judgement:
    """agreed: None where no order line is named, or it binds nobody."""
    if agreed is None:
        return Judgement(MatchOutcome.NO_ORDER, (MatchOutcome.NO_ORDER,), ZERO, before, None)
    if not claim.quantity:  # all of it was taken back
        return Judgement(MatchOutcome.MATCHED, (), agreed.accepted, before, agreed.unit_price)
    over = before + claim.quantity - agreed.accepted
    deviation = abs(claim.unit_price - agreed.unit_price)
    wrong = []
    if not agreed.accepted:
        wrong.append(MatchOutcome.NO_RECEIPT)
    elif over > allowed.over(agreed.accepted):
        wrong.append(MatchOutcome.QUANTITY_BLOCKED)
    if deviation > allowed.price(agreed.unit_price):
        wrong.append(MatchOutcome.PRICE_BLOCKED)
    if allowed.tax_percent not in (None, claim.tax_percent):
        wrong.append(MatchOutcome.TAX_DIFFERS)
    passing = MatchOutcome.IN_TOLERANCE if over > 0 or deviation else MatchOutcome.MATCHED
    return Judgement(wrong[0] if wrong else passing, tuple(wrong), agreed.accepted, before, agreed.unit_price)


def judge_all(claims: Sequence[Claim], agreed: Agreed | None, allowed: Allowed) -> dict[int, Judgement]:
    """Every line that waits, of one order line; those of accepted invoices stand as they were judged."""
    before = invoiced_before(claims)
    return {
        claim.line_id: judge(claim, agreed, before[claim.line_id], allowed) for claim in claims if not claim.is_approved
    }
