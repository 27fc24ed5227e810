"""Judge a seller's answer line by line: what is agreed as asked, what by the pair's rule, what waits for the buyer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from collaboration.orders.decisions import (
    Allowed,
    Deviation,
    Matched,
    Promise,
    Terms,
    Wanted,
    deviations,
    is_over_limit,
    match_promises,
)
from collaboration.orders.forms import LineAnswered, ToleranceGiven
from collaboration.orders.tables import DefaultDecision, LineAnswer, OrderLine, Schedule, Tolerance, Verdict
from kernel.errors import Invalid
from kernel.quantities import WHOLE_DIGITS, ZERO, not_negative, plain, positive

MOST_SCHEDULES = 400
FARTHEST_DAYS = 3660
LARGEST = Decimal(10) ** WHOLE_DIGITS
"""Amounts, and what a line is worth, stay below this: what an API amount can hold."""


@dataclass(frozen=True)
class Judged:
    """One answered line with its verdict, ready to be written."""

    given: LineAnswered
    terms: Terms
    verdict: Verdict
    promises: Sequence[Promise] = field(default=())
    matched: Sequence[Matched] = field(default=())
    rule: str | None = None
    deviation: str = ""
    limit: "Limited | None" = None


@dataclass(frozen=True)
class Limited:
    """Until when a line waits for the buyer, and what is decided for it then, under which rule."""

    by: datetime
    default: DefaultDecision
    rule: str


def allowed_by(tolerance: Tolerance | None) -> Allowed:
    """What a pair agrees to without asking; nothing where it set no tolerance."""
    if tolerance is None:
        return Allowed(rule="")
    scope = "pair" if tolerance.item_id is None else "pair-item"
    return allowed_of(tolerance, f"tolerance.{scope}.{tolerance.id}")


def allowed_of(said: Tolerance | ToleranceGiven, rule: str) -> Allowed:
    """What a tolerance, set or tried out, agrees to under that name."""
    return Allowed(
        rule=rule, quantity_under_percent=said.quantity_under_percent, quantity_over_percent=said.quantity_over_percent,
        days_early=said.days_early, days_late=said.days_late, price_percent=said.price_percent,
        is_over_unlimited=said.is_over_unlimited, value_limit=said.value_limit, value_currency=said.value_currency,
    )  # fmt: skip


def wanted_of(schedules: Sequence[Schedule]) -> list[Wanted]:
    """The days a line is wanted on; a schedule an earlier act left with nothing is none."""
    return [Wanted(s.id or 0, s.wanted_on, s.quantity) for s in schedules if s.quantity]


def with_limit(
    judged: Judged, line: OrderLine | None, tolerance: Tolerance | None, currency: str, now: datetime
) -> Judged:
    """A line that waits, with the time its tolerance gives the buyer, in hours of the clock on the wall.

    What no tolerance agrees is not accepted by letting time pass either: another item, an added line (``line`` is None),
    goods said to have come, a backorder without a day, a line worth more than the value limit.
    """
    if judged.verdict is not Verdict.WAITING or tolerance is None or tolerance.decide_within_hours is None:
        return judged
    default, allowed = tolerance.default_decision, allowed_by(tolerance)
    assert default is not None
    if default is DefaultDecision.ACCEPT:
        if line is None or judged.given.answer is LineAnswer.ALREADY_DELIVERED:
            return judged
        worth = max(judged.terms.quantity * judged.terms.unit_price, line.ordered_quantity * line.ordered_unit_price)
        strange = judged.terms.item_id != line.ordered_item_id or any(p.on is None for p in judged.promises)
        if strange or is_over_limit(worth, currency, allowed):
            return judged
    by = now + timedelta(hours=tolerance.decide_within_hours)
    return replace(judged, limit=Limited(by, default, allowed.rule))


def check_worth(quantity: Decimal, unit_price: Decimal, place: str) -> None:
    """Raises Invalid for a line worth more than any amount can say."""
    if quantity * unit_price >= LARGEST:
        raise Invalid(
            f"{place}.unitPrice", f"quantity times price has at most {WHOLE_DIGITS} digits before the point",
            f"数量乘以单价的整数部分不得超过 {WHOLE_DIGITS} 位",
        )  # fmt: skip


def judge(
    given: LineAnswered, line: OrderLine, schedules: Sequence[Schedule], *, allowed: Allowed, currency: str, place: str,
    today: date,
) -> Judged:  # fmt: skip
    """What becomes of one answer to one ordered line. Pure. Raises Invalid naming ``place`` and field."""
    asked = Terms(line.ordered_quantity, line.ordered_unit_price, line.ordered_item_id)
    if given.answer is LineAnswer.REJECTED:
        if given.reason is None:
            raise Invalid(f"{place}.reason", "a rejected line needs a reason", "拒绝订单行时必须填写原因")
        return Judged(given, asked, Verdict.AGREED)
    wanted = wanted_of(schedules)
    promises = _promises(given, wanted, place, today)
    offered = Terms(
        sum((p.quantity for p in promises), ZERO),
        asked.unit_price if given.unit_price is None else not_negative(given.unit_price, f"{place}.unitPrice"),
        given.substitute_item_id or asked.item_id,
    )
    check_worth(offered.quantity, offered.unit_price, place)
    matched = match_promises(wanted, promises)
    found = deviations(asked, offered, matched, allowed, currency)
    said = "; ".join(map(str, found))[:400]
    if given.answer is LineAnswer.ACCEPTED and found:
        raise Invalid(
            f"{place}.answer",
            f"an accepted line stands as ordered, this one differs ({said}): answer CHANGED",
            f"“接受”须与订单一致，此行有差异（{said}）：请选择“修改”",
        )
    if given.answer is LineAnswer.ALREADY_DELIVERED:
        return Judged(given, offered, Verdict.WAITING, promises, matched, deviation="already delivered")
    if not found:
        return Judged(given, offered, Verdict.AGREED, promises, matched)
    if all(d.inside for d in found):
        return Judged(given, offered, Verdict.BY_RULE, promises, matched, allowed.rule, said)
    return Judged(given, offered, Verdict.WAITING, promises, matched, None, said)


def differences(
    line: OrderLine, schedules: Sequence[Schedule], offered: Terms, promises: Sequence[Promise], allowed: Allowed,
    currency: str,
) -> list[Deviation]:  # fmt: skip
    """How an answer read back differs from what was asked, beside what the pair tolerates."""
    asked = Terms(line.ordered_quantity, line.ordered_unit_price, line.ordered_item_id)
    return deviations(asked, offered, match_promises(wanted_of(schedules), promises), allowed, currency)


def judge_added(given: LineAnswered, beside: OrderLine | None, *, place: str, today: date) -> Judged:
    """A line the seller adds: always for the buyer to decide. Raises Invalid."""
    item_id = given.substitute_item_id or (beside.item_id if beside else None)
    price = given.unit_price if given.unit_price is not None else (beside.unit_price if beside else None)
    if item_id is None or price is None:
        raise Invalid(
            f"{place}.substituteItemId",
            "an added line names the item it offers and its unit price, or the line it goes beside",
            "新增行须注明物料与单价，或注明所补充的订单行",
        )
    if not given.schedules:
        raise Invalid(f"{place}.schedules", "an added line says on which days it will come", "新增行须填写交货计划")
    promises = _promises(given, [], place, today)
    total = sum((p.quantity for p in promises), ZERO)
    terms = Terms(total, not_negative(price, f"{place}.unitPrice"), item_id)
    check_worth(total, terms.unit_price, place)
    matched = [Matched(None, p.on or today, p.on, p.quantity) for p in promises]
    return Judged(given, terms, Verdict.WAITING, promises, matched, deviation="added line")


def _promises(given: LineAnswered, wanted: Sequence[Wanted], place: str, today: date) -> list[Promise]:
    """The days and quantities an answer comes down to. Raises Invalid."""
    offered = [Promise(s.promised_on, s.quantity) for s in given.schedules]
    if len(offered) > MOST_SCHEDULES:
        raise Invalid(
            f"{place}.schedules", f"at most {MOST_SCHEDULES} days a line", f"每行最多 {MOST_SCHEDULES} 个交期"
        )
    earliest = date.min if given.answer is LineAnswer.ALREADY_DELIVERED else today
    for position, day in enumerate(given.schedules):
        positive(day.quantity, f"{place}.schedules.{position}.quantity")
        check_promised_on(day.promised_on, f"{place}.schedules.{position}.promisedOn", today, earliest)
    total = sum((p.quantity for p in offered), ZERO)
    if not offered:
        offered, total = _on_wanted_days(given, wanted, place)
    elif given.quantity is not None and given.quantity != total:
        raise Invalid(
            f"{place}.quantity", f"the quantity is {plain(given.quantity)}, its days sum to {plain(total)}",
            f"数量为 {plain(given.quantity)}，但各交期合计 {plain(total)}",
        )  # fmt: skip
    if given.backorder_maximum is not None and not_negative(given.backorder_maximum, f"{place}.backorderMaximum"):
        offered.append(Promise(None, given.backorder_maximum))
        total += given.backorder_maximum
    if total >= LARGEST:
        raise Invalid(
            f"{place}.schedules", f"the days sum to more than {WHOLE_DIGITS} digits before the point",
            f"各交期合计的整数部分不得超过 {WHOLE_DIGITS} 位",
        )  # fmt: skip
    return offered


def check_promised_on(on: date, field: str, today: date, earliest: date | None = None) -> None:
    """Raises Invalid(field) for a day before the earliest, today unless said, or too far away."""
    if not (earliest or today) <= on <= today + timedelta(days=FARTHEST_DAYS):
        raise Invalid(
            field, f"{on} is past or more than ten years away; promise today or later",
            f"{on} 已过或超过十年；承诺日期不得早于今天",
        )  # fmt: skip


def _on_wanted_days(given: LineAnswered, wanted: Sequence[Wanted], place: str) -> tuple[list[Promise], Decimal]:
    """No days given: the wanted days stand. A smaller quantity then needs a single wanted day to fall on."""
    asked = sum((w.quantity for w in wanted), ZERO)
    quantity = asked if given.quantity is None else positive(given.quantity, f"{place}.quantity")
    if quantity != asked and len(wanted) != 1:
        raise Invalid(
            f"{place}.schedules", "say on which days the changed quantity will come", "数量有变更，请填写各交期及数量"
        )
    if len(wanted) == 1:
        return [Promise(wanted[0].on, quantity)], quantity
    return [Promise(w.on, w.quantity) for w in wanted], quantity


def pair_lines(lines: Sequence[OrderLine], given: Sequence[LineAnswered], answerable: Mapping[int, OrderLine]) -> None:
    """Every answer names a line of this order once, and every open line is answered. Raises Invalid."""
    known, seen = {line.id for line in lines}, set()
    for position, answer in enumerate(given):
        if answer.line_id is not None and answer.line_id not in known:
            raise Invalid(f"lines.{position}.lineId", "this line is not of this order", "该行不属于此订单")
        if answer.answer is LineAnswer.ADDED:
            continue
        if answer.line_id is None:
            raise Invalid(f"lines.{position}.lineId", "name the line that is answered", "请注明所答复的订单行")
        if answer.line_id in seen:
            raise Invalid(f"lines.{position}.lineId", "this line is answered twice", "同一订单行重复答复")
        seen.add(answer.line_id)
    missing = [str(line.number) for line_id, line in answerable.items() if line_id not in seen]
    if missing:
        raise Invalid(
            "lines",
            f"once one line is answered all are: lines {', '.join(missing)} have no answer",
            f"一旦答复则须答复全部订单行：第 {'、'.join(missing)} 行尚未答复",
        )
