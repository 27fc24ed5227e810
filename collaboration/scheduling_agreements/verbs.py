"""What people do about scheduling agreements: propose, answer and end one; publish, acknowledge and object to its releases."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.frameworks.calling_off import call_off, check_valid
from collaboration.frameworks.forms import LineCalledOff
from collaboration.frameworks.lifecycle import FRAMEWORK_LIFE
from collaboration.frameworks.tables import Framework, FrameworkLine
from collaboration.frameworks.visibility import framework_lines_visible_to, frameworks_visible_to
from collaboration.frameworks.visibility import side_of as side_of_framework
from collaboration.orders.decisions import UNANSWERED
from collaboration.orders.forms import WantedDay
from collaboration.orders.tables import Answer, Order, Reason
from collaboration.orders.verbs import respond_to_order
from collaboration.orders.visibility import orders_visible_to
from collaboration.scheduling_agreements import decisions
from collaboration.scheduling_agreements.decisions import Increment
from collaboration.scheduling_agreements.events import (
    ReleaseAcknowledged,
    ReleaseObjected,
    ReleasePublished,
    SchedulingAgreementAccepted,
    SchedulingAgreementDeclined,
    SchedulingAgreementEnded,
    SchedulingAgreementProposed,
)
from collaboration.scheduling_agreements.forms import Bucket
from collaboration.scheduling_agreements.lifecycle import RELEASE_LIFE, SCHEDULING_AGREEMENT_LIFE, ReleaseState
from collaboration.scheduling_agreements.reads import called_by_day, parts_of
from collaboration.scheduling_agreements.tables import ReleaseBucket, ScheduleRelease, SchedulingAgreement
from collaboration.scheduling_agreements.visibility import (
    releases_visible_to,
    scheduling_agreements_visible_to,
    side_of,
)
from kernel.access import Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, Stale
from kernel.quantities import ZERO
from kernel.texts import words
from kernel.work import UnitOfWork


def propose_scheduling_agreement(
    work: UnitOfWork, actor: Actor, *, framework_line_id: int, number: str, notice_days: int, note: str = ""
) -> SchedulingAgreement:
    """The buyer proposes to call one line of an agreed framework off by releases. Raises NotFound, NotAllowedNow, Invalid.

    notice_days: what is new in the firm zone is for so many days ahead at least.
    """
    require(actor, Role.BUYER)
    seen = framework_lines_visible_to(actor).where(col(FrameworkLine.id) == framework_line_id)
    line = work.one(seen, field="frameworkLineId")
    framework = _framework(work, actor, line.framework_id)
    said = words(number, "number", decisions.LONGEST_NUMBER, one_line=True)
    same = scheduling_agreements_visible_to(actor).where(
        col(SchedulingAgreement.buyer_id) == actor.party_id, col(SchedulingAgreement.number) == said
    )
    if work.maybe(same) is not None:
        raise Invalid(
            "number", f"you have a scheduling agreement numbered {said} already", f"计划协议编号 {said} 已存在"
        )
    if not 0 <= notice_days <= decisions.MOST_NOTICE_DAYS:
        most = decisions.MOST_NOTICE_DAYS
        raise Invalid("noticeDays", f"the seller is given 0 to {most} days", f"提前天数为 0 至 {most} 天")
    made = work.add(
        SchedulingAgreement(
            number=said, buyer_id=framework.buyer_id, seller_id=framework.seller_id, framework_id=line.framework_id,
            framework_line_id=framework_line_id, item_id=line.item_id, unit=line.unit, notice_days=notice_days,
            note=words(note, "note", decisions.LONGEST_NOTE, least=0),
        )
    )  # fmt: skip
    assert made.id is not None
    work.record(SchedulingAgreementProposed(agreement_id=made.id))
    return made


def _framework(work: UnitOfWork, actor: Actor, framework_id: int) -> Framework:
    """The framework under which is called off: agreed, valid today, the actor its buyer. Raises NotAllowedNow."""
    framework = work.one(frameworks_visible_to(actor).where(col(Framework.id) == framework_id))
    FRAMEWORK_LIFE.after(framework.state, "call_off", by=side_of_framework(framework, actor))
    check_valid(framework, today_of(work.now))
    return framework


def _to_move(
    work: UnitOfWork, actor: Actor, agreement_id: int, expected_version: int, verb: str, *, duty: tuple[Role, ...]
) -> SchedulingAgreement:
    """One the actor sees, locked, moved on by the verb. Raises NotFound, Stale, NotAllowedNow."""
    found = _locked(work, actor, agreement_id, expected_version)
    found.state = SCHEDULING_AGREEMENT_LIFE.after(found.state, verb, by=side_of(found, actor))
    require(actor, *duty)
    return found


def _locked(work: UnitOfWork, actor: Actor, agreement_id: int, expected_version: int) -> SchedulingAgreement:
    seen = scheduling_agreements_visible_to(actor).where(col(SchedulingAgreement.id) == agreement_id)
    found = work.one(seen, lock=True, field="agreementId")
    if found.version != expected_version:
        raise Stale(found.version)
    found.version += 1
    return found


def accept_scheduling_agreement(
    work: UnitOfWork, actor: Actor, *, agreement_id: int, expected_version: int
) -> SchedulingAgreement:
    """The seller agrees: today is the zero point of the cumulative figures. Raises NotFound, NotAllowedNow, Stale."""
    found = _to_move(work, actor, agreement_id, expected_version, "accept_scheduling_agreement", duty=(Role.SALES,))
    found.zero_on = today_of(work.now)
    work.record(SchedulingAgreementAccepted(agreement_id=agreement_id))
    return found


def decline_scheduling_agreement(
    work: UnitOfWork, actor: Actor, *, agreement_id: int, expected_version: int, reason: str
) -> SchedulingAgreement:
    """The seller does not agree, and says why. Raises NotFound, NotAllowedNow, Invalid("reason"), Stale."""
    found = _to_move(work, actor, agreement_id, expected_version, "decline_scheduling_agreement", duty=(Role.SALES,))
    found.reason = words(reason, "reason", decisions.LONGEST_REASON)
    work.record(SchedulingAgreementDeclined(agreement_id=agreement_id))
    return found


def end_scheduling_agreement(
    work: UnitOfWork, actor: Actor, *, agreement_id: int, expected_version: int, reason: str
) -> SchedulingAgreement:
    """The buyer publishes no more releases; what was called off stands. Raises NotFound, NotAllowedNow, Invalid("reason"), Stale."""
    found = _to_move(work, actor, agreement_id, expected_version, "end_scheduling_agreement", duty=(Role.BUYER,))
    found.reason = words(reason, "reason", decisions.LONGEST_REASON)
    work.record(SchedulingAgreementEnded(agreement_id=agreement_id))
    return found


def publish_release(
    work: UnitOfWork, actor: Actor, *, agreement_id: int, expected_version: int, number: int, buckets: Sequence[Bucket],
    note: str = "", conditional_reason: str | None = None,
) -> ScheduleRelease:  # fmt: skip
    """The buyer says what it wants when, all of it anew; what is new in the firm zone is called off under the framework.

    number: higher than any before. conditional_reason: as of an order. Raises NotFound, Stale, NotAllowedNow, Invalid, Limit.
    """
    agreement = _to_move(work, actor, agreement_id, expected_version, "publish_release", duty=(Role.BUYER,))
    _framework(work, actor, agreement.framework_id)
    today = today_of(work.now)
    earlier = work.all(releases_visible_to(actor).where(col(ScheduleRelease.agreement_id) == agreement_id), lock=True)
    last = max((one.number for one in earlier), default=0)
    if not last < number <= decisions.LARGEST_NUMBER:
        raise Invalid(
            "number",
            f"release {last} was published; the next number is higher",
            f"已发布第 {last} 版，版次须更大",
            rule=decisions.RISING,
        )
    decisions.check_buckets(buckets, today)
    called = called_by_day(parts_of(work, [agreement_id])[agreement_id])
    fresh = decisions.increments(buckets, called, today=today, notice_days=agreement.notice_days)
    for one in earlier:
        if one.state is ReleaseState.PUBLISHED:
            one.state = RELEASE_LIFE.after(one.state, "publish_release", by=Side.BUYER)
    made = work.add(
        ScheduleRelease(
            agreement_id=agreement_id, number=number, published_at=work.now, by_user=actor.user_id,
            note=words(note, "note", decisions.LONGEST_NOTE, least=0),
        )
    )  # fmt: skip
    assert made.id is not None
    work.session.add_all(
        ReleaseBucket(
            release_id=made.id, starts_on=b.starts_on, period=b.period, zone=b.zone, quantity=b.quantity
        )
        for b in buckets
    )  # fmt: skip
    if fresh:
        made.order_id = _call_off(work, actor, agreement, number, fresh, conditional_reason).id
    work.record(ReleasePublished(agreement_id=agreement_id, release_id=made.id, number=number))
    return made


def _call_off(
    work: UnitOfWork, actor: Actor, agreement: SchedulingAgreement, number: int, fresh: Sequence[Increment],
    conditional_reason: str | None,
) -> Order:  # fmt: skip
    """What is new in the firm zone as one order, a schedule for each bucket. Raises Invalid naming the buckets."""
    wanted = LineCalledOff(
        agreement.framework_line_id, sum((one.quantity for one in fresh), ZERO),
        [WantedDay(one.on, one.quantity) for one in fresh],
    )  # fmt: skip
    try:
        return call_off(
            work, actor, framework_id=agreement.framework_id, number=f"{agreement.number}-{number}", lines=[wanted],
            conditional_reason=conditional_reason,
        )  # fmt: skip
    except Invalid as refusal:
        field = "number" if refusal.fields == ("number",) else "buckets"
        raise Invalid(field, refusal.en, refusal.zh, rule=refusal.rule) from refusal


def _release_to_move(
    work: UnitOfWork, actor: Actor, release_id: int, expected_version: int, verb: str
) -> tuple[ScheduleRelease, SchedulingAgreement]:
    seen = releases_visible_to(actor).where(col(ScheduleRelease.id) == release_id)
    agreement = _locked(work, actor, work.one(seen, field="releaseId").agreement_id, expected_version)
    release = work.one(seen, lock=True, field="releaseId")
    release.state = RELEASE_LIFE.after(release.state, verb, by=side_of(agreement, actor))
    require(actor, Role.SALES)
    release.answered_at = work.now
    return release, agreement


def acknowledge_release(
    work: UnitOfWork, actor: Actor, *, release_id: int, expected_version: int, note: str = ""
) -> ScheduleRelease:
    """The seller has seen it and delivers its firm zone: every call-off of it and of earlier releases that waits is accepted.

    Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    release, agreement = _release_to_move(work, actor, release_id, expected_version, "acknowledge_release")
    release.answer_note = words(note, "note", decisions.LONGEST_NOTE, least=0)
    known = work.all(releases_visible_to(actor).where(col(ScheduleRelease.agreement_id) == agreement.id))
    for one in sorted(known, key=lambda one: one.number):
        if one.number <= release.number and one.order_id is not None:
            _answer(work, actor, one.order_id, Answer.ACCEPTED, None, "")
    assert agreement.id is not None
    work.record(ReleaseAcknowledged(agreement_id=agreement.id, release_id=release_id, number=release.number))
    return release


def object_to_release(
    work: UnitOfWork, actor: Actor, *, release_id: int, expected_version: int, reason: Reason, note: str = ""
) -> ScheduleRelease:
    """The seller does not deliver what is new in this release, and says why; what it agreed to before stands.

    Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    release, agreement = _release_to_move(work, actor, release_id, expected_version, "object_to_release")
    release.reason, release.answer_note = reason, words(note, "note", decisions.LONGEST_NOTE, least=0)
    if release.order_id is not None:
        _answer(work, actor, release.order_id, Answer.REJECTED, reason, release.answer_note)
    assert agreement.id is not None
    work.record(
        ReleaseObjected(agreement_id=agreement.id, release_id=release_id, number=release.number, reason=reason.value)
    )
    return release


def _answer(work: UnitOfWork, actor: Actor, order_id: int, answer: Answer, reason: Reason | None, note: str) -> None:
    """The same answer to the call-off, unless it has one of its own already."""
    order = work.one(orders_visible_to(actor).where(col(Order.id) == order_id), lock=True)
    if order.state in UNANSWERED and order.open_amendment is None:
        respond_to_order(
            work, actor, order_id=order_id, expected_version=order.version, answer=answer, reason=reason, note=note
        )
