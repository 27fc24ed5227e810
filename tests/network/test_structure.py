"""Weak points, circles, dominators, cuts, tiers, attack and position: against oracles, plain networkx and brute force."""

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.network.attack import attack_curve
from chain.network.graph import FirmRow, LinkRow, build
from chain.network.position import position
from chain.network.structure import circles, dominators, vertex_cut, weak_points
from chain.network.tiers import tiers
from tests.network.drawn import graphs, linked, oracle, plain, steady

CASE = oracle("articulation-robustness")
EMPTY = build([], [])


def test_the_oracle_of_articulation_and_robustness():
    graph = linked(*map(tuple, CASE["input"]["links"]))

    weak, attacked = weak_points(graph), attack_curve(graph)

    assert sorted(weak.articulation) == CASE["expected"]["articulation"]
    assert sorted(map(list, weak.bridges)) == CASE["expected"]["bridges"]
    assert list(graph.named(attacked.order)) == CASE["expected"]["removal_order"]
    assert attacked.robustness == pytest.approx(CASE["expected"]["robustness_R"], abs=1e-12)
    assert weak.graph_version == attacked.graph_version == graph.version
    assert weak.unknown_share == {"amount": 1.0, "cover": 1.0, "evidence": 0.0}


@steady
@given(graphs())
def test_weak_points_are_those_of_networkx(graph):
    drawn = plain(graph).to_undirected()

    weak = weak_points(graph)

    assert set(weak.articulation) == set(nx.articulation_points(drawn))
    assert {frozenset(pair) for pair in weak.bridges} == {frozenset(pair) for pair in nx.bridges(drawn)}


def test_two_links_between_two_firms_are_one_connection():
    assert weak_points(linked(("A", "B", "a"), ("A", "B", "b"), ("B", "A", "c"))).bridges == (("A", "B"),)


@steady
@given(graphs())
def test_circles_are_the_strong_components_of_networkx(graph):
    drawn = plain(graph)

    found = circles(graph)

    assert {frozenset(c) for c in found.circles} == {
        frozenset(c) for c in nx.strongly_connected_components(drawn) if len(c) > 1
    }
    assert found.parts == nx.number_weakly_connected_components(drawn)


@steady
@given(graphs(), st.data())
def test_dominators_are_those_of_networkx(graph, data):
    ends = data.draw(st.lists(st.sampled_from(graph.ids.tolist()), min_size=1, max_size=2, unique=True))
    drawn = plain(graph).reverse()
    drawn.add_edges_from(("product", end) for end in ends)
    wanted = nx.immediate_dominators(drawn, "product")

    found = dominators(graph, ends)

    for row, firm in enumerate(graph.ids.tolist()):
        before = wanted.get(firm)
        assert found.reaches[row] == (firm in wanted)
        assert found.immediate[row] == (-1 if before in (None, "product") else graph.row[before])
        behind = [
            other for other in graph.ids.tolist() if other != firm and firm in found.on_every_path([graph.row[other]])
        ]
        assert found.behind[row] == len(behind)


@steady
@given(graphs(most=7), st.data())
def test_a_firm_on_every_path_cuts_the_stage_off(graph, data):
    end = data.draw(st.sampled_from(graph.ids.tolist()))
    first = np.flatnonzero(graph.stage == 0)
    drawn = plain(graph)
    starts = [firm for firm in graph.named(first) if nx.has_path(drawn, firm, end)]

    found = dominators(graph, [end]).on_every_path(first)

    for firm in graph.ids.tolist():
        rest = drawn.subgraph([other for other in drawn if other != firm])
        cut = bool(starts) and not any(s in rest and end in rest and nx.has_path(rest, s, end) for s in starts)
        assert (firm in found) == cut


@steady
@given(graphs(), st.data())
def test_a_vertex_cut_is_as_small_as_that_of_networkx_and_cuts(graph, data):
    end = data.draw(st.sampled_from(graph.ids.tolist()))
    stage = data.draw(st.sampled_from(graph.stages))
    first = graph.named(np.flatnonzero(graph.stage == graph.stages.index(stage)))
    drawn = plain(graph)
    drawn.add_edges_from(("source", firm) for firm in first)

    cut = vertex_cut(graph, stage, [end])

    if end in first:
        assert (cut.value, cut.firms) == (None, ())
        return
    wanted = nx.minimum_node_cut(drawn, "source", end) if nx.has_path(drawn, "source", end) else set()
    assert cut.value == len(cut.firms) == len(wanted)
    drawn.remove_nodes_from(cut.firms)
    assert not nx.has_path(drawn, "source", end)
    assert end not in cut.firms


def test_the_firm_that_chokes_a_stage_is_named():
    graph = linked(
        ("M1", "N"), ("M2", "N"), ("N", "A"), ("N", "B"), ("A", "P"), ("B", "P"), ("X", "A"),
        stage={"M1": "mine", "M2": "mine", "X": "glue"},
    )  # fmt: skip

    assert (vertex_cut(graph, "mine", ["P"]).value, vertex_cut(graph, "mine", ["P"]).firms) == (1, ("N",))
    assert vertex_cut(graph, "glue", ["P"]).firms == ("X",)
    assert vertex_cut(graph, "mine", ["X"]).value == 0
    assert dominators(graph, ["P"]).on_every_path(graph.rows(["M1", "M2"])) == ("N", "P")
    with pytest.raises(KeyError):
        vertex_cut(graph, "mine", ["nobody"])


