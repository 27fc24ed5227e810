"""Why a firm is critical: the paths found are the planted ones, and each says what its first link is worth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.network.esri import esri
from chain.network.graph import ESSENTIAL, LINEAR, FirmRow, LinkRow, build
from chain.network.reasons import reasons
from tests.network.plain_esri import PlainEsri
from tests.network.test_esri import chain_of, random_chain


def magnets():
    """One magnet maker behind three motor makers behind one car, and a cleaner whom the car maker would hardly miss."""
    firms = [
        FirmRow("magnet", "magnet", "r", 1.0), FirmRow("wire", "wire", "r", 1.0), FirmRow("clean", "service", "r", 1.0),
        *(FirmRow(f"motor{i}", "motor", "r", 10.0 * i) for i in (1, 2, 3)), FirmRow("car", "car", "r", 100.0),
    ]  # fmt: skip
    links = [
        *(LinkRow("magnet", f"motor{i}", "magnet", 1.0 * i, ESSENTIAL, cover_days=20.0) for i in (1, 2, 3)),
        *(LinkRow("wire", f"motor{i}", "wire", 1.0, LINEAR) for i in (1, 2, 3)),
        *(LinkRow(f"motor{i}", "car", "motor", 10.0 * i, ESSENTIAL, cover_days=5.0) for i in (1, 2, 3)),
        LinkRow("clean", "car", "cleaning", 1.0, LINEAR),
    ]
    return build(firms, links)


def test_the_planted_way_is_told_step_by_step():
    graph = magnets()

    told = reasons(graph, graph.row["magnet"])

    first = told.paths[0]
    assert [graph.ids[row] for row in first.firms] == ["magnet", "motor3", "car"]
    near, far = first.steps
    assert (near.tier, near.stage, near.share, near.sigma, near.essential, near.loss) == (
        1,
        "magnet",
        1.0,
        1.0,
        True,
        1.0,
    )
    assert (far.tier, far.stage, far.share, far.essential, far.loss) == (2, "motor", 0.5, True, 1.0)
    assert (near.cover_days, far.cover_days, first.cover_days) == (20.0, 5.0, 25.0)
    assert (near.sweep, far.sweep) == (1, 2)
    assert told.score == pytest.approx(esri(graph).score[graph.row["magnet"]])
    assert [graph.ids[path.steps[0].buyer] for path in told.paths] == ["motor3", "motor2", "motor1"]


def test_what_does_not_bind_is_no_reason():
    graph = magnets()

    wire = reasons(graph, graph.row["wire"]).paths[0].steps[0]
    assert (graph.ids[wire.buyer], wire.essential, wire.share, wire.loss) == ("motor3", False, 0.25, 0.25)
    told = reasons(graph, graph.row["clean"])
    assert [[graph.ids[row] for row in path.firms] for path in told.paths] == [["clean", "car"]]
    assert not told.paths[0].steps[0].essential


def test_only_ways_to_the_product_are_shown_when_it_is_named():
    graph = magnets()

    told = reasons(graph, graph.row["magnet"], products=np.array([graph.row["car"]]))

    assert [[graph.ids[row] for row in path.firms] for path in told.paths] == [["magnet", "motor3", "car"]]


def test_two_ways_that_only_matter_together_are_not_shown_as_one_that_does():
    links = [("root", "a", 1.0, 2), ("root", "b", 1.0, 2), ("a", "end", 1.0, 2), ("b", "end", 1.0, 2)]
    firms = [FirmRow(name, name, "r", 5.0 if name == "end" else 0.0) for name in ("root", "a", "b", "end")]
    graph = build(firms, [LinkRow(a, b, amount=amount, kind=kind) for a, b, amount, kind in links])

    told = reasons(graph, graph.row["root"])

    assert told.score == 1.0 and told.paths == ()
    assert [(path.relief, path.relief_down) for path in told.others] == [(0.0, 0.0)]


def test_a_firm_that_nobody_buys_from_has_no_reasons():
    graph = magnets()
    told = reasons(graph, graph.row["car"])

    assert told.paths == () and told.others == ()
    assert reasons(chain_of({"a": "x"}, []), 0).paths == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 39), st.sampled_from([0.0, 0.4]))
def test_a_first_link_that_holds_lowers_the_score_by_what_is_told(seed, firm, capacity):
    graph = random_chain(40, 3, seed, stages=8)

    told = reasons(graph, firm, capacity=capacity)

    plain = PlainEsri(graph.to_networkx())
    score, down, _, sweeps = plain.scored({firm: capacity}, told.eps)
    assert told.score == pytest.approx(score, abs=1e-12)
    for path in (*told.paths, *told.others):
        assert path.firms[0] == firm and len(set(path.firms)) == len(path.firms)
        assert all(a.buyer == b.supplier for a, b in zip(path.steps, path.steps[1:], strict=False))
        link = path.steps[0]
        held = PlainEsri(graph.to_networkx())
        held.hold(link.supplier, link.buyer)
        lower, lower_down, _, _ = held.scored({firm: capacity}, told.eps, sweeps)
        assert path.relief == pytest.approx(score - lower, abs=1e-12)
        assert path.relief_down == pytest.approx(down - lower_down, abs=1e-12)
    assert all(path.relief > 0 for path in told.paths)


def test_who_matters_by_what_it_buys_has_no_path():
    graph = chain_of({"a": "x", "b": "y"}, [("a", "b", 1.0, 2)])

    told = reasons(graph, graph.row["b"])

    assert (told.score, told.down, told.up) == (1.0, 0.0, 1.0) and told.paths == () and told.others == ()


def test_who_matters_more_by_what_it_buys_still_has_its_ways_among_the_others():
    graph = random_chain(300, 6, 2)

    shown = [reasons(graph, int(row)) for row in np.flatnonzero(esri(graph).down > 0.02)]

    ways = [path for told in shown for path in (*told.paths, *told.others)]
    assert len(shown) > 20 and all(told.paths or told.others for told in shown)
    assert sum(path.relief_down > 0 for path in ways) > 0.95 * len(ways)
    assert any(told.others and told.others[0].relief_down > 0 for told in shown)
