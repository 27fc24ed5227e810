"""Who stops first: by hand, by brute force over every firm again and again, and as the days have it where both are exact."""

from datetime import date
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.network.dynamics import NEVER, Rules, simulate
from chain.network.graph import FirmRow, LinkRow, build
from chain.network.inputs import SecondSource, inputs_of
from chain.network.scenarios import Delay, Disruption, FirmDown, Scenario, disruption
from chain.network.stopping import Step, stop_map

JAN = date(2031, 1, 1)
DAYS = Rules(target_days=4)


def graph_of(*links):
    """Links as (supplier, buyer, item, kind, cover)."""
    firms = sorted({name for link in links for name in link[:2]})
    return build(
        [FirmRow(name, name[0], "r", 1.0) for name in firms],
        [LinkRow(a, b, item, 1.0, kind, cover) for a, b, item, kind, cover in links],
    )


def closed(graph, *rows, since=0, until=None):
    starts = tuple(sorted({0, since} | ({until} if until else set())))
    psi = np.ones((len(starts), graph.n))
    for window, start in enumerate(starts):
        if start >= since and (until is None or start < until):
            psi[window, list(rows)] = 0
    return Disruption(graph.version, starts, psi)


def stops(graph, harm, **how):
    found = stop_map(graph, harm, **how)
    return {name: day for name, day in zip(graph.ids.tolist(), found.stop.tolist(), strict=True) if day < inf}


def test_the_first_input_to_run_out_stops_the_buyer_and_the_path_says_why():
    graph = graph_of(
        ("magnet", "motor", "magnets", 2, 3.0), ("magnet", "pump", "magnets", 2, 1.0), ("motor", "car", "motors", 2, 4.0),
        ("pump", "car", "pumps", 2, None),
    )  # fmt: skip
    row = graph.row

    found = stop_map(graph, closed(graph, row["magnet"], since=2), default_cover=10)

    assert [graph.ids.tolist()[r] for r in found.order] == ["magnet", "pump", "motor", "car"]
    assert found.stop.tolist() == [9, 2, 5, 3]  # car, magnet, motor, pump
    assert found.first_day.tolist() == [9, 2, 5, 3]
    assert found.path(row["car"]) == [
        Step(row["magnet"], 2.0, NEVER, 0.0, False),
        Step(row["motor"], 5.0, 0, 3.0, False),
        Step(row["car"], 9.0, 2, 4.0, False),
    ]
    assert (found.graph_version, found.unknown_share["cover"]) == (graph.version, 0.25)


def test_an_assumed_cover_is_said_to_be_one():
    graph = graph_of(("a", "b", "", 2, None))

    found = stop_map(graph, closed(graph, 0), default_cover=2.5)

    assert found.path(1) == [Step(0, 0.0, NEVER, 0.0, False), Step(1, 2.5, 0, 2.5, True)]
    assert found.first_day.tolist() == [0, 3]


def test_three_motor_makers_behind_one_magnet_are_no_second_source():
    graph = graph_of(
        *[("magnet", f"motor{i}", "magnets", 2, float(i)) for i in (1, 2, 3)],
        *[(f"motor{i}", "car", "motors", 2, 5.0) for i in (1, 2, 3)],
    )

    assert stops(graph, closed(graph, graph.row["magnet"])) == {
        "magnet": 0, "motor1": 1, "motor2": 2, "motor3": 3, "car": 8,
    }  # fmt: skip
    assert stops(graph, closed(graph, graph.row["motor1"], graph.row["motor2"])) == {"motor1": 0, "motor2": 0}


def test_linear_and_negligible_inputs_and_inputs_of_nothing_stop_nobody():
    graph = build(
        [FirmRow(name, name, "r") for name in "abcd"],
        [LinkRow("a", "b", "", 1.0, 1, 1.0), LinkRow("a", "c", "", 1.0, 0, 1.0), LinkRow("a", "d", "", 0.0, 2, 1.0)],
    )

    assert stops(graph, closed(graph, 0)) == {"a": 0}


def test_an_outage_shorter_than_the_cover_is_not_felt():
    graph = graph_of(("a", "b", "", 2, 2.0), ("b", "c", "", 2, 3.0), ("c", "d", "", 2, 5.0))

    assert stops(graph, closed(graph, 0, until=4)) == {"a": 0, "b": 2, "c": 5}
    assert stops(graph, closed(graph, 0, until=2)) == {"a": 0, "b": 2}
    assert stops(graph, closed(graph, 0, until=1)) == {"a": 0}


def test_a_second_source_counts_from_the_day_it_starts():
    graph = graph_of(("a", "b", "", 2, 4.0), ("b", "c", "", 2, 2.0))

    def with_source(day, capacity=1.0, firm=None):
        return stops(graph, closed(graph, 0), second_sources=[SecondSource(0, capacity, day, firm=firm)])

    assert with_source(2) == {"a": 0}
    assert with_source(4) == {"a": 0, "b": 4}  # b has it on day 5, c what b makes of it on day 6, as its own stock ends
    assert with_source(9) == {"a": 0, "b": 4, "c": 6}
    assert with_source(2, capacity=0.0) == with_source(2, firm=0) == {"a": 0, "b": 4, "c": 6}


