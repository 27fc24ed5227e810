"""On how few firms and regions stages rest: against the oracle and plain sums."""

from collections import defaultdict
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given

from chain.network.concentration import Supplied, concentration, concentration_of_rows
from chain.network.graph import FirmRow, LinkRow, build
from tests.network.drawn import graphs, oracle, steady

CASE = oracle("hhi-single-source")


def checked(stages):
    found = {one.stage: one for one in stages}
    expected = CASE["expected"]
    for stage, one in found.items():
        assert one.firm == pytest.approx(expected["hhi_firm"][stage], abs=1e-12)
        assert one.region == pytest.approx(expected["hhi_region"][stage], abs=1e-12)
        assert one.effective == pytest.approx(expected["effective_suppliers"][stage], abs=1e-12)
    assert sorted(found) == sorted(expected["hhi_firm"])
    assert [s for s, one in found.items() if one.single_source] == expected["single_source"]
    assert [s for s, one in found.items() if one.single_region] == expected["single_region"]


def test_the_oracle_by_rows():
    checked(concentration_of_rows([Supplied(*row) for row in CASE["input"]["rows"]]))


def test_the_oracle_by_the_graph():
    rows = CASE["input"]["rows"]
    firms = [FirmRow(firm, stage, region) for stage, firm, region, _ in rows]
    links = [LinkRow(firm, "buyer", stage, amount) for stage, firm, _, amount in rows]

    found = concentration(build([*firms, FirmRow("buyer", "final", "JS")], links))

    final = next(one for one in found.stages if one.stage == "final")
    assert isnan(final.firm) and isnan(final.effective) and final.firms == 1
    checked([one for one in found.stages if one.stage != "final"])
    assert found.single_source == ("final", "lens")


@steady
@given(graphs())
def test_shares_are_sums_of_sales(graph):
    sales = defaultdict(lambda: defaultdict(float))
    places = defaultdict(lambda: defaultdict(float))
    for link in range(graph.m):
        seller = graph.supplier[link]
        sales[graph.stage[seller]][seller] += graph.weight[link]
        places[graph.stage[seller]][graph.region[seller]] += graph.weight[link]

    found = {one.stage: one for one in concentration(graph).stages}

    assert set(found) == set(graph.stages)
    for place, stage in enumerate(graph.stages):
        for held, told, count in (
            (sales[place], found[stage].firm, found[stage].firms),
            (places[place], found[stage].region, found[stage].regions),
        ):
            total = sum(held.values())
            if total:
                assert told == pytest.approx(sum((one / total) ** 2 for one in held.values()), abs=1e-9)
                assert count == sum(one > 0 for one in held.values())
            else:
                assert isnan(told)


def test_who_is_qualified_may_count_without_a_sale():
    graph = build(
        [FirmRow("A", "chip", "JS"), FirmRow("B", "chip", "ZJ"), FirmRow("P", "final", "JS")],
        [LinkRow("A", "P", "chip", 5.0), LinkRow("B", "P", "chip", 0.0)],
    )

    assert concentration(graph).single_source == ("chip", "final")
    assert concentration(graph, qualified=np.array([True, True, True])).single_source == ("final",)
    assert concentration(graph, qualified=np.array([False, True, True])).single_region == ("chip", "final")
    both = concentration(graph, amounts=np.array([1.0, 1.0, nan])).stages
    assert (both[0].firm, both[0].effective) == (0.5, 2.0)


def test_a_firm_in_two_stages_counts_in_each_and_unknown_amounts_are_told():
    rows = [
        Supplied("chip", "A", "JS", 1.0), Supplied("lens", "A", "JS", 3.0), Supplied("lens", "B", "JS", None),
        Supplied("lens", "A", "JS", 1.0), Supplied("lens", "C", "SD", 4.0),
    ]  # fmt: skip

    chip, lens = concentration_of_rows(rows)

    assert (chip.firm, chip.single_source, chip.unknown_share) == (1.0, True, 0.0)
    assert (lens.firm, lens.firms, lens.regions, lens.unknown_share) == (0.5, 2, 2, 0.25)


def test_unknown_sales_are_told_by_stage():
    graph = build(
        [FirmRow("A", "chip", "JS"), FirmRow("B", "lens", "ZJ", output=7.0), FirmRow("P", "final", "JS")],
        [LinkRow("A", "P", "chip"), LinkRow("A", "P", "core", 4.0), LinkRow("B", "P", "lens")],
    )

    assert {one.stage: one.unknown_share for one in concentration(graph).stages} == {
        "chip": 0.5,
        "final": 0.0,
        "lens": 0.0,
    }
    assert concentration(build([], [])).stages == ()
    assert concentration_of_rows([]) == ()
