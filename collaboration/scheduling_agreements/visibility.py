"""A scheduling agreement and all under it are known to its two firms, and to nobody else."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.scheduling_agreements.tables import ReleaseBucket, ScheduleRelease, SchedulingAgreement
from kernel.access import Actor, Role, Side, lies_under, seen_by


def side_of(agreement: Any, actor: Actor) -> Side:
    """On which side of an agreement, known to be visible to it, an actor stands."""
    if actor.has(Role.SYSTEM):
        return Side.SYSTEM
    return Side.BUYER if agreement.buyer_id == actor.party_id else Side.SELLER


def scheduling_agreements_visible_to(actor: Actor) -> Select[SchedulingAgreement]:
    agreements = select(SchedulingAgreement)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, agreements)
    party = -1 if actor.party_id is None else actor.party_id
    own = or_(col(SchedulingAgreement.buyer_id) == party, col(SchedulingAgreement.seller_id) == party)
    return seen_by(actor, agreements.where(own))


def releases_visible_to(actor: Actor) -> Select[ScheduleRelease]:
    agreements = scheduling_agreements_visible_to(actor)
    known = lies_under(col(ScheduleRelease.agreement_id), agreements, col(SchedulingAgreement.id))
    return seen_by(actor, select(ScheduleRelease).where(known))


def release_buckets_visible_to(actor: Actor) -> Select[ReleaseBucket]:
    known = lies_under(col(ReleaseBucket.release_id), releases_visible_to(actor), col(ScheduleRelease.id))
    return seen_by(actor, select(ReleaseBucket).where(known))
