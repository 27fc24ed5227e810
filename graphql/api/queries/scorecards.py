"""Questions about scorecards."""

from typing import Any

import graphene

from api.queries.parts import by_id, listed
from api.types import enums
from api.types import scorecards as types
from api.types.fields import maybe, paged, paging, said
from collaboration.scorecards import reads
from kernel import ids
from kernel.access import Side
from kernel.paging import Page


def _side() -> graphene.Argument:
    return graphene.Argument(
        graphene.NonNull(enums.Side), description="BUYER: suppliers you count; SELLER: buyers who count you."
    )


class ScorecardQuestions:
    """Scorecards of partners, the events behind them, the firm's own terms."""

    scorecards = said(
        types.ScorecardConnection, "Scorecards over the last year, one for each partner.", side=_side(), **paging()
    )
    scorecard = maybe(
        types.Scorecard, "The scorecard with one partner.", side=_side(), partner_id=by_id("The partner.")
    )
    scorecard_observations = said(
        types.ScorecardObservationConnection, "The counted events behind the figures with one partner, newest first.",
        side=_side(), partner_id=by_id("The partner."),
        metric=graphene.Argument(enums.ScorecardMetric, description="Only of this metric."), **paging(),
    )  # fmt: skip
    scorecard_terms = maybe(types.ScorecardTerms, "How your firm weighs its suppliers; null before it was first set.")

    @staticmethod
    def resolve_scorecards(root: Any, info: Any, side: Any, first: int | None = None, after: str | None = None) -> Any:
        c = info.context
        found = reads.partners(c.work, c.acting, side=Side(side), first=first, after=after)
        rows = reads.cards(c.work, c.acting, side=Side(side), partner_ids=[row.id for row in found.rows])
        c.batches["firm"].expect(number for card in rows for number in (card.buyer_id, card.supplier_id))
        return paged(Page(rows, found.has_next, found.has_previous, found.statement))

    @staticmethod
    def resolve_scorecard(root: Any, info: Any, side: Any, partner_id: str) -> Any:
        c = info.context
        number = ids.sought("Firm", partner_id)
        (card,) = reads.cards(c.work, c.acting, side=Side(side), partner_ids=[number])
        return card if any(f.counted or f.excluded for f in card.figures) else None

    @staticmethod
    def resolve_scorecard_observations(
        root: Any, info: Any, side: Any, partner_id: str, metric: Any = None, first: int | None = None,
        after: str | None = None,
    ) -> Any:  # fmt: skip
        c = info.context
        found = reads.observations(
            c.work, c.acting, side=Side(side), partner_id=ids.sought("Firm", partner_id), metric=metric, first=first,
            after=after,
        )  # fmt: skip
        return listed(info, "scorecard_observation", found)

    @staticmethod
    def resolve_scorecard_terms(root: Any, info: Any) -> Any:
        return reads.own_terms(info.context.work, info.context.acting)
