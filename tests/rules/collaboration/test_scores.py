"""Formulas of a scorecard: what a figure divides by what, what it earns, what a score allows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from collaboration.scorecards.decisions import (
    DEFAULT_WEIGHTS,
    Band,
    Came,
    band_of,
    check_terms,
    figures,
    points_of,
    score_of,
    value_of,
    whole_on,
)
from collaboration.scorecards.tables import Metric
from kernel.errors import Invalid

pytestmark = pytest.mark.feature("A8")


@dataclass
class Event:
    metric: Metric
    value: Decimal
    of: Decimal = Decimal(1)
    excluded: bool = False


def told(metric, *pairs):
    return [Event(metric, Decimal(value), Decimal(of)) for value, of in pairs]


@pytest.mark.parametrize(
    ("metric", "pairs", "value"),
    [
        (Metric.OTIF_AGREED, [(1, 1), (1, 1), (0, 1)], "66.7"),
        (Metric.ANSWER_HOURS, [(10, 1), (30, 1)], "20"),
        (Metric.PROMISE_DRIFT, [(0, 1), (5, 1)], "2.5"),
        (Metric.PPM, [("0.5", 1000), (2, 4000)], "500"),
        (Metric.DOCUMENTS, [], None),
    ],
)
def test_a_figure_is_over_its_own_denominator(metric, pairs, value):
    assert value_of(metric, told(metric, *pairs)) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("metric", "value", "points"),
    [
        (Metric.OTIF_ORIGINAL, "87.5", "87.5"), (Metric.ANSWER_HOURS, "24", "100"), (Metric.ANSWER_HOURS, "72", "50"),
        (Metric.ANSWER_HOURS, "500", "0"), (Metric.ANSWER_HOURS, "1", "100"), (Metric.PROMISE_DRIFT, "10", "0"),
        (Metric.PPM, "2500", "75"),
    ],
)  # fmt: skip
def test_points_run_from_best_to_worst(metric, value, points):
    assert points_of(metric, Decimal(value)) == Decimal(points)


def test_a_score_weighs_only_what_counted_and_is_none_over_too_little():
    events = told(Metric.OTIF_AGREED, (1, 1), (1, 1), (0, 1), (0, 1)) + told(Metric.PPM, (0, 10))
    found = figures(events, {Metric.OTIF_AGREED: 60, Metric.PPM: 20, Metric.DOCUMENTS: 20})
    assert score_of(found) == Decimal("62.5")
    assert score_of(figures(events[1:], dict(DEFAULT_WEIGHTS))) is None


def test_an_excluded_event_stands_in_no_denominator():
    events = told(Metric.OTIF_AGREED, (1, 1), (0, 1))
    events[1].excluded = True
    (found,) = [f for f in figures(events, dict(DEFAULT_WEIGHTS)) if f.metric is Metric.OTIF_AGREED]
    assert (found.value, found.counted, found.misses, found.excluded) == (Decimal(100), 1, 0, 1)


@pytest.mark.parametrize(
    ("score", "band"),
    [(None, Band.NONE), ("29.9", Band.BLOCK), ("30", Band.WARN), ("49.9", Band.WARN), ("50", Band.GOOD)],
)
def test_bands_of_the_trade(score, band):
    assert band_of(None if score is None else Decimal(score), warn_below=50, block_below=30) is band


@pytest.mark.parametrize(
    ("weights", "warn", "block", "field"),
    [({Metric.PPM: 99}, None, None, "weights"), ({Metric.PPM: 101, Metric.DOCUMENTS: -1}, None, None, "weights"),
     ({Metric.PPM: 100}, 101, None, "warnBelow"), ({Metric.PPM: 100}, 30, 50, "blockBelow")],
)  # fmt: skip
def test_terms_that_make_no_sense_are_refused(weights, warn, block, field):
    with pytest.raises(Invalid) as refused:
        check_terms(weights, warn, block)
    assert refused.value.fields == (field,)
    check_terms(dict(DEFAULT_WEIGHTS), 50, 30)


def test_a_delivery_is_whole_on_the_day_its_last_part_was_accepted():
    came = [Came(date(2027, 1, 9), Decimal(4)), Came(date(2027, 1, 5), Decimal(6))]
    assert whole_on(came, Decimal(10)) == date(2027, 1, 9)
    assert whole_on(came, Decimal(11)) is None
    assert whole_on(came, Decimal(6)) == date(2027, 1, 5)
