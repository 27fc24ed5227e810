"""A proposal to merge is known to the operator and to the people of both records."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from chain.firms.tables import Firm
from collaboration.merging.tables import FirmMerger
from collaboration.orders.lifecycle import OrderState
from collaboration.orders.tables import Order
from kernel.access import Actor, Role, seen_by

ENDED = (OrderState.REJECTED, OrderState.ACCEPTED, OrderState.CANCELLED)


def mergers_visible_to(actor: Actor) -> Select[FirmMerger]:
    mergers = select(FirmMerger)
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return seen_by(actor, mergers)
    party = -1 if actor.party_id is None else actor.party_id
    known = or_(col(FirmMerger.survivor_id) == party, col(FirmMerger.merged_id) == party)
    return seen_by(actor, mergers.where(known))


def named_in_mergers(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The same with name and code of both records, which each side may read: it is asked whether it is that firm."""
    survivor, merged = aliased(Firm), aliased(Firm)
    both = (
        mergers_visible_to(actor)
        .join(survivor, col(survivor.id) == col(FirmMerger.survivor_id))
        .join(merged, col(merged.id) == col(FirmMerger.merged_id))
        .with_only_columns(
            *FirmMerger.__table__.columns,  # type: ignore[attr-defined]
            col(survivor.name).label("survivor_name"), col(survivor.code).label("survivor_code"),
            col(merged.name).label("merged_name"), col(merged.code).label("merged_code"),
        )
    )  # fmt: skip
    return seen_by(actor, both)


def open_orders_between(actor: Actor, one: int, other: int) -> Select[int | None]:
    """Orders either firm placed with the other that have not ended: counted, never shown."""
    pairs = or_(
        (col(Order.buyer_id) == one) & (col(Order.seller_id) == other),
        (col(Order.buyer_id) == other) & (col(Order.seller_id) == one),
    )
    return seen_by(actor, select(col(Order.id)).where(pairs, col(Order.state).not_in(ENDED)))
