"""Limits, clocks and what silence means are known to the two firms of the link; a buyer's usual limits to itself and whom it asks."""

from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.answer_clocks.tables import AnswerClock, AnswerLimits, SilenceTerms
from kernel.access import Actor, Role, seen_by

T = TypeVar("T")


def _of_pair(actor: Actor, rows: Select[T], table: Any) -> Select[T]:
    if actor.has(Role.SYSTEM):
        return rows
    party = -1 if actor.party_id is None else actor.party_id
    return rows.where(or_(col(table.buyer_id) == party, col(table.seller_id) == party))


def answer_limits_visible_to(actor: Actor) -> Select[AnswerLimits]:
    return seen_by(actor, _of_pair(actor, select(AnswerLimits), AnswerLimits))


def answer_limits_holding_for(actor: Actor, buyer_ids: Collection[int]) -> Select[AnswerLimits]:
    """Those by which the actor's firm answers these buyers, which have asked it before: said for it, or their usual ones."""
    party = -1 if actor.party_id is None else actor.party_id
    for_it = or_(col(AnswerLimits.seller_id) == party, col(AnswerLimits.seller_id).is_(None))
    return seen_by(actor, select(AnswerLimits).where(col(AnswerLimits.buyer_id).in_(buyer_ids), for_it))


def silence_terms_visible_to(actor: Actor) -> Select[SilenceTerms]:
    return seen_by(actor, _of_pair(actor, select(SilenceTerms), SilenceTerms))


def answer_clocks_visible_to(actor: Actor) -> Select[AnswerClock]:
    """A guest knows the clocks of the orders its link is for."""
    rows = _of_pair(actor, select(AnswerClock), AnswerClock)
    if actor.has(Role.GUEST):
        rows = rows.where(col(AnswerClock.order_id).in_(actor.only_of("Order")))
    return seen_by(actor, rows, guests=True)
