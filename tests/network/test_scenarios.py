"""What may happen, as capacity by day and late links; and one sentence for each thing that cannot be meant."""

from datetime import date

import numpy as np
import pytest

from chain.network.graph import FirmRow, LinkRow, build
from chain.network.scenarios import (
    Disruption,
    FirmDown,
    ImportStop,
    LaneDelay,
    PowerRationing,
    RegionDown,
    Scenario,
    StageCut,
    disruption,
    faults,
    from_plain,
    steady,
    to_plain,
)
from kernel.errors import Invalid

JAN = date(2031, 1, 1)


def day(number):
    return date(2031, 1, number)


GRAPH = build(
    [
        FirmRow("ore", "mine", "AU"), FirmRow("salt", "mine", "AU"), FirmRow("steel", "smelter", "320200"),
        FirmRow("cast", "smelter", "320500"), FirmRow("car", "car", "320500"),
    ],
    [
        LinkRow("ore", "steel", "iron"), LinkRow("salt", "cast", "salt"), LinkRow("steel", "car", "plate"),
        LinkRow("cast", "car", "block"), LinkRow("steel", "cast", "plate"),
    ],
)  # fmt: skip


def left_on(on, *shocks):
    harm = disruption(GRAPH, Scenario("s", JAN, shocks))
    return dict(zip(GRAPH.ids.tolist(), harm.capacity((on - JAN).days).tolist(), strict=True))


@pytest.mark.parametrize(
    ("shock", "hit"),
    [
        (FirmDown(JAN, None, "ore"), {"ore": 0.0}),
        (FirmDown(JAN, None, "ore", 0.4), {"ore": 0.4}),
        (RegionDown(JAN, None, "320500"), {"cast": 0.0, "car": 0.0}),
        (RegionDown(JAN, None, "320500", 0.75), {"cast": 0.75, "car": 0.75}),
        (StageCut(JAN, None, "mine", 0.5), {"ore": 0.5, "salt": 0.5}),
        (PowerRationing(JAN, None, ("smelter",)), {"steel": 0.7, "cast": 0.7}),
        (PowerRationing(JAN, None, ("smelter", "car"), ("320500",), 0.2), {"cast": 0.2, "car": 0.2}),
        (ImportStop(JAN, None, ("AU",)), {"ore": 0.0, "salt": 0.0}),
        (ImportStop(JAN, None, ("AU", "320200"), "iron"), {"ore": 0.0}),
    ],
)
def test_each_shock_leaves_what_it_says_and_nobody_else_is_touched(shock, hit):
    assert left_on(JAN, shock) == {name: hit.get(name, 1.0) for name in GRAPH.ids.tolist()}


def test_both_first_and_last_day_count_and_shocks_multiply():
    shocks = (
        RegionDown(day(3), day(5), "320500", 0.5), PowerRationing(day(5), day(9), ("smelter",), (), 0.7),
        FirmDown(day(9), None, "car"),
    )  # fmt: skip

    harm = disruption(GRAPH, Scenario("mixed", JAN, shocks))

    assert harm.starts == (0, 2, 4, 5, 8, 9)
    assert [[left_on(day(n), *shocks)[firm] for firm in ("steel", "cast", "car")] for n in (2, 3, 5, 6, 9, 10)] == [
        [1.0, 1.0, 1.0], [1.0, 0.5, 0.5], [0.7, 0.35, 0.5], [0.7, 0.7, 1.0], [0.7, 0.7, 0.0], [1.0, 1.0, 0.0],
    ]  # fmt: skip
    assert list(harm.closed(GRAPH.row["car"])) == [(8, None)]
    assert harm.first_day == 2
    assert harm.graph_version == GRAPH.version


def test_a_lane_is_the_links_between_two_regions_in_one_direction():
    harm = disruption(GRAPH, Scenario("strike", JAN, (LaneDelay(day(2), day(4), "320200", "320500", 6),)))

    (delay,) = harm.delays
    assert [GRAPH.items[GRAPH.item[link]] for link in delay.links] == ["plate", "plate"]
    assert (delay.days, delay.first, delay.end) == (6, 1, 4)
    assert harm.psi.tolist() == [[1.0] * 5]
    assert harm.first_day == 1


