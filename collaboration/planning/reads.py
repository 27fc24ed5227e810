"""What people ask about plans: their runs, their own needs, and, for the jobs, what a run has to reckon."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.planning.decisions import Demand
from collaboration.planning.tables import Explosion, MaterialNeed, Outcome, PlannedQuantity
from collaboration.planning.visibility import explosions_visible_to, needs_visible_to, planned_visible_to
from kernel.access import SYSTEM, Actor, Role
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def explosions(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """The runs of the actor's firm's plans, newest first."""
    return page(work, explosions_visible_to(actor), Explosion, first=first, after=after)


def explosions_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(explosions_visible_to(actor).where(col(Explosion.id).in_(numbers)))


def planned_of(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """The lines of plans, by run."""
    found = planned_visible_to(actor).where(col(PlannedQuantity.explosion_id).in_(numbers))
    return work.rows(found.order_by(col(PlannedQuantity.id)))


def needs(
    work: UnitOfWork, actor: Actor, *, explosion_id: int | None, of_customers: bool | None, item_id: int | None,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """The needs of the actor's firm: of one of its own runs, or what customers' plans ask of it. Raises NotFound."""
    statement = needs_visible_to(actor)
    if explosion_id is not None:
        work.one(explosions_visible_to(actor).where(col(Explosion.id) == explosion_id), field="explosionId")
        statement = statement.where(col(MaterialNeed.explosion_id) == explosion_id)
    if of_customers is not None:
        asked = col(MaterialNeed.customer_id).is_not(None)
        statement = statement.where(asked if of_customers else ~asked)
    if item_id is not None:
        statement = statement.where(col(MaterialNeed.item_id) == item_id)
    return page(work, statement, MaterialNeed, first=first, after=after, newest=False)


def explosion_verbs(actor: Actor, explosion: Any) -> list[str]:
    return ["withdraw_plan"] if actor.has(Role.PLANNER) and explosion.superseded_at is None else []


def demands_of(work: UnitOfWork, explosion_id: int) -> tuple[int, list[Demand]]:
    """(the firm that plans, what its plan wants)."""
    explosion = work.one(explosions_visible_to(SYSTEM).where(col(Explosion.id) == explosion_id))
    lines = planned_of(work, SYSTEM, [explosion_id])
    return explosion.firm_id, [Demand(explosion.firm_id, x.item_id, None, x.wanted_on, x.quantity) for x in lines]


def own_needs(work: UnitOfWork, explosion_id: int, firm_id: int) -> Sequence[Any]:
    """The needs of the firm that plans, as they were written down."""
    found = needs_visible_to(SYSTEM).where(
        col(MaterialNeed.explosion_id) == explosion_id, col(MaterialNeed.firm_id) == firm_id
    )
    return work.rows(found.order_by(col(MaterialNeed.id)))


def handed_on(needs: Sequence[Any], makers: dict[int, int]) -> list[Demand]:
    """What the plan's own needs ask of those who make what is bought."""
    return [
        Demand(makers[need.item_id], need.item_id, need.firm_id, need.needed_on, need.net)
        for need in needs
        if need.outcome is Outcome.PASSED_ON
    ]
