"""Where small networks, drawn by hand, narrow on their way to one firm."""

import pytest

from chain.network.graph import FirmRow, LinkRow, build
from oversight.resilience.bottlenecks import Gate, StageCut, bottlenecks


def drawn(*links, stages):
    firms = [FirmRow(key, stages.get(key, ""), "") for key in dict.fromkeys(end for link in links for end in link)]
    return build(firms, [LinkRow(a, b, f"{a}>{b}", amount=1.0) for a, b in links])


@pytest.fixture
def diamond():
    """Ore goes through one smelter to two makers, both sell to me; I sell to a dealer."""
    stages = {"ore": "raw", "smelter": "metal", "left": "parts", "right": "parts", "me": "robots", "dealer": "trade"}
    return drawn(
        ("ore", "smelter"), ("smelter", "left"), ("smelter", "right"), ("left", "me"), ("right", "me"), ("me", "dealer"),
        stages=stages,
    )  # fmt: skip


def test_a_diamond_narrows_at_its_smelter_alone(diamond):
    row = diamond.row
    found = bottlenecks(diamond, row["me"], ["raw"])

    assert found.by_tier == ((1, 2), (2, 1), (3, 1))
    assert (found.away[row["me"]], found.away[row["dealer"]]) == (0, -1)
    assert found.gates == (Gate(row["smelter"], 1),)
    cuts = {cut.stage: cut.rows for cut in found.cuts}
    assert cuts["parts"] == tuple(sorted((row["left"], row["right"])))
    assert set(cuts) == {"raw", "metal", "parts"} and cuts["metal"] == (row["smelter"],) and len(cuts["raw"]) == 1
    assert found.articulation == {row["smelter"], row["me"]}
    assert {frozenset(pair) for pair in found.bridges} == {
        frozenset((row["ore"], row["smelter"])), frozenset((row["me"], row["dealer"])),
    }  # fmt: skip
    assert found.beyond_share == 0.0, "ore is raw by nature"


def test_what_is_paid_to_firms_without_a_seen_supplier_lies_beyond(diamond):
    assert bottlenecks(diamond, diamond.row["me"], []).beyond_share == pytest.approx(1 / 5)


def test_who_has_no_link_has_no_ways_that_could_narrow(diamond):
    found = bottlenecks(diamond, None, ["raw"])

    assert (found.by_tier, found.gates, found.cuts, found.beyond_share) == ((), (), (), 0.0)
    assert len(found.bridges) == 2


def test_a_stage_that_is_cut_off_by_nobody_is_in_no_list():
    graph = drawn(("a", "me"), ("me", "b"), stages={"a": "parts", "me": "parts", "b": "trade"})

    assert bottlenecks(graph, graph.row["me"], []).cuts == (), "one's own stage needs nobody to reach one"
    assert StageCut("parts", ()) not in bottlenecks(graph, graph.row["b"], []).cuts
