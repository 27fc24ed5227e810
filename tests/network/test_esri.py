"""ESRI against the oracles, against its formulas written down plainly, against closed forms, and on a bad day."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.network.esri import esri, esri_top, shock
from chain.network.graph import ESSENTIAL, LINEAR, NEGLIGIBLE, FirmRow, LinkRow, build
from tests.network.plain_esri import PlainEsri

CASES = json.loads((Path(__file__).parent / "oracles" / "resilience.json").read_text(encoding="utf-8"))["cases"]
EPS = 0.00987654321
"""Near the published 1e-2, and no share a small number of equal amounts can make: a fall never lies on it by rounding."""


def firm(name, stage="s", output=None):
    return FirmRow(name, stage, "r", output)


def chain_of(stages, links, classes=None):
    """From ``{firm: stage}`` and ``(supplier, buyer, amount, kind)``."""
    rows = [LinkRow(a, b, amount=amount, kind=kind) for a, b, amount, kind in links]
    return build([firm(name, stage) for name, stage in stages.items()], rows, classes)


@st.composite
def chains(draw, firms=9, amounts=None):
    """Any network of a few firms: cycles, links twice over, all three classes, firms with nothing, outputs known or not."""
    number = draw(st.integers(1, firms))
    names = range(number)
    outputs = st.none() | st.floats(0.0, 50.0)
    nodes = [FirmRow(name, draw(st.sampled_from("ABC")), "r", draw(outputs)) for name in names]
    amount = st.none() | st.just(0.0) | st.floats(0.01, 1000.0) if amounts is None else amounts
    end = st.integers(0, number - 1)
    kinds = st.sampled_from([NEGLIGIBLE, LINEAR, ESSENTIAL, ESSENTIAL])
    links = [
        LinkRow(draw(end), draw(end), amount=draw(amount), kind=draw(kinds), confidence=draw(st.sampled_from([1.0, 0.5])))
        for _ in range(draw(st.integers(0, 3 * number)))
    ]  # fmt: skip
    return build(nodes, links)


def random_chain(number, degree, seed, stages=12):
    """A network as they are: a few firms with many links, amounts over several orders of magnitude, stages of all classes."""
    rng = np.random.default_rng(seed)
    known = rng.random(number) ** 4
    ends = rng.choice(number, (int(number * degree), 2), p=known / known.sum())
    classes = {(f"s{a}", f"s{b}"): int(rng.choice([0, 1, 2, 2])) for a in range(stages) for b in range(stages)}
    firms = [FirmRow(i, f"s{rng.integers(stages)}", "r") for i in range(number)]
    return build(firms, [LinkRow(int(a), int(b), amount=float(rng.lognormal(0, 2))) for a, b in ends], classes)


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == "esri"], ids=lambda c: c["id"])
def test_the_oracles_are_met(case):
    links = [(a, b, amount, ESSENTIAL if needed else LINEAR) for a, b, amount, needed in case["input"]["links"]]
    graph = chain_of(case["input"]["sector"], links)
    expected, names = case["expected"], graph.ids.tolist()

    found = esri(graph, eps=case["eps"])

    assert found.score == pytest.approx([expected["esri"][name] for name in names], abs=case["tolerance"])
    assert found.exact.all() and found.converged.all()
    for row, name in enumerate(names):
        closed = shock(graph, np.where(np.arange(graph.n) == row, 0.0, 1.0), eps=case["eps"])
        assert closed.total == pytest.approx(expected["esri"][name], abs=case["tolerance"])
        for way, left in (("downstream", closed.down), ("upstream", closed.up)):
            assert left == pytest.approx([expected[way][name][other] for other in names], abs=case["tolerance"]), way


@settings(max_examples=60, deadline=None)
@given(chains(), st.sampled_from([EPS, EPS / 3]))
def test_every_score_is_the_plain_one(graph, eps):
    plain = PlainEsri(graph.to_networkx())

    found = esri(graph, eps=eps)

    for row in range(graph.n):
        score, down, up, sweeps = plain.closed(row, eps)
        assert found.score[row] == pytest.approx(score, abs=1e-12)
        assert found.down[row] == pytest.approx(down, abs=1e-12)
        assert found.up[row] == pytest.approx(up, abs=1e-12)
        assert found.sweeps[row] == sweeps


@settings(max_examples=60, deadline=None)
@given(chains(), st.data())
def test_any_mix_of_capacities_travels_as_plainly(graph, data):
    psi = data.draw(st.lists(st.sampled_from([0.0, 0.25, 0.7, 1.0]), min_size=graph.n, max_size=graph.n))
    weights = np.array(data.draw(st.lists(st.floats(0.0, 9.0), min_size=graph.n, max_size=graph.n)))

    found = shock(graph, np.array(psi), eps=EPS, weights=weights)

    down, up, sweeps = PlainEsri(graph.to_networkx()).shocked(dict(enumerate(psi)), EPS)
    assert found.down == pytest.approx([down[row] for row in range(graph.n)], abs=1e-12)
    assert found.up == pytest.approx([up[row] for row in range(graph.n)], abs=1e-12)
    assert found.loss == pytest.approx([1 - min(down[row], up[row]) for row in range(graph.n)], abs=1e-12)
    assert found.total == pytest.approx(weights @ found.loss / (weights.sum() or 1), abs=1e-12)
    assert found.sweeps == sweeps


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_network_of_hundreds_is_the_plain_one(seed):
    graph = random_chain(300, 6, seed)
    plain = PlainEsri(graph.to_networkx())
    rows = np.argsort(-graph.size)[:40:5].astype(np.int32)

    found = esri(graph, rows, eps=EPS)

    expected = [plain.closed(int(row), EPS) for row in rows]
    assert np.column_stack([found.score, found.down, found.up]) == pytest.approx(
        np.array([e[:3] for e in expected]), abs=1e-12
    )
    assert found.sweeps.tolist() == [e[3] for e in expected]
    assert found.score.max() > 0.05 and found.reach.max() > 100  # something travelled


@settings(max_examples=25, deadline=None)
@given(chains(firms=5, amounts=st.sampled_from([1e15, 1e9, 1.0, 0.3])))
def test_a_giant_beside_a_dwarf_is_counted_without_rounding(graph):
    plain = PlainEsri(graph.to_networkx(), Fraction)

    for row in range(graph.n):
        down, up, _ = plain.shocked({row: Fraction(0)}, 0, sweeps=3)
        after = at_most(graph, row, 3)
        assert after[0] == pytest.approx([float(down[other]) for other in range(graph.n)], abs=1e-9)
        assert after[1] == pytest.approx([float(up[other]) for other in range(graph.n)], abs=1e-9)


def at_most(graph, row, sweeps):
    """Down and up after so many sweeps of this firm's cascade."""
    from chain.network.esri import Closing
    from chain.network.layout import laid_out

    layout = laid_out(graph)
    closing = Closing(layout.shares, graph.size[layout.row], 0.0, 0.0)
    closing.struck(layout.place[[row]], np.zeros(1), sweeps)
    return 1 - closing.state.loss[:, layout.place]