def test_a_delayed_lane_stops_whoever_holds_less_than_the_delay():
    graph = graph_of(("a", "b", "", 2, 3.0), ("b", "c", "", 2, 9.0))
    lane = np.array([0], dtype=np.int32)

    def delayed(days, end=None):
        return Disruption(graph.version, (0,), np.ones((1, 3)), (Delay(lane, days, 2, end),))

    assert stops(graph, delayed(2)) == {}
    assert stops(graph, delayed(5)) == {"b": 5}
    assert stops(graph, delayed(5, end=3)) == {}
    assert stops(graph, delayed(20)) == {"b": 5, "c": 14}


@st.composite
def any_graph(draw):
    n = draw(st.integers(2, 7))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] != pair[1])
    links = [
        LinkRow(
            f"f{a}", f"f{b}", draw(st.sampled_from(["", "x", "y"])), 1.0, draw(st.sampled_from([1, 2, 2])),
            draw(st.sampled_from([None, 0.0, 1.0, 2.5, 4.0])),
        )
        for a, b in draw(st.lists(pairs, max_size=14))
    ]  # fmt: skip
    return build([FirmRow(f"f{i}", draw(st.sampled_from("ab")), "r", 1.0) for i in range(n)], links)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(any_graph(), st.data())
def test_the_walk_finds_what_repeating_the_rule_until_nothing_changes_finds(graph, data):
    down = data.draw(st.sets(st.integers(0, graph.n - 1), min_size=1, max_size=2))
    needs = inputs_of(graph)
    expected = dict.fromkeys(down, 0.0)
    for _ in range(graph.n + 1):
        for buyer in range(graph.n):
            for place in [p for p in range(needs.k) if needs.buyer[p] == buyer and needs.kind[p] == 2]:
                sources = {int(graph.supplier[k]) for k in range(graph.m) if needs.of_link[k] == place}
                if sources <= set(expected):
                    cover = 15.0 if np.isnan(needs.cover[place]) else float(needs.cover[place])
                    out = max(expected[source] for source in sources) + cover
                    expected[buyer] = min(expected.get(buyer, inf), out)

    found = stop_map(graph, closed(graph, *down))

    assert {row: day for row, day in enumerate(found.stop.tolist()) if day < inf} == pytest.approx(expected)
    for row in expected:
        steps = found.path(row)
        assert steps[0].firm in down and steps[-1].firm == row
        for before, after in zip(steps, steps[1:], strict=False):
            assert (graph.supplier[after.link], graph.buyer[after.link]) == (before.firm, after.firm)
            assert after.day == pytest.approx(before.day + after.cover)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 100), st.sampled_from([1.0, 1.5, 2.0, 3.25, None])), min_size=1, max_size=8),
    st.data(),
)
def test_on_a_tree_the_map_and_the_days_agree(parents, data):
    """Every firm sells to one earlier firm, every input has one source: what runs out is exact in both."""
    firms = [FirmRow(f"f{i}", f"s{i}", "r", 100.0) for i in range(len(parents) + 1)]
    links = [
        LinkRow(f"f{i}", f"f{parent % i}", "", 5.0, 2, cover) for i, (parent, cover) in enumerate(parents, start=1)
    ]
    graph = build(firms, links)
    down, since = data.draw(st.integers(0, graph.n - 1)), data.draw(st.integers(0, 3))
    until = (
        data.draw(st.sampled_from([None, since + 2, since + 5]))
        if all(cover != 1.5 and cover != 3.25 for _, cover in parents)
        else None
    )
    harm = closed(graph, down, since=since, until=until)

    walked, lived = stop_map(graph, harm, default_cover=4), simulate(graph, harm, 60, DAYS)

    assert walked.first_day.tolist() == lived.first_stop.tolist()


def test_a_whole_stage_down_stops_its_buyers_alike_in_both():
    graph = graph_of(("a1", "b", "", 2, 3.0), ("a2", "b", "", 2, 3.0), ("b", "c", "", 2, 2.0))
    harm = closed(graph, graph.row["a1"], graph.row["a2"], since=1)

    assert stop_map(graph, harm).first_day.tolist() == simulate(graph, harm, 30).first_stop.tolist() == [1, 1, 4, 6]


def test_another_graphs_disruption_is_refused_and_dates_come_from_the_scenario():
    graph, other = graph_of(("a", "b", "", 2, 3.0)), graph_of(("a", "b", "", 2, 4.0))
    scenario = Scenario("fire", JAN, (FirmDown(date(2031, 1, 3), None, "a"),))
    harm = disruption(graph, scenario)

    assert scenario.date(int(stop_map(graph, harm).first_day[1])) == date(2031, 1, 6)
    with pytest.raises(ValueError, match="another graph"):
        stop_map(other, harm)
