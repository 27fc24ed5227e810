"""A plan is its firm's alone; each firm it reached sees its own needs, as long as the plan stands."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.planning.tables import Explosion, MaterialNeed, PlannedQuantity
from kernel.access import Actor, Role, lies_under, seen_by


def explosions_visible_to(actor: Actor) -> Select[Explosion]:
    explosions = select(Explosion)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, explosions)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, explosions.where(col(Explosion.firm_id) == party))


def planned_visible_to(actor: Actor) -> Select[PlannedQuantity]:
    under = lies_under(col(PlannedQuantity.explosion_id), explosions_visible_to(actor), col(Explosion.id))
    return seen_by(actor, select(PlannedQuantity).where(under))


def needs_visible_to(actor: Actor) -> Select[MaterialNeed]:
    """A firm's own needs: of its own plans, and of those plans of customers that still stand."""
    needs = select(MaterialNeed)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, needs)
    party = -1 if actor.party_id is None else actor.party_id
    standing = (
        select(col(Explosion.id))
        .where(
            col(Explosion.id) == col(MaterialNeed.explosion_id),
            or_(col(Explosion.firm_id) == party, col(Explosion.superseded_at).is_(None)),
        )
        .correlate(MaterialNeed)
        .exists()
    )
    return seen_by(actor, needs.where(col(MaterialNeed.firm_id) == party, standing))
