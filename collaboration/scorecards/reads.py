"""What people ask of scorecards: the figures of a pair, the events behind them, what is contested."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from collaboration.scorecards.decisions import (
    CONTEST_DAYS,
    DEFAULT_WEIGHTS,
    PERIOD_DAYS,
    Band,
    Figure,
    band_of,
    figures,
    is_miss,
    score_of,
)
from collaboration.scorecards.lifecycle import CONTEST_LIFE
from collaboration.scorecards.tables import Metric, ScorecardContest, ScorecardObservation, ScorecardTerms
from collaboration.scorecards.visibility import contests_visible_to, observations_visible_to, terms_visible_to
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.paging import Page, page
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class Card:
    """A supplier's scorecard with a buyer. ``id``: the partner's, as the viewer stands on the other side."""

    id: int
    buyer_id: int
    supplier_id: int
    since: date
    figures: Sequence[Figure]
    score: Decimal | None
    band: Band


def partners(work: UnitOfWork, actor: Actor, *, side: Side, first: int | None, after: str | None) -> Page:
    """The firms the actor's firm has counted (BUYER) or is counted by (SELLER)."""
    mine, theirs = _ends(side)
    counted = observations_visible_to(actor).where(mine == (actor.party_id or -1)).with_only_columns(theirs)
    return page(
        work, firms_visible_to(actor).where(col(Firm.id).in_(counted)), Firm, first=first, after=after, newest=False
    )


def _ends(side: Side) -> tuple[Any, Any]:
    ends = (col(ScorecardObservation.buyer_id), col(ScorecardObservation.supplier_id))
    return ends if side is Side.BUYER else ends[::-1]


def cards(work: UnitOfWork, actor: Actor, *, side: Side, partner_ids: Collection[int]) -> list[Card]:
    """The scorecards with these partners over the last year, in their order."""
    mine, theirs = _ends(side)
    since = today_of(work.now) - timedelta(days=PERIOD_DAYS)
    own = observations_visible_to(actor).where(
        mine == (actor.party_id or -1), theirs.in_(partner_ids), col(ScorecardObservation.occurred_on) >= since
    )
    by_partner: dict[int, list[Any]] = {partner: [] for partner in partner_ids}
    for row in work.rows(own):
        by_partner[row.supplier_id if side is Side.BUYER else row.buyer_id].append(row)
    party = actor.party_id or -1
    buyers = {party} if side is Side.BUYER else set(partner_ids)
    terms = {t.buyer_id: t for t in work.rows(terms_visible_to(actor).where(col(ScorecardTerms.buyer_id).in_(buyers)))}
    made = []
    for partner, rows in by_partner.items():
        buyer, supplier = (party, partner) if side is Side.BUYER else (partner, party)
        found = figures(rows, weights_of(terms.get(buyer)))
        score = score_of(found)
        made.append(Card(partner, buyer, supplier, since, found, score, _band(score, terms.get(buyer))))
    return made


def weights_of(terms: Any) -> dict[Metric, int]:
    """A buyer's own weights, or the usual ones."""
    if terms is None:
        return dict(DEFAULT_WEIGHTS)
    return {metric: terms.weights.get(metric.value, 0) for metric in Metric}


def _band(score: Decimal | None, terms: Any) -> Band:
    return band_of(
        score, warn_below=terms.warn_below if terms else None, block_below=terms.block_below if terms else None
    )


def own_terms(work: UnitOfWork, actor: Actor) -> ScorecardTerms | None:
    return work.maybe(terms_visible_to(actor).where(col(ScorecardTerms.buyer_id) == (actor.party_id or -1)))


def terms_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(terms_visible_to(actor).where(col(ScorecardTerms.id).in_(numbers)))


def observations(
    work: UnitOfWork, actor: Actor, *, side: Side, partner_id: int, metric: Metric | None, first: int | None,
    after: str | None,
) -> Page:  # fmt: skip
    """The counted events behind a pair's figures, newest first, of the last year."""
    mine, theirs = _ends(side)
    since = today_of(work.now) - timedelta(days=PERIOD_DAYS)
    own = observations_visible_to(actor).where(
        mine == (actor.party_id or -1), theirs == partner_id, col(ScorecardObservation.occurred_on) >= since
    )
    if metric is not None:
        own = own.where(col(ScorecardObservation.metric) == metric)
    return page(work, own, ScorecardObservation, first=first, after=after)


def observations_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(observations_visible_to(actor).where(col(ScorecardObservation.id).in_(numbers)))


def contests_of(work: UnitOfWork, actor: Actor, observation_ids: Collection[int]) -> Sequence[Any]:
    return work.rows(contests_visible_to(actor).where(col(ScorecardContest.observation_id).in_(observation_ids)))


def contests_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(contests_visible_to(actor).where(col(ScorecardContest.id).in_(numbers)))


def missed(row: Any) -> bool:
    return is_miss(Metric(row.metric), row.value, row.of)


def contestable_until(row: Any) -> date:
    return today_of(row.counted_at) + timedelta(days=CONTEST_DAYS)


def observation_verbs(actor: Actor, row: Any, contests: Iterable[Any], today: date) -> list[str]:
    """The supplier's people may object once, within ten days of the counting."""
    mine = row.supplier_id == actor.party_id and actor.has(Role.SALES, Role.QUALITY)
    free = not list(contests) and today <= contestable_until(row)
    return ["contest_observation"] if mine and free else []


def contest_verbs(actor: Actor, row: Any) -> list[str]:
    if row.buyer_id != actor.party_id or not actor.has(Role.QUALITY, Role.BUYER):
        return []
    return CONTEST_LIFE.verbs(row.state, Side.BUYER)
