"""A counted event, its contest and the terms it is weighed by are known to the buyer and the supplier it is about."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.orders.decisions import DEAD
from collaboration.orders.lifecycle import HOLDABLE_ORDER, LineState
from collaboration.orders.tables import Order, OrderLine, Schedule
from collaboration.orders.visibility import orders_visible_to
from collaboration.scorecards.tables import Metric, ScorecardContest, ScorecardObservation, ScorecardTerms
from kernel.access import SYSTEM, Actor, Role, seen_by

NOT_BINDING = DEAD | {LineState.OPEN, LineState.CHANGE_PROPOSED, LineState.ADDED_PROPOSED}
"""Lines that bind nobody: no delivery is judged by them."""


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def observations_visible_to(actor: Actor) -> Select[ScorecardObservation]:
    observations = select(ScorecardObservation)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, observations)
    ends = (col(ScorecardObservation.buyer_id) == _party(actor), col(ScorecardObservation.supplier_id) == _party(actor))
    return seen_by(actor, observations.where(or_(*ends)))


def contests_visible_to(actor: Actor) -> Select[ScorecardContest]:
    contests = select(ScorecardContest)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, contests)
    ends = (col(ScorecardContest.buyer_id) == _party(actor), col(ScorecardContest.supplier_id) == _party(actor))
    return seen_by(actor, contests.where(or_(*ends)))


def terms_visible_to(actor: Actor) -> Select[ScorecardTerms]:
    """A buyer's own, and those by which a buyer weighs what it has counted of the firm."""
    terms = select(ScorecardTerms)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, terms)
    judging = select(col(ScorecardObservation.buyer_id)).where(col(ScorecardObservation.supplier_id) == _party(actor))
    known = or_(col(ScorecardTerms.buyer_id) == _party(actor), col(ScorecardTerms.buyer_id).in_(judging))
    return seen_by(actor, terms.where(known))


def uncounted_schedules() -> Select[Schedule]:
    """Days of agreed order lines that no delivery was counted for yet, of orders nobody holds: only the platform's own counting asks."""
    counted = (
        select(col(ScorecardObservation.id))
        .where(
            col(ScorecardObservation.metric) == Metric.OTIF_AGREED,
            col(ScorecardObservation.subject_kind) == "Schedule",
            col(ScorecardObservation.subject_id) == col(Schedule.id),
        )
        .exists()
    )
    judged = or_(col(Order.held_at).is_(None), col(Order.state).not_in(HOLDABLE_ORDER))
    orders = orders_visible_to(SYSTEM).where(judged).with_only_columns(col(Order.id))
    binding = col(OrderLine.state).in_(set(LineState) - NOT_BINDING)
    lines = select(col(OrderLine.id)).where(col(OrderLine.order_id).in_(orders), binding)
    return seen_by(SYSTEM, select(Schedule).where(col(Schedule.line_id).in_(lines), ~counted))
