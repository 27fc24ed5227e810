"""Pure rules of releases: what one may say, what of it is called off anew, how two differ, and what both firms count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from collaboration.scheduling_agreements.forms import Bucket
from collaboration.scheduling_agreements.tables import Period, Zone
from kernel.errors import Invalid, Rule
from kernel.quantities import WHOLE_DIGITS, ZERO, not_negative, plain

MOST_BUCKETS, FARTHEST_DAYS, MOST_NOTICE_DAYS = 400, 3660, 365
LONGEST_NUMBER, LONGEST_NOTE, LONGEST_REASON, LARGEST_NUMBER = 50, 1000, 400, 999_999
LARGEST = Decimal(10) ** WHOLE_DIGITS
FROZEN = Rule(
    "release.firm_zone_is_frozen",
    "供应商接受对应要货单的变更",
    "the seller, by accepting a change of the order that calls it off",
)
NOTICE = Rule(
    "release.notice",
    "供需双方另签计划协议，或采购方单独要货",
    "both firms by another agreement, or the buyer by a call-off of its own",
)
RISING = Rule("release.number", "采购方填写更大的版次", "the buyer, by a higher number")


def check_buckets(buckets: Sequence[Bucket], today: date) -> None:
    """By day, none overlapping, zones never tighter later on. Raises Invalid naming the field."""
    if not 1 <= len(buckets) <= MOST_BUCKETS:
        raise Invalid(
            "buckets", f"a release has 1 to {MOST_BUCKETS} buckets", f"要货计划应有 1 至 {MOST_BUCKETS} 个时段"
        )
    zones = list(Zone)
    for n, one in enumerate(buckets):
        place, before = f"buckets.{n}", buckets[n - 1] if n else None
        if one.period is Period.WEEK and one.starts_on.weekday():
            raise Invalid(f"{place}.startsOn", "a week begins on a Monday", "按周的时段须从星期一开始")
        if one.ends_on < today or one.starts_on > today + timedelta(days=FARTHEST_DAYS):
            raise Invalid(
                f"{place}.startsOn",
                f"{one.starts_on} is past or more than ten years away",
                f"{one.starts_on} 已过或超过十年",
            )
        if before is not None and one.starts_on <= before.ends_on:
            raise Invalid(f"{place}.startsOn", "buckets go by day and do not overlap", "时段须按日期递增且不重叠")
        if before is not None and zones.index(one.zone) < zones.index(before.zone):
            raise Invalid(
                f"{place}.zone",
                "a later bucket is no more binding than the one before it",
                "后面时段的区间不得比前面更紧",
            )
        if not_negative(one.quantity, f"{place}.quantity") >= LARGEST:
            raise Invalid(f"{place}.quantity", "this is more than any quantity can say", "数量超出可表示范围")


@dataclass(frozen=True)
class Increment:
    """What of a bucket is called off anew, on which day. ``position``: of the bucket in its release."""

    position: int
    on: date
    quantity: Decimal


def increments(
    buckets: Sequence[Bucket], called: Mapping[date, Decimal], *, today: date, notice_days: int
) -> list[Increment]:
    """What the firm zone asks beyond what is called off already.

    called: day -> what live call-offs of the agreement want on it. What is called stands: a firm quantity below it, or none at
    all, is refused, for less needs the seller's word on the order. Raises Invalid.
    """
    firm = [(n, one) for n, one in enumerate(buckets) if one.zone is Zone.FIRM]
    left_out = sorted(day for day, much in called.items() if much and day >= today and not _covered(day, firm))
    if left_out:
        raise Invalid("buckets", *_frozen(called[left_out[0]], left_out[0], ZERO), rule=FROZEN)
    found = []
    for n, one in firm:
        so_far = sum((much for day, much in called.items() if one.holds(day)), ZERO)
        if one.quantity < so_far:
            raise Invalid(f"buckets.{n}.quantity", *_frozen(so_far, one.starts_on, one.quantity), rule=FROZEN)
        if one.quantity > so_far:
            found.append(_increment(n, one, one.quantity - so_far, today, notice_days))
    return found


def _covered(day: date, firm: Iterable[tuple[int, Bucket]]) -> bool:
    return any(one.holds(day) for _, one in firm)


def _frozen(called: Decimal, day: date, asked: Decimal) -> tuple[str, str]:
    return (
        f"{plain(called)} for {day} are called off already, this release says {plain(asked)}; ask for a change of that order and "
        "publish again once the seller has accepted",
        f"{day} 已要货 {plain(called)}，本版要货计划为 {plain(asked)}；确定区数量已冻结，请先变更对应要货单，供应商接受后再发布",
    )


def _increment(position: int, bucket: Bucket, quantity: Decimal, today: date, notice_days: int) -> Increment:
    on, earliest = max(bucket.starts_on, today), today + timedelta(days=notice_days)
    if on < earliest:
        raise Invalid(
            f"buckets.{position}.quantity",
            f"{plain(quantity)} more are wanted on {on}; the agreement gives the seller {notice_days} days, so {earliest} or later",
            f"{on} 新增 {plain(quantity)}；协议约定提前 {notice_days} 天，最早为 {earliest}", rule=NOTICE,
        )  # fmt: skip
    return Increment(position, on, quantity)


@dataclass(frozen=True)
class Part:
    """A schedule of a call-off under the agreement, as far as it counts."""

    wanted_on: date
    called: Decimal
    shipped: Decimal
    received: Decimal


@dataclass(frozen=True)
class Cumulative:
    """What both firms count from the zero point to the end of a day, in the agreement's unit.

    ``called``: wanted by that day; ``called_in_all``: whatever its day; ``shipped``: on its way or kept; ``received``: accepted;
    ``in_transit`` = shipped − received; ``backlog`` = called − received, negative when the seller is ahead.
    """

    on: date
    called: Decimal
    called_in_all: Decimal
    shipped: Decimal
    received: Decimal

    @property
    def called_later(self) -> Decimal:
        return self.called_in_all - self.called

    @property
    def in_transit(self) -> Decimal:
        return self.shipped - self.received

    @property
    def backlog(self) -> Decimal:
        return self.called - self.received


def cumulative(parts: Iterable[Part], on: date) -> Cumulative:
    """The sums of the parts."""
    known = list(parts)
    return Cumulative(
        on,
        sum((part.called for part in known if part.wanted_on <= on), ZERO),
        sum((part.called for part in known), ZERO),
        sum((part.shipped for part in known), ZERO),
        sum((part.received for part in known), ZERO),
    )


@dataclass(frozen=True)
class Changed:
    """A bucket in two releases; None where one of them has none. ``is_firm_cut``: less of what was firm, and not past.

    ``is_past``: it ended before the later release, or had begun and is not said again: what is called off of it stands.
    """

    starts_on: date
    period: Period
    zone_before: Zone | None
    quantity_before: Decimal | None
    zone_after: Zone | None
    quantity_after: Decimal | None
    change: Decimal
    is_firm_cut: bool
    is_past: bool


def difference(before: Iterable[Bucket], after: Iterable[Bucket], *, published_on: date) -> list[Changed]:
    """Bucket by bucket, by day. published_on: the day of the later release; what is past by then is not dropped."""
    olds = {(one.starts_on, one.period): one for one in before}
    news = {(one.starts_on, one.period): one for one in after}
    found = []
    for place in sorted(olds.keys() | news.keys(), key=lambda place: (place[0], place[1].value)):
        old, new = olds.get(place), news.get(place)
        some = old or new
        assert some is not None
        is_past = some.ends_on < published_on or (new is None and some.starts_on < published_on)
        was, now = (ZERO if one is None else one.quantity for one in (old, new))
        cut = old is not None and old.zone is Zone.FIRM and now < was and not is_past
        found.append(
            Changed(
                place[0], place[1], old.zone if old else None, old.quantity if old else None,
                new.zone if new else None, new.quantity if new else None, ZERO if is_past else now - was, cut, is_past,
            )
        )  # fmt: skip
    return found
