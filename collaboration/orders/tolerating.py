"""The tolerance a pair trades by: what it may say, and the buyer's setting it."""

from decimal import Decimal

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from collaboration.orders.answers import LARGEST
from collaboration.orders.events import ToleranceSet
from collaboration.orders.forms import ToleranceGiven
from collaboration.orders.tables import Tolerance
from collaboration.orders.visibility import tolerance_between
from kernel import codes
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.work import UnitOfWork

MOST_DAYS = 365
MOST_HOURS = 24 * 90


def check_tolerance(given: ToleranceGiven, place: str = "") -> None:
    """Raises Invalid naming the field, under ``place``."""
    percents = (
        ("quantityUnderPercent", given.quantity_under_percent), ("quantityOverPercent", given.quantity_over_percent),
        ("pricePercent", given.price_percent),
    )  # fmt: skip
    for field, percent in percents:
        if not 0 <= percent <= 100:
            raise Invalid(f"{place}{field}", "a percentage is 0 to 100", "百分比应在 0 至 100 之间")
    for field, days in (("daysEarly", given.days_early), ("daysLate", given.days_late)):
        if not 0 <= days <= MOST_DAYS:
            raise Invalid(f"{place}{field}", "days early and late are 0 to 365", "提前与延后天数应在 0 至 365 之间")
    _check_limit(given.value_limit, given.value_currency, place)
    _check_time(given, place)


def _check_limit(limit: Decimal | None, currency: str | None, place: str) -> None:
    if limit is None and currency is None:
        return
    if limit is None or not 0 < limit < LARGEST:
        raise Invalid(
            f"{place}valueLimit", "a value limit is more than 0; leave it and its currency out to have none",
            "价值上限须大于 0；不设上限时请同时留空币种",
        )  # fmt: skip
    if currency is None:
        raise Invalid(f"{place}valueCurrency", "a value limit says its currency", "填写价值上限时须注明币种")
    codes.currency(currency, f"{place}valueCurrency")


def _check_time(given: ToleranceGiven, place: str) -> None:
    hours, default = given.decide_within_hours, given.default_decision
    if hours is None and default is None:
        return
    if hours is None or not 1 <= hours <= MOST_HOURS:
        raise Invalid(
            f"{place}decideWithinHours", f"a time limit is 1 to {MOST_HOURS} hours, and goes with what is decided after it",
            f"决定时限为 1 至 {MOST_HOURS} 小时，并须与逾期处理方式一并填写",
        )  # fmt: skip
    if default is None:
        raise Invalid(
            f"{place}defaultDecision", "a time limit says what is decided once it has passed: accept or refuse",
            "设定决定时限时须注明逾期后接受还是不接受",
        )  # fmt: skip


def set_tolerance(
    work: UnitOfWork, actor: Actor, *, seller_id: int, given: ToleranceGiven, item_id: int | None = None
) -> Tolerance:
    """The buyer says which deviations of a seller it agrees to without asking, and what becomes of others in time.

    It binds the buyer alone: a default refuses, or accepts what the seller itself has offered. Raises NotAllowedNow,
    NotFound, Invalid.
    """
    require(actor, Role.BUYER)
    assert actor.party_id is not None
    work.one(firms_visible_to(actor).where(col(Firm.id) == seller_id), field="sellerId")
    if seller_id == actor.party_id:
        raise Invalid("sellerId", "a firm agrees on no tolerance with itself", "不能与本单位约定容差")
    if item_id is not None:
        offered = items_visible_to(actor).where(col(Item.firm_id) == seller_id)
        work.one(offered.where(col(Item.id) == item_id), field="itemId")
    check_tolerance(given)
    pair = tolerance_between(actor, buyer_id=actor.party_id, seller_id=seller_id)
    tolerance = work.maybe(pair.where(col(Tolerance.item_id).is_not_distinct_from(item_id)), lock=True)
    if tolerance is None:
        tolerance = Tolerance(buyer_id=actor.party_id, seller_id=seller_id, item_id=item_id, set_at=work.now)
    for name, value in vars(given).items():
        setattr(tolerance, name, value)
    tolerance.set_at = work.now
    work.add(tolerance)
    assert tolerance.id is not None
    work.record(ToleranceSet(tolerance_id=tolerance.id, on=today_of(work.now)))
    return tolerance
