"""Why a delivery failed is known to its buyer and its seller."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.causes.tables import CauseRecord, StatedCause
from collaboration.scorecards.heeding import ON_TIME
from collaboration.scorecards.tables import ScorecardObservation
from collaboration.scorecards.visibility import observations_visible_to
from kernel.access import SYSTEM, Actor, Role, Side, lies_under, own_party, seen_by
from kernel.quantities import ZERO


def side_of(record: CauseRecord, actor: Actor) -> Side:
    """On which side of a cause record, known to be visible to it, an actor stands."""
    if actor.party_id == record.seller_id:
        return Side.SELLER
    return Side.BUYER if actor.party_id == record.buyer_id else Side.SYSTEM


def cause_records_visible_to(actor: Actor) -> Select[CauseRecord]:
    records = select(CauseRecord)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, records)
    party = own_party(actor)
    return seen_by(actor, records.where(or_(col(CauseRecord.buyer_id) == party, col(CauseRecord.seller_id) == party)))


def stated_causes_visible_to(actor: Actor) -> Select[StatedCause]:
    known = lies_under(col(StatedCause.record_id), cause_records_visible_to(actor), col(CauseRecord.id))
    return seen_by(actor, select(StatedCause).where(known))


def unrecorded_misses() -> Select[ScorecardObservation]:
    """Counted misses of a day that has no cause record yet: only the platform's own clock asks."""
    recorded = select(col(CauseRecord.id)).where(col(CauseRecord.schedule_id) == col(ScorecardObservation.subject_id))
    return observations_visible_to(SYSTEM).where(
        col(ScorecardObservation.metric).in_(ON_TIME), col(ScorecardObservation.subject_kind) == "Schedule",
        col(ScorecardObservation.value) == ZERO, col(ScorecardObservation.of) != ZERO,
        ~col(ScorecardObservation.excluded), ~recorded.exists(),
    )  # fmt: skip