def test_what_is_left_of_a_stage_is_not_lost_in_its_giant():
    stages = {"giant": "chip", "dwarf": "chip", "least": "chip", "a": "board", "b": "board"}
    graph = chain_of(stages, [("giant", "a", 1e16, 2), ("dwarf", "b", 0.3, 2), ("least", "b", 0.6, 1)])

    closed = shock(graph, np.array([0.0, 0.0, 1.0, 1.0, 1.0]))

    # 0.6 of the stage is left, twice the dwarf: half its third of what b buys there is replaced
    assert closed.down.tolist() == pytest.approx([0.0, 0.0, 1.0, 0.0, 5 / 6])


def test_orders_lost_are_an_absorbing_walk():
    graph = random_chain(60, 5, 4)
    sold = np.zeros((60, 60))
    np.add.at(sold, (graph.supplier, graph.buyer), graph.weight)
    sales = sold.sum(axis=1)
    steps = np.linalg.inv(
        np.eye(60) - np.divide(sold, sales[:, None], where=sales[:, None] > 0, out=np.zeros((60, 60)))
    )
    expected = (sales @ steps) / np.diag(steps) / sales.sum()

    assert esri(graph, eps=1e-13).up == pytest.approx(expected, abs=1e-9)


def test_linear_inputs_nobody_replaces_are_the_same_walk_the_other_way():
    rng = np.random.default_rng(5)
    links = [(f"f{a}", f"f{b}", float(rng.lognormal()), LINEAR) for a, b in rng.integers(0, 40, (200, 2)) if a != b]
    graph = chain_of({f"f{i}": f"s{i}" for i in range(40)}, links)  # a stage of its own each: sigma is 1
    bought = np.zeros((40, 40))
    np.add.at(bought, (graph.supplier, graph.buyer), graph.weight)
    sales, spent = bought.sum(axis=1), bought.sum(axis=0)
    steps = np.linalg.inv(np.eye(40) - np.divide(bought, spent, where=spent > 0, out=np.zeros((40, 40))))

    assert esri(graph, eps=1e-13).down == pytest.approx((steps @ sales) / np.diag(steps) / sales.sum(), abs=1e-9)


def test_a_small_theta_changes_little_and_in_a_settled_cascade_only_downwards():
    graph, some = random_chain(400, 6, 6), np.arange(40, dtype=np.int32)

    exact, rough, rougher = (esri(graph, theta=theta) for theta in (0.0, 1e-4, 1e-2))
    settled, less = (esri(graph, some, theta=theta, eps=1e-7) for theta in (0.0, 1e-2))

    assert 0 < np.abs(exact.score - rough.score).max() <= 2e-4
    assert (less.score <= settled.score + 1e-5).all() and less.score.sum() < settled.score.sum()
    assert rougher.reach.sum() < rough.reach.sum() < exact.reach.sum()
    assert exact.exact.all() and not rough.exact.any() and rough.theta == 1e-4


