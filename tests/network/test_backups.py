"""Second sources: days until one is ready, what the ready ones carry, what one more would buy."""

from datetime import date
from math import inf

import numpy as np
import pytest

from chain.network.backups import second_source, with_source
from chain.network.dynamics import Rules
from chain.network.esri import esri
from chain.network.graph import FirmRow, LinkRow, build
from chain.network.inputs import SecondSource, inputs_of
from chain.network.readiness import BackupState, Coverage, Parts, Readiness, coverage, readiness
from chain.network.scenarios import FirmDown, Scenario, disruption

DAYS = Rules(period_days=1)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (Parts(5, 30, 20, 2, 40), Readiness(55, BackupState.CANDIDATE, "qualification_days", ())),
        (Parts(5, 30, 20, 2, 60), Readiness(65, BackupState.CANDIDATE, "tooling_days", ())),
        (Parts(0, 0, 20, 10, 0), Readiness(70, BackupState.QUALIFIED, "spare_weeks", ())),
        (Parts(0, 0, 0, 1, 0), Readiness(7, BackupState.TRIAL, "spare_weeks", ())),
        (Parts(0, 0, 0, 0, 0), Readiness(0, BackupState.READY, "", ())),
        (Parts(0, 0, 0, None, 0), Readiness(0, BackupState.TRIAL, "", ("spare_weeks",))),
        (
            Parts(),
            Readiness(
                0, BackupState.CANDIDATE, "",
                ("fit_days", "qualification_days", "trial_days", "spare_weeks", "tooling_days"),
            ),
        ),
    ],
)  # fmt: skip
def test_readiness_is_the_longest_way_through_what_is_left(parts, found):
    assert readiness(parts) == found


@pytest.mark.parametrize("wrong", [-1.0, inf, float("nan")])
def test_a_part_that_is_no_length_of_time_is_refused(wrong):
    with pytest.raises(ValueError, match="trial_days"):
        readiness(Parts(trial_days=wrong))


def test_only_ready_sources_cover_and_never_more_than_the_need():
    ready, soon = readiness(Parts(0, 0, 0, 0, 0)), readiness(Parts(0, 0, 10, 0, 0))

    found = coverage(
        {"magnet": 10.0, "chip": 30.0, "lens": 60.0, "glue": 0.0},
        {"magnet": [(ready, 8.0), (ready, 8.0)], "chip": [(ready, 6.0), (soon, 24.0)], "glue": [(soon, 1.0)]},
    )

    assert found == Coverage(items=4, share=0.5, share_of_need=0.4, carried=0.16, bare=("lens",))
    assert coverage({}, {}) == Coverage(0, 0.0, 0.0, 0.0, ())


def small_chain():
    """mine -> smelter -> car, 10 a day each, covers 2 and 3 days."""
    firms = [FirmRow(name, name, "r", 10.0) for name in ("mine", "smelter", "car")]
    return build(
        firms, [LinkRow("mine", "smelter", "ore", 10.0, 2, 2.0), LinkRow("smelter", "car", "metal", 10.0, 2, 3.0)]
    )


def mine_down(graph):
    shock = FirmDown(date(2031, 1, 1), None, "mine")
    return disruption(graph, Scenario("mine down", date(2031, 1, 1), (shock,)))


def test_a_second_source_is_told_as_before_and_after():
    graph = small_chain()

    found = second_source(
        graph,
        mine_down(graph),
        SecondSource(0, 10.0, first_day=1),
        days=30,
        rules=DAYS,
        score=lambda graph: graph.n / 10,
    )

    assert (found.graph_version, found.need_per_day) == (graph.version, 10.0)
    assert found.stop_day == (2.0, inf)
    assert found.stops == (3, 1)
    assert found.lost == pytest.approx((10 * (30 + 28 + 25), 10 * 30))
    assert found.lost_by_buyer == pytest.approx((280.0, 0.0))
    assert found.saved == pytest.approx(530.0)
    assert found.score == (0.3, 0.4)


def test_the_score_may_be_the_systemic_risk_of_the_firm_that_is_backed_up():
    graph = small_chain()

    def score(of):
        return float(esri(of, np.array([of.row["mine"]]), eps=1e-9).score[0])

    found = second_source(graph, mine_down(graph), SecondSource(0, 4.0), days=10, rules=DAYS, score=score)

    # Without it all stops. With it the mine has 6 of 10 of the ore, which the 4 left on the market cannot replace: smelter and
    # car lose 6 of 10 each, of 10 + 10 + 10 and the second source's 4.
    assert found.score == pytest.approx((1.0, (10 + 6 + 6) / 34), abs=1e-6)


def test_a_source_that_comes_too_late_does_not_move_the_stop_day():
    graph = small_chain()

    found = second_source(graph, mine_down(graph), SecondSource(0, 10.0, first_day=20), days=30, rules=DAYS)

    assert found.stop_day == (2.0, 2.0)
    assert found.lost_by_buyer == pytest.approx((280.0, 190.0))  # from day 21 on it makes what came on day 20
    assert found.score is None


def test_sources_already_there_are_there_in_both():
    graph = small_chain()
    source = SecondSource(0, 10.0)

    found = second_source(graph, mine_down(graph), source, days=30, rules=DAYS, already=[source])

    assert found.lost[0] == found.lost[1] == pytest.approx(300.0)
    with pytest.raises(IndexError, match="no link 2"):
        second_source(graph, mine_down(graph), SecondSource(2, 1.0))


def test_the_graph_with_a_source_buys_no_more_and_takes_its_part_from_the_present_links():
    graph = small_chain()

    outside, inside = (
        with_source(graph, SecondSource(0, 4.0), DAYS),
        with_source(graph, SecondSource(0, 99.0, firm=2), DAYS),
    )

    assert (outside.n, outside.m, inside.n, inside.m) == (4, 3, 3, 3)
    assert outside.ids.tolist() == ["mine", "smelter", "car", "备链"]
    assert outside.stages[outside.stage[3]] == "mine"
    assert outside.amount.tolist() == [6.0, 10.0, 4.0]
    assert inside.amount.tolist() == [0.0, 10.0, 10.0]
    assert inputs_of(outside).need == pytest.approx(inputs_of(graph).need)
    assert np.array_equal(graph.amount, [10.0, 10.0])
    assert outside.version != graph.version
