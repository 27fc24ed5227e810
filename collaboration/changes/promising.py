"""Promise other days than agreed: inside the pair's tolerance by rule, else the buyer decides and the agreed day stands (C14)."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col

from collaboration.answer_clocks.running import start_clock, stop_clock
from collaboration.answer_clocks.tables import AnsweredKind, ClockEnd
from collaboration.changes.events import OrderRepromised, RepromiseDecided
from collaboration.changes.forms import NewPromise
from collaboration.changes.judging import deviation_days
from collaboration.changes.lifecycle import REPROMISE_LIFE, RepromiseState
from collaboration.changes.standing import Standing, settle_touched, standing_of
from collaboration.changes.tables import ChangeDecision, Repromise, RepromisedDay
from collaboration.changes.visibility import repromised_days_visible_to, repromises_visible_to
from collaboration.orders.agreeing import promise
from collaboration.orders.answers import allowed_by, check_promised_on
from collaboration.orders.decisions import DEAD, DONE, is_over_limit, to_ship
from collaboration.orders.moving import check_note, order_to_move
from collaboration.orders.responses import ANSWERERS
from collaboration.orders.tables import Order, OrderLine, Reason, Schedule
from collaboration.orders.visibility import tolerance_between
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, Rule
from kernel.work import UnitOfWork

SHIPPED = Rule(
    "repromise.before_shipment", "供应商对未发货的交期再承诺", "the seller, by naming days that are not shipped"
)


def repromise_order(
    work: UnitOfWork, actor: Actor, *, order_id: int, expected_version: int, reason: Reason,
    days: Sequence[NewPromise], note: str = "",
) -> Repromise:  # fmt: skip
    """The seller says that agreed goods will come on other days, and why.

    All days inside the pair's tolerance of the wanted ones: agreed by rule. Else the buyer decides on all of them, and
    the agreed days stand meanwhile. A newer promise takes the place of one that waits. Raises NotFound, Stale,
    NotAllowedNow, Invalid.
    """
    order = order_to_move(work, actor, order_id, verb="repromise_order", duty=ANSWERERS, version=expected_version)
    standing = standing_of(work, actor, order)
    own, by_schedule = {line.id or 0: line for line in standing.lines}, _by_id(standing)
    _check_days(own, by_schedule, days, today_of(work.now))
    rules = _rules(work, actor, order, own, by_schedule, days)
    give_way(work, actor, order)
    inside = all(rules.values())
    made = _write(work, actor, order, reason, check_note(note), inside)
    for one in days:
        schedule = by_schedule[one.schedule_id]
        work.session.add(
            RepromisedDay(
                repromise_id=made.id or 0, line_id=schedule.line_id, schedule_id=one.schedule_id,
                agreed_on=schedule.promised_on, promised_on=one.promised_on, rule=rules[one.schedule_id],
            )
        )  # fmt: skip
        schedule.expected_on = one.promised_on
        if inside:
            promise(schedule, one.promised_on)
    touched = [own[line_id] for line_id in dict.fromkeys(by_schedule[d.schedule_id].line_id for d in days)]
    settle_touched(work, standing, touched if inside else [], act="repromise_order")
    waiting = 0 if inside else len(days)
    assert made.id is not None
    if waiting:
        start_clock(work, order, AnsweredKind.REPROMISE, made.id, owed_by=Side.BUYER)
    work.record(
        OrderRepromised(
            order_id=order_id, repromise_id=made.id, reason=reason, days=len(days), waiting=waiting, state=made.state
        )
    )
    return made


def decide_on_repromise(
    work: UnitOfWork, actor: Actor, *, repromise_id: int, expected_version: int, decision: ChangeDecision
) -> Repromise:
    """The buyer agrees to the new days, or refuses: the agreed ones stand, and it is known what the seller expects.

    Raises NotFound, Stale, NotAllowedNow.
    """
    found = work.one(repromises_visible_to(actor).where(col(Repromise.id) == repromise_id), field="repromiseId")
    order = order_to_move(
        work, actor, found.order_id, verb="decide_on_repromise", duty=Role.BUYER, version=expected_version
    )
    one = work.one(repromises_visible_to(actor).where(col(Repromise.id) == repromise_id), lock=True)
    one.state = REPROMISE_LIFE.after(one.state, "decide_on_repromise", by=Side.BUYER, outcome=decision.value)
    one.settled_at = work.now
    standing, touched = standing_of(work, actor, order), list[OrderLine]()
    if decision is ChangeDecision.ACCEPT:
        touched = _agree(work, actor, standing, repromise_id)
    settle_touched(work, standing, touched, act="decide_on_repromise")
    stop_clock(work, AnsweredKind.REPROMISE, repromise_id, ClockEnd.ANSWERED)
    work.record(RepromiseDecided(order_id=found.order_id, repromise_id=repromise_id, decision=decision))
    return one


def give_way(work: UnitOfWork, actor: Actor, order: Order) -> None:
    """A promise that still waits is taken over by a newer one, or by a change of its order."""
    waiting = repromises_visible_to(actor).where(
        col(Repromise.order_id) == order.id, col(Repromise.state) == RepromiseState.WAITING
    )
    for one in work.all(waiting, lock=True):
        one.state = REPROMISE_LIFE.after(one.state, "repromise_order", by=Side.SELLER)
        one.settled_at = work.now
        stop_clock(work, AnsweredKind.REPROMISE, one.id or 0, ClockEnd.REPLACED)


def _by_id(standing: Standing) -> dict[int | None, Schedule]:
    return {s.id: s for days in standing.schedules.values() for s in days}


def _agree(work: UnitOfWork, actor: Actor, standing: Standing, repromise_id: int) -> list[OrderLine]:
    """The new days are agreed where something is still to be shipped. The lines they are of."""
    schedules = _by_id(standing)
    said = work.all(repromised_days_visible_to(actor).where(col(RepromisedDay.repromise_id) == repromise_id))
    for day in said:
        if to_ship(schedules[day.schedule_id]):
            promise(schedules[day.schedule_id], day.promised_on)
    named = {day.line_id for day in said}
    return [line for line in standing.lines if line.id in named]


def _check_days(
    own: Mapping[int, OrderLine], schedules: Mapping[int | None, Schedule], days: Sequence[NewPromise], today: date
) -> None:
    if not days:
        raise Invalid("days", "name at least one day that moves", "请至少填写一个变更的交期")
    seen: set[int] = set()
    for position, one in enumerate(days):
        place, schedule = f"days.{position}", schedules.get(one.schedule_id)
        if schedule is None or one.schedule_id in seen:
            raise Invalid(
                f"{place}.scheduleId",
                "name a schedule of this order, each once",
                "请填写此订单的交期，且每个交期仅填一次",
            )
        seen.add(one.schedule_id)
        if own[schedule.line_id].state in DEAD | DONE or not to_ship(schedule):
            raise Invalid(
                f"{place}.scheduleId",
                "nothing of this schedule is left to be shipped",
                "该交期已无待发数量",
                rule=SHIPPED,
            )
        check_promised_on(one.promised_on, f"{place}.promisedOn", today)
        if one.promised_on == schedule.promised_on == schedule.expected_on:
            raise Invalid(f"{place}.promisedOn", "this is the day that is agreed", "该日期与已商定的交期相同")


def _rules(
    work: UnitOfWork, actor: Actor, order: Order, own: Mapping[int, OrderLine],
    schedules: Mapping[int | None, Schedule], days: Sequence[NewPromise],
) -> dict[int, str | None]:  # fmt: skip
    """Schedule -> the tolerance its new day is inside of, measured from the wanted day; None outside."""
    pair = tolerance_between(actor, buyer_id=order.buyer_id, seller_id=order.seller_id)
    tolerances = {t.item_id: t for t in work.all(pair)}
    found: dict[int, str | None] = {}
    for one in days:
        schedule = schedules[one.schedule_id]
        allowed = allowed_by(tolerances.get(own[schedule.line_id].item_id) or tolerances.get(None))
        late, line = deviation_days(schedule, one.promised_on), own[schedule.line_id]
        inside = -allowed.days_early <= late <= allowed.days_late
        inside = inside and not is_over_limit(line.quantity * line.unit_price, order.currency, allowed)
        found[one.schedule_id] = (allowed.rule or None) if inside else None
    return found


def _write(
    work: UnitOfWork, actor: Actor, order: Order, reason: Reason, note: str, inside: bool
) -> Repromise:  # fmt: skip
    assert order.id is not None
    earlier = work.count(repromises_visible_to(actor).where(col(Repromise.order_id) == order.id))
    return work.add(
        Repromise(
            order_id=order.id, number=earlier + 1, reason=reason, note=note, promised_at=work.now,
            by_user=actor.user_id, settled_at=work.now if inside else None,
            state=RepromiseState.AGREED_BY_RULE if inside else RepromiseState.WAITING,
        )
    )  # fmt: skip