@steady
@given(graphs(most=7), st.data())
def test_tiers_are_shortest_and_longest_ways(graph, data):
    ends = data.draw(st.lists(st.sampled_from(graph.ids.tolist()), min_size=1, max_size=2, unique=True))
    drawn = plain(graph)
    reached = nx.multi_source_dijkstra_path_length(drawn.reverse(), ends, weight=None)
    groups = nx.condensation(drawn)
    of = groups.graph["mapping"]
    last = {of[end] for end in ends}

    found = tiers(graph, ends)

    for row, firm in enumerate(graph.ids.tolist()):
        assert found.shortest[row] == reached.get(firm, -1)
        assert found.in_circle[row] == (len(groups.nodes[of[firm]]["members"]) > 1)
        if firm in reached:
            ways = [0] if of[firm] in last else [
                len(way) - 1 for end in last for way in nx.all_simple_paths(groups, of[firm], end) if not last & set(way[:-1])
            ]  # fmt: skip
            assert found.longest[row] == max(max(ways), reached[firm])
        else:
            assert found.longest[row] == -1


def test_what_lies_beyond_the_visible_tiers_is_told():
    graph = linked(
        ("mine", "A", "ore", 30.0), ("A", "P", "part", 60.0), ("B", "P", "chip", 10.0), ("Q", "R", "other", 99.0),
        stage={"mine": "raw"},
    )  # fmt: skip

    assert tiers(graph, ["P"]).beyond_share == pytest.approx(40 / 100)
    assert tiers(graph, ["P"], raw_stages={"raw"}).beyond_share == pytest.approx(10 / 100)
    assert tiers(graph, []).shortest.tolist() == [-1] * graph.n


@steady
@given(graphs(), st.randoms())
def test_an_attack_leaves_what_removing_forward_leaves(graph, random):
    order = graph.ids.tolist()
    random.shuffle(order)

    found = attack_curve(graph, order)

    left = plain(graph).to_undirected()
    for place, firm in enumerate(order):
        left.remove_node(firm)
        largest = max(map(len, nx.connected_components(left)), default=0)
        assert found.largest[place] == pytest.approx(largest / graph.n)
    assert found.robustness == pytest.approx(found.largest.sum() / graph.n)


def test_an_order_names_every_firm_once():
    with pytest.raises(ValueError, match="every firm"):
        attack_curve(linked(("A", "B")), ["A", "A"])


@steady
@given(graphs())
def test_position_is_made_of_the_scores_of_networkx(graph):
    drawn = plain(graph)
    between = nx.betweenness_centrality(drawn, normalized=False)
    leaned_on = nx.pagerank(drawn.reverse(), tol=1e-12, max_iter=500)

    found = position(graph)

    for row, firm in enumerate(graph.ids.tolist()):
        assert found.degree[row] == drawn.to_undirected().degree(firm)
        assert found.between[row] == pytest.approx(between[firm])
        assert found.leaned_on[row] == pytest.approx(leaned_on[firm], abs=1e-8)
    assert np.array_equal(found.nexus, found.position - found.spend)


def test_a_cheap_firm_in_the_middle_stands_higher_than_its_spend():
    links = [(f"S{k}", "hub", "ore", 1000.0) for k in range(4)] + [("hub", f"B{k}", "glue", 1.0) for k in range(4)]
    graph = linked(*links)

    found = position(graph)

    assert found.nexus.argmax() == graph.row["hub"]
    assert found.position[graph.row["hub"]] == 1.0
    assert found.sources == graph.n
    assert position(graph, sources=3).sources == 3
    assert np.array_equal(position(graph, sources=3).between, position(graph, sources=3).between)


def test_an_empty_network_has_nothing_to_show():
    assert (weak_points(EMPTY).articulation, weak_points(EMPTY).bridges) == ((), ())
    assert (circles(EMPTY).circles, circles(EMPTY).parts) == ((), 0)
    assert dominators(EMPTY, []).on_every_path([]) == ()
    assert attack_curve(EMPTY).robustness == 0.0
    assert tiers(EMPTY, []).beyond_share == 0.0
    assert position(EMPTY).nexus.tolist() == []


def test_a_hub_of_20_000_links_and_a_way_of_20_000_firms():
    size = 20_000
    hub = build(
        [FirmRow(k, "s", "r") for k in range(size + 1)],
        [LinkRow(k, 0, "", 1e15 if k == 1 else 1.0) for k in range(1, size + 1)],
    )
    way = build([FirmRow(k, f"s{k == 0}", "r") for k in range(size)], [LinkRow(a, b) for a, b in pairwise(range(size))])

    assert weak_points(hub).articulation == (0,)
    assert attack_curve(hub).robustness == pytest.approx(size / (size + 1) ** 2)
    assert position(hub).nexus.argmax() == 0
    assert len(weak_points(way).bridges) == size - 1
    assert tiers(way, [size - 1]).longest[0] == size - 1
    assert dominators(way, [size - 1]).behind[size - 1] == size - 1
    assert vertex_cut(way, "sTrue", [size - 1]).firms == (0,)


def test_every_smaller_set_of_firms_leaves_a_way():
    graph = linked(*[(a, b) for a in "ABC" for b in "XY"], *[(b, "P") for b in "XY"], stage=dict.fromkeys("ABC", "raw"))

    assert vertex_cut(graph, "raw", ["P"]).firms == ("X", "Y")
    for firms in combinations("ABCXY", 1):
        left = plain(graph).subgraph([f for f in graph.ids.tolist() if f not in firms])
        assert any(nx.has_path(left, a, "P") for a in "ABC" if a in left)