def test_the_top_is_exact_and_the_rest_says_that_it_is_not():
    graph = random_chain(400, 6, 7)
    exact = esri(graph)
    heard = []

    found = esri_top(graph, 30, told=lambda done, total: heard.append((done, total)))

    top = found.ranked[:20]
    assert found.exact.sum() == 30 and found.exact[top].all()
    assert top.tolist() == exact.ranked[:20].tolist()
    assert found.score[found.exact].tolist() == exact.score[found.exact].tolist()
    assert heard[-1] == (430, 430) and heard == sorted(heard)


def test_a_result_says_of_which_graph_it_speaks_and_what_nobody_knows():
    graph = chain_of({"a": "x", "b": "y", "c": "y"}, [("a", "b", None, 2), ("a", "c", 4.0, 2)])

    found = esri(graph, eps=0.05)

    assert (found.graph_version, found.eps, found.theta) == (graph.version, 0.05, 0.0)
    assert found.unknown_share == graph.unknown_share and found.unknown_share["amount"] == 0.5
    assert found.firms.tolist() == [0, 1, 2]


def test_an_empty_chain_and_firms_without_links():
    empty = build([], [])
    alone = build([firm("a", output=3.0), firm("b", output=1.0)], [])

    assert esri(empty).score.tolist() == [] and shock(empty, np.zeros(0)).total == 0.0
    assert esri(alone).score.tolist() == [0.75, 0.25] and esri(alone).reach.tolist() == [1, 1]
    assert esri(build([firm("a")], [])).score.tolist() == [0.0]  # nothing is made, so nothing is lost


def test_parts_that_do_not_hang_together_do_not_hurt_each_other():
    graph = chain_of({"a": "x", "b": "y", "c": "z", "d": "w"}, [("a", "b", 5.0, 2), ("c", "d", 5.0, 2)])

    closed = shock(graph, np.array([0.0, 1.0, 1.0, 1.0]))

    assert closed.loss.tolist() == [1.0, 1.0, 0.0, 0.0] and closed.total == 0.5


def test_links_without_money_do_nothing_and_links_twice_over_are_one():
    stages = {"a": "x", "b": "x", "c": "y"}
    once = chain_of(stages, [("a", "c", 3.0, 2), ("b", "c", 1.0, 2)])
    twice = chain_of(stages, [("a", "c", 1.0, 2), ("a", "c", 2.0, 2), ("b", "c", 1.0, 2), ("b", "a", 0.0, 2)])

    assert esri(twice).score.tolist() == esri(once).score.tolist()


def test_a_ring_where_each_needs_the_next_stops_whole():
    ring = [(f"f{i}", f"f{(i + 1) % 50}", 1.0, ESSENTIAL) for i in range(50)]
    graph = chain_of({f"f{i}": f"s{i}" for i in range(50)}, ring)

    found = esri(graph)

    assert found.score.tolist() == [1.0] * 50 and found.converged.all() and found.sweeps.max() >= 49


def test_a_hub_with_twenty_thousand_links():
    buyers = [firm(f"b{i}", "buyer", 1.0) for i in range(20_000)]
    links = [LinkRow("hub", f"b{i}", amount=1.0, kind=ESSENTIAL) for i in range(20_000)]
    graph = build([firm("hub", "hub", 0.0), *buyers], links)

    found = esri(graph, np.array([0, 7], np.int32))

    assert found.score.tolist() == pytest.approx([1.0, 1 / 20_000]) and found.reach.tolist() == [20_001, 2]


def test_a_cascade_that_is_cut_off_says_so(monkeypatch):
    from chain.network import kernels

    monkeypatch.setattr(kernels, "MOST_SWEEPS", 2)
    ring = [(f"f{i}", f"f{i + 1}", 1.0, ESSENTIAL) for i in range(9)]

    found = esri(chain_of({f"f{i}": f"s{i}" for i in range(10)}, ring), np.array([0], np.int32))

    assert found.sweeps.tolist() == [2] and not found.converged.any()


@pytest.mark.parametrize(
    "asked",
    [
        lambda graph: shock(graph, np.array([0.5])),
        lambda graph: shock(graph, np.array([0.5, 1.5])),
        lambda graph: shock(graph, np.array([0.5, np.nan])),
        lambda graph: esri(graph, eps=-1.0),
        lambda graph: esri(graph, theta=-1.0),
        lambda graph: esri(graph, weights=np.array([1.0])),
        lambda graph: esri(graph, weights=np.array([1.0, np.nan])),
    ],
)
def test_what_makes_no_sense_is_refused(asked):
    with pytest.raises(ValueError):
        asked(build([firm("a"), firm("b")], []))


def test_two_processes_find_what_one_finds():
    graph = random_chain(200, 5, 8)
    heard = []

    found = esri(graph, workers=2, told=lambda done, total: heard.append((done, total)))

    assert found.score.tolist() == esri(graph).score.tolist()
    assert heard == [(50, 200), (100, 200), (150, 200), (200, 200)]


def test_the_graph_is_light_and_numba_comes_with_the_first_figure():
    said = subprocess.run(
        [sys.executable, "-c", "import chain.network.graph, chain.network.esri, sys; print('numba' in sys.modules)"],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip

    assert said.stdout == "False\n"
