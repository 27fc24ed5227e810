"""What people ask about scheduling agreements: lists, releases, how two differ, and the cumulative figures both count."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from collaboration.frameworks.moving import DUTY
from collaboration.orders.capping import is_live
from collaboration.orders.decisions import kept_of
from collaboration.orders.tables import OrderLine, Schedule
from collaboration.orders.visibility import lines_visible_to, schedules_visible_to
from collaboration.scheduling_agreements.decisions import Changed, Cumulative, Part, cumulative, difference
from collaboration.scheduling_agreements.forms import Bucket
from collaboration.scheduling_agreements.lifecycle import (
    RELEASE_LIFE,
    SCHEDULING_AGREEMENT_LIFE,
    ReleaseState,
    SchedulingAgreementState,
)
from collaboration.scheduling_agreements.tables import ReleaseBucket, ScheduleRelease, SchedulingAgreement
from collaboration.scheduling_agreements.visibility import (
    release_buckets_visible_to,
    releases_visible_to,
    scheduling_agreements_visible_to,
    side_of,
)
from kernel.access import SYSTEM, Actor, Side
from kernel.clock import today_of
from kernel.errors import NotFound
from kernel.paging import Page, page
from kernel.quantities import ZERO
from kernel.work import UnitOfWork


def side(agreement: Any, actor: Actor) -> Side:
    return side_of(agreement, actor)


def scheduling_agreements(
    work: UnitOfWork, actor: Actor, *, side: Side | None, states: Collection[SchedulingAgreementState] | None,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """One's firm's, bought and sold under, newest first."""
    visible = scheduling_agreements_visible_to(actor)
    if side is not None:
        mine = col(SchedulingAgreement.buyer_id) == (-1 if actor.party_id is None else actor.party_id)
        visible = visible.where(mine if side is Side.BUYER else ~mine)
    if states:
        visible = visible.where(col(SchedulingAgreement.state).in_(list(states)))
    return page(work, visible, SchedulingAgreement, first=first, after=after)


def agreements_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(scheduling_agreements_visible_to(actor).where(col(SchedulingAgreement.id).in_(numbers)))


def releases_of(work: UnitOfWork, actor: Actor, agreement_ids: Collection[int]) -> Sequence[Any]:
    """Newest first."""
    own = releases_visible_to(actor).where(col(ScheduleRelease.agreement_id).in_(agreement_ids))
    return work.rows(own.order_by(col(ScheduleRelease.agreement_id), col(ScheduleRelease.number).desc()))


def releases_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(releases_visible_to(actor).where(col(ScheduleRelease.id).in_(numbers)))


def buckets_of(work: UnitOfWork, actor: Actor, release_ids: Collection[int]) -> Sequence[Any]:
    own = release_buckets_visible_to(actor).where(col(ReleaseBucket.release_id).in_(release_ids))
    return work.rows(own.order_by(col(ReleaseBucket.release_id), col(ReleaseBucket.starts_on)))


def buckets_of_release(work: UnitOfWork, actor: Actor, release_id: int) -> list[Bucket]:
    return [Bucket(b.starts_on, b.period, b.zone, b.quantity) for b in buckets_of(work, actor, [release_id])]


def call_offs_of(work: UnitOfWork, actor: Actor, agreement_ids: Collection[int]) -> dict[int, int]:
    """Order -> the agreement a release of which called it off."""
    own = releases_visible_to(actor).where(
        col(ScheduleRelease.agreement_id).in_(agreement_ids), col(ScheduleRelease.order_id).is_not(None)
    )
    return {row.order_id: row.agreement_id for row in work.rows(own)}


def parts_of(work: UnitOfWork, agreement_ids: Collection[int]) -> dict[int, list[Part]]:
    """Agreement -> every schedule of its live call-offs, whoever asks: both its firms know them all."""
    orders = call_offs_of(work, SYSTEM, agreement_ids)
    under = lines_visible_to(SYSTEM).where(col(OrderLine.order_id).in_(orders))
    lines = {line.id: line for line in work.rows(under) if is_live(line)}
    found: dict[int, list[Part]] = {agreement_id: [] for agreement_id in agreement_ids}
    of_lines = col(Schedule.line_id).in_(under.with_only_columns(col(OrderLine.id)))
    for one in work.rows(schedules_visible_to(SYSTEM).where(of_lines)):
        line = lines.get(one.line_id)
        if line is not None:
            part = Part(one.wanted_on, one.quantity - one.never, kept_of(one), one.accepted)
            found[orders[line.order_id]].append(part)
    return found


def called_by_day(parts: Collection[Part]) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for part in parts:
        found[part.wanted_on] = found.get(part.wanted_on, ZERO) + part.called
    return found


def cumulative_of(work: UnitOfWork, actor: Actor, agreement_id: int, on: date) -> Cumulative:
    """The figures of one agreement the actor sees, to the end of a day. Raises NotFound."""
    if not agreements_by_id(work, actor, [agreement_id]):
        raise NotFound("id")
    return cumulative(parts_of(work, [agreement_id])[agreement_id], on)


def difference_of(work: UnitOfWork, actor: Actor, agreement_id: int, *, earlier: int, later: int) -> list[Changed]:
    """How two releases of an agreement differ, by their numbers. Raises NotFound naming the one that is not there."""
    if not agreements_by_id(work, actor, [agreement_id]):
        raise NotFound("agreementId")
    known = {release.number: release for release in releases_of(work, actor, [agreement_id])}
    for name, number in (("earlier", earlier), ("later", later)):
        if number not in known:
            raise NotFound(name)
    before, after = (buckets_of_release(work, actor, known[number].id) for number in (earlier, later))
    return difference(before, after, published_on=today_of(known[later].published_at))


def agreement_verbs(actor: Actor, agreement: Any) -> list[str]:
    """What this person may do to an agreement now: the buttons of its page."""
    side = side_of(agreement, actor)
    return SCHEDULING_AGREEMENT_LIFE.verbs(agreement.state, side) if actor.has(*DUTY.get(side, ())) else []


def release_verbs(actor: Actor, agreement: Any, release: Any) -> list[str]:
    """What this person may do to a release now; nobody publishes one anew."""
    side = side_of(agreement, actor)
    if side is not Side.SELLER or not actor.has(*DUTY[side]):
        return []
    return RELEASE_LIFE.verbs(release.state, side)


def agreements_to_answer(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Proposed to the actor's firm."""
    asked = _sold_under(actor, SchedulingAgreementState.PROPOSED)
    return work.rows(asked.order_by(col(SchedulingAgreement.id)).limit(most))


def releases_to_answer(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Published to the actor's firm, the newest of each agreement, and neither acknowledged nor objected to."""
    mine = _sold_under(actor, SchedulingAgreementState.AGREED)
    waiting = releases_visible_to(actor).where(
        col(ScheduleRelease.state) == ReleaseState.PUBLISHED,
        col(ScheduleRelease.agreement_id).in_(mine.with_only_columns(col(SchedulingAgreement.id))),
    )
    return work.rows(waiting.order_by(col(ScheduleRelease.id)).limit(most))


def _sold_under(actor: Actor, state: SchedulingAgreementState) -> Select[SchedulingAgreement]:
    return scheduling_agreements_visible_to(actor).where(
        col(SchedulingAgreement.seller_id) == actor.party_id, col(SchedulingAgreement.state) == state
    )
