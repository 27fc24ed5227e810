"""Scorecards: figures of a pair of firms, the counted events behind them, objections."""

from typing import Any

import graphene

from api.scalars import DateTime, Decimal
from api.types import enums
from api.types.fields import Date, camel, connection, ident, many, maybe, said
from api.types.firms import Firm, Node
from api.types.orders import Order
from collaboration.scorecards import reads
from collaboration.scorecards.decisions import BEST_WORST


def _firm(column: str) -> Any:
    return lambda row, info: info.context.batches["firm"].one(getattr(row, column))


class ScorecardFigure(graphene.ObjectType):
    """One metric over the last year. `counted` is its denominator in events; those left out by agreement are apart."""

    metric = said(enums.ScorecardMetric, "What is measured.")
    value = maybe(Decimal, "The figure: percent, hours, days or parts per million; none where nothing was counted.")
    points = maybe(Decimal, "0 to 100 points for it.")
    weight = said(graphene.Int, "How much of 100 it weighs with this buyer.")
    counted = said(graphene.Int, "Events that count.")
    misses = said(graphene.Int, "Of those, events that took points away.")
    excluded = said(graphene.Int, "Events both firms agreed to leave out.")
    best = maybe(graphene.Int, "The figure that earns 100 points, where it is no percentage.",
                 resolver=lambda row, info: BEST_WORST[row.metric][0] if row.metric in BEST_WORST else None)  # fmt: skip
    worst = maybe(graphene.Int, "The figure that earns none.",
                  resolver=lambda row, info: BEST_WORST[row.metric][1] if row.metric in BEST_WORST else None)  # fmt: skip


class Scorecard(graphene.ObjectType):
    """How a supplier kept its word to a buyer over the last year; the two read the same."""

    buyer = maybe(Firm, "Who counts.", resolver=_firm("buyer_id"))
    supplier = maybe(Firm, "Who is counted.", resolver=_firm("supplier_id"))
    since = said(Date, "Events from this day on.")
    score = maybe(Decimal, "Weighted mean of the points, 0 to 100; none while fewer than five events were counted.")
    band = said(enums.ScorecardBand, "What it means for new orders.")
    figures = many(ScorecardFigure, "Every metric.")


ScorecardConnection = connection(Scorecard, "Scorecard")


class ScorecardWeight(graphene.ObjectType):
    """How much a metric weighs."""

    metric = said(enums.ScorecardMetric, "The metric.")
    weight = said(graphene.Int, "Of 100.")


class ScorecardTerms(graphene.ObjectType):
    """How a buyer weighs its suppliers; known to it and to those it counts."""

    class Meta:
        interfaces = (Node,)

    id = ident("ScorecardTerms")
    weights = many(ScorecardWeight, "In all 100.",
                   resolver=lambda row, info: [{"metric": m, "weight": w} for m, w in reads.weights_of(row).items()])  # fmt: skip
    warn_below = maybe(graphene.Int, "Below this score the buyer is warned.")
    block_below = maybe(graphene.Int, "Below this score no new order is placed.")
    version = said(graphene.Int, "Grows with every change; 0 is before the first.")


class ScorecardContest(graphene.ObjectType):
    """The supplier says that a counted event is not its own."""

    class Meta:
        interfaces = (Node,)

    id = ident("ScorecardContest")
    reason = said(graphene.String, "What the supplier says.")
    answer = said(graphene.String, "What the buyer answers.")
    state = said(enums.ContestState, "What became of it.")
    opened_at = said(DateTime, "When.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.contest_verbs(info.context.acting, row)])  # fmt: skip


def _contests(row: Any, info: Any) -> list[Any]:
    found: list[Any] = info.context.batches["scorecard_contests"].many(row.id)
    return found


class ScorecardObservation(graphene.ObjectType):
    """One counted event: what a figure is made of."""

    class Meta:
        interfaces = (Node,)

    id = ident("ScorecardObservation")
    metric = said(enums.ScorecardMetric, "For which metric.")
    order = maybe(Order, "Of which order.", resolver=lambda row, info: info.context.batches["order"].one(row.order_id))
    source_kind = said(graphene.String, "What kind of document it is read from, such as ReceiptAdvice.")
    occurred_on = said(Date, "The day it counts for.")
    due_on = maybe(Date, "The day it should have been.")
    done_on = maybe(Date, "The day it was; none where it has not come.")
    value = said(Decimal, "What counts: 1 or 0 for in time, hours, days, or the quantity rejected.")
    of = said(Decimal, "Out of what: 1, or the quantity received.")
    miss = said(graphene.Boolean, "It took points away.", resolver=lambda row, info: reads.missed(row))
    excluded = said(graphene.Boolean, "Left out: both firms agreed.")
    contestable_until = said(Date, "The supplier may object until this day.",
                             resolver=lambda row, info: reads.contestable_until(row))  # fmt: skip
    contest = maybe(ScorecardContest, "The supplier's objection.",
                    resolver=lambda row, info: next(iter(_contests(row, info)), None))  # fmt: skip
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [
            camel(v) for v in reads.observation_verbs(info.context.acting, row, _contests(row, info), info.context.today)
        ],
    )  # fmt: skip


ScorecardObservationConnection = connection(ScorecardObservation, "ScorecardObservation")

NODES = (ScorecardTerms, ScorecardContest, ScorecardObservation)
USUAL_LENGTHS = {
    "Scorecard.figures": 6, "ScorecardTerms.weights": 6, "ScorecardContest.openVerbs": 2,
    "ScorecardObservation.openVerbs": 1,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
