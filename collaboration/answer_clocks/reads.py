"""What people ask about limits, clocks and silence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col

from collaboration.answer_clocks.decisions import Hours, hours_of
from collaboration.answer_clocks.lifecycle import SILENCE_LIFE, SilenceSide, SilenceState
from collaboration.answer_clocks.tables import AnswerClock, AnsweredKind, AnswerLimits, SilenceTerms
from collaboration.answer_clocks.verbs import DUTY
from collaboration.answer_clocks.visibility import (
    answer_clocks_visible_to,
    answer_limits_holding_for,
    answer_limits_visible_to,
    silence_terms_visible_to,
)
from kernel.access import Actor, Side
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def clocks_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    """Every clock of orders, oldest first."""
    own = answer_clocks_visible_to(actor).where(col(AnswerClock.order_id).in_(order_ids))
    return work.rows(own.order_by(col(AnswerClock.order_id), col(AnswerClock.id)))


def running_clocks(work: UnitOfWork, actor: Actor, *, owed_by: Side) -> Sequence[Any]:
    """What runs and this side owes, in orders where the actor's firm stands on it or waits for it."""
    own = answer_clocks_visible_to(actor).where(
        col(AnswerClock.ended_at).is_(None), col(AnswerClock.owed_by) == owed_by
    )
    return work.rows(own.order_by(col(AnswerClock.answer_by), col(AnswerClock.id)))


MOST_BUYERS = 100
"""Of so many a seller reads the limits at once; those that joined first."""


@dataclass(frozen=True)
class LimitsSeen:
    """``seller_id`` is empty for the usual limits; ``is_own``: said by the buyer, else what everybody begins with."""

    kind: AnsweredKind
    buyer_id: int | None
    seller_id: int | None
    hours: Hours
    is_own: bool


def own_limits(work: UnitOfWork, actor: Actor) -> list[LimitsSeen]:
    """The actor's firm as buyer: its usual limits of every kind, then those of single sellers."""
    own = answer_limits_visible_to(actor).where(col(AnswerLimits.buyer_id) == actor.party_id)
    rows = work.all(own.order_by(col(AnswerLimits.seller_id), col(AnswerLimits.id)))
    usual = {row.kind for row in rows if row.seller_id is None}
    found = [LimitsSeen(kind, actor.party_id, None, hours_of(rows, None, kind), kind in usual) for kind in AnsweredKind]
    single = [row for row in rows if row.seller_id is not None]
    return found + [
        LimitsSeen(row.kind, row.buyer_id, row.seller_id, hours_of([row], row.seller_id, row.kind), True)
        for row in single
    ]


def held_limits(work: UnitOfWork, actor: Actor) -> list[LimitsSeen]:
    """What the actor's firm is held to as seller, by each buyer that has asked it for an answer or set limits for it.

    Whether a buyer said it for this seller or for all is not told.
    """
    asked = answer_clocks_visible_to(actor).where(col(AnswerClock.seller_id) == actor.party_id)
    named = answer_limits_visible_to(actor).where(col(AnswerLimits.seller_id) == actor.party_id)
    buyers = {row.buyer_id for row in work.rows(asked.with_only_columns(col(AnswerClock.buyer_id)).distinct())}
    buyers |= {row.buyer_id for row in work.rows(named)}
    rows: dict[int, list[AnswerLimits]] = {buyer_id: [] for buyer_id in sorted(buyers)[:MOST_BUYERS]}
    for row in work.all(answer_limits_holding_for(actor, rows)):
        rows[row.buyer_id].append(row)
    return [
        LimitsSeen(kind, buyer_id, actor.party_id, hours_of(said, actor.party_id, kind), any(r.kind is kind for r in said))
        for buyer_id, said in rows.items() for kind in AnsweredKind
    ]  # fmt: skip


def silence_terms(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """What was ever proposed between the actor's firm and its partners, newest first."""
    return page(work, silence_terms_visible_to(actor), SilenceTerms, first=first, after=after)


def silence_terms_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(silence_terms_visible_to(actor).where(col(SilenceTerms.id).in_(numbers)))


def silence_terms_to_answer(work: UnitOfWork, actor: Actor, *, side: Side, most: int) -> Sequence[Any]:
    """Proposed by the other firm, for orders in which the actor's firm stands on ``side``."""
    own = SilenceTerms.buyer_id if side is Side.BUYER else SilenceTerms.seller_id
    asked = silence_terms_visible_to(actor).where(
        col(own) == actor.party_id, col(SilenceTerms.state) == SilenceState.PROPOSED,
        col(SilenceTerms.proposed_by) != side,
    )  # fmt: skip
    return work.rows(asked.order_by(col(SilenceTerms.id)).limit(most))


def silence_verbs(actor: Actor, terms: Any) -> list[str]:
    """What this person may do to terms now: their buttons."""
    side = Side.BUYER if actor.party_id == terms.buyer_id else Side.SELLER
    stands = SilenceSide.PROPOSER if side is terms.proposed_by else SilenceSide.ANSWERER
    return SILENCE_LIFE.verbs(terms.state, stands) if actor.has(DUTY[side]) else []