def test_a_firm_closed_twice_is_closed_twice_and_nothing_is_steady():
    twice = Disruption(GRAPH.version, (0, 3, 5, 8), np.array([[0.0] * 5, [1.0] * 5, [0.0] * 5, [0.5] * 5]))

    assert list(twice.closed(0)) == [(0, 3), (5, 8)]
    assert steady(GRAPH).first_day is None
    assert list(steady(GRAPH).closed(0)) == []


@pytest.mark.parametrize(
    ("shock", "field", "sentence"),
    [
        (FirmDown(JAN, None, "nobody"), "firm", "there is no firm nobody in this chain"),
        (FirmDown(JAN, None, "car", 1.5), "left", "1.5 is no share from 0 to 1"),
        (FirmDown(JAN, None, "car", float("nan")), "left", "nan is no share from 0 to 1"),
        (FirmDown(date(2030, 12, 31), None, "car"), "first", "2030-12-31 lies before the scenario begins"),
        (FirmDown(day(5), day(4), "car"), "last", "it would end on 2031-01-04, before it begins"),
        (FirmDown(date(2051, 1, 1), None, "car"), "last", "2051-01-01 is more than ten years away"),
        (RegionDown(JAN, None, "Mars"), "region", "there is no region Mars in this chain"),
        (StageCut(JAN, None, "Mars"), "stage", "there is no stage Mars in this chain"),
        (PowerRationing(JAN, None), "stages", "name the stages whose power is rationed"),
        (PowerRationing(JAN, None, ("Mars",)), "stage", "there is no stage Mars in this chain"),
        (ImportStop(JAN, None), "regions", "name the regions from which nothing comes"),
        (ImportStop(JAN, None, ("AU",), "gold"), "item", "there is no item gold in this chain"),
        (LaneDelay(JAN, None, "AU", "Mars", 3), "region", "there is no region Mars in this chain"),
        (LaneDelay(JAN, None, "AU", "320500", 0), "days", "a delay of 0 days is none from 1 to 3650"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_at_its_field(shock, field, sentence):
    fine = FirmDown(JAN, None, "ore")
    scenario = Scenario("s", JAN, (fine, shock))

    (fault,) = faults(GRAPH, scenario)

    assert (fault.fields, fault.en) == ((f"shocks.1.{field}",), f"shock 2: {sentence}")
    assert fault.zh.startswith("第 2 项冲击：")
    with pytest.raises(Invalid, match="shock 2"):
        disruption(GRAPH, scenario)


def test_a_scenario_without_name_or_shock_says_both():
    assert [fault.fields for fault in faults(GRAPH, Scenario(" ", JAN, ()))] == [("name",), ("shocks",)]


def test_a_saved_scenario_comes_back_as_it_was():
    scenario = Scenario(
        "all", JAN,
        (
            FirmDown(JAN, day(9), "car", 0.25), RegionDown(JAN, None, "AU"), StageCut(JAN, None, "mine", 0.1),
            PowerRationing(JAN, None, ("mine", "car"), ("AU",)), ImportStop(JAN, None, ("AU",), "iron"),
            LaneDelay(day(2), None, "AU", "320500", 3),
        ),
    )  # fmt: skip

    plain = to_plain(scenario)

    assert plain["shocks"][0] == {
        "kind": "firm_down",
        "first": "2031-01-01",
        "last": "2031-01-09",
        "firm": "car",
        "left": 0.25,
    }
    assert plain["shocks"][3]["stages"] == ["mine", "car"]
    assert from_plain(plain) == scenario


@pytest.mark.parametrize(
    "plain",
    [
        {}, {"name": "s", "begins": "soon", "shocks": []}, {"name": "s", "begins": "2031-01-01", "shocks": [{"kind": "flood"}]},
        {"name": "s", "begins": "2031-01-01", "shocks": [{"kind": "firm_down"}]},
        {"name": "s", "begins": "2031-01-01", "shocks": [{"kind": "firm_down", "first": "2031-01-01", "color": 3}]},
    ],
)  # fmt: skip
def test_a_damaged_scenario_is_refused(plain):
    with pytest.raises(Invalid, match="cannot be read"):
        from_plain(plain)
