"""The map and the graph as numbers: pure functions, no browser."""

import re
from itertools import accumulate, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kernel.errors import Limit
from tests.pages.gallery.sample import FIRMS, LINKS, STAGES
from web.drawings.firm_graph import MOST_FIRMS, Edge, Node, cut, firm_graph, text_width
from web.drawings.layers import crossings, layers_of, ordered
from web.drawings.prefectures import PrefectureFigure, jiangsu, thinned


def points_of(path_d):
    """The points of `M x y l dx dy ... z` rings, all relative after the first."""
    for ring in path_d.split("z")[:-1]:
        start, _, steps = ring.removeprefix("M").partition("l")
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.\d|\d+|\.\d)", f"{start} {steps}")]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield from accumulate(pairs, lambda a, b: (a[0] + b[0], a[1] + b[1]))


def test_the_map_has_the_thirteen_prefectures_inside_its_box():
    chart = jiangsu()

    assert [s.code for s in chart.shapes] == [f"32{n:02}00" for n in range(1, 14)]
    assert {s.name for s in chart.shapes} >= {"南京市", "苏州市", "连云港市"}
    for shape in chart.shapes:
        points = list(points_of(shape.path_d))
        assert len(points) > 50
        assert all(-0.05 <= x <= 560.05 and -0.05 <= y <= chart.height + 0.05 for x, y in points)
        assert 0 < shape.label_x < 560 and 0 < shape.label_y < chart.height


def test_no_two_labels_of_the_map_lie_upon_each_other():
    places = [(s.label_x, s.label_y) for s in jiangsu().shapes]

    assert [(a, b) for a, b in combinations(places, 2) if abs(a[0] - b[0]) < 50 and abs(a[1] - b[1]) < 30] == []


def test_the_map_is_light_and_drawn_the_same_at_any_width():
    assert sum(len(s.path_d) for s in jiangsu().shapes) < 45_000
    small, large = jiangsu(280), jiangsu(560)
    assert small.height == pytest.approx(large.height / 2, abs=0.1)
    assert small.shapes[4].label_x == pytest.approx(large.shapes[4].label_x / 2, abs=0.1)


def test_thinning_keeps_no_step_under_eight_tenths_of_a_pixel_and_no_closing_repeat():
    assert thinned([(0, 0), (0.3, 0.4), (0.4, 0.4), (5, 5), (0, 0)]) == [(0, 0), (0.4, 0.4), (5, 5)]


def test_few_or_withheld_firms_are_hatched():
    shown = [PrefectureFigure("x", "", n, 0, 0).sparse for n in (0, 1, 9, 10)]

    assert shown == [False, True, True, False]
    assert PrefectureFigure("x", "", None, None, None, withheld=True).sparse


def test_a_graph_of_sixty_firms_is_drawn_and_of_sixty_one_refused():
    firms = [Node(f"n{i}", f"企业{i}", i % 4) for i in range(MOST_FIRMS + 1)]

    assert len(firm_graph(firms[:MOST_FIRMS], []).nodes) == 60
    with pytest.raises(Limit, match="at most 60 firms can be drawn and 61 were chosen"):
        firm_graph(firms, [])


def test_an_empty_graph_is_a_small_empty_picture():
    graph = firm_graph([], [])

    assert (graph.nodes, graph.edges, graph.columns) == ((), (), ())


def test_evidence_is_drawn_by_dash_width_and_fading():
    firms = [Node("a", "甲", 0), Node("b", "乙", 1)]

    def drawn(**facts):
        return firm_graph(firms, [Edge("a", "b", **{"basis": "orders", "confidence": 1.0, **facts})]).edges[0]

    assert [drawn(basis=b).dash for b in ("orders", "declared", "survey")] == ["none", "7 4", "1.5 4"]
    assert [drawn(confidence=c).width for c in (0, 0.5, 1, 7)] == [1.0, 2.0, 3.0, 3.0]
    assert [drawn(age_days=d).faded for d in (None, 365, 366)] == [False, False, True]
    assert drawn(age_days=1, ended=True).faded and not drawn(age_days=1, ended=True).stale
    assert drawn(age_days=366).opacity < 0.5 <= drawn(confidence=0).opacity


def test_links_to_firms_that_are_not_drawn_and_to_oneself_are_left_out():
    graph = firm_graph([Node("a", "甲", 0)], [Edge("a", "z", "orders", 1), Edge("a", "a", "orders", 1)])

    assert graph.edges == ()


def test_a_firm_without_a_stage_stands_right_of_its_suppliers_and_a_circle_in_one_column():
    nodes = [("ore", None), ("steel", None), ("gear", None), ("box", None), ("idle", None)]

    assert layers_of(nodes, [("ore", "steel"), ("steel", "gear"), ("gear", "box"), ("box", "gear")]) == {
        "ore": 0, "steel": 1, "gear": 2, "box": 2, "idle": 0,
    }  # fmt: skip
    assert layers_of([("s", None), ("late", None), ("m", 3), ("t", 0)], [("s", "m"), ("t", "m"), ("m", "late")]) == {
        "t": 0, "s": 0, "m": 1, "late": 2,
    }  # fmt: skip


def test_the_sweeps_take_out_crossings_that_need_not_be():
    layer_of = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    edges = [("a", "z"), ("b", "y"), ("c", "x")]

    layers, chains = ordered(layer_of, edges)

    assert crossings([["a", "b", "c"], ["x", "y", "z"]], edges) == 3
    assert crossings(layers, [tuple(chain) for chain in chains]) == 0


def test_every_label_fits_its_box_and_a_long_one_is_cut_with_an_ellipsis():
    graph = firm_graph(
        [Node("a", "江苏省某某高端精密减速机制造有限责任公司苏州分公司", 0, level=2), Node("b", "Short", 1)], []
    )

    assert [p.text for p in graph.nodes][1] == "Short"
    assert graph.nodes[0].text.endswith("…") and text_width(graph.nodes[0].text) <= graph.nodes[0].width - 36 + 1
    assert cut("", 0) == ""


firms_and_links = some.integers(1, 12).flatmap(
    lambda n: some.tuples(
        some.lists(some.one_of(some.none(), some.integers(-2, 5)), min_size=n, max_size=n),
        some.lists(some.tuples(some.integers(0, n - 1), some.integers(0, n - 1)), max_size=30),
    )
)


@settings(max_examples=200, deadline=None)
@given(firms_and_links)
def test_any_graph_is_drawn_without_two_boxes_upon_each_other_and_the_same_twice(given_graph):
    stages, pairs = given_graph
    nodes = [Node(f"n{i}", f"企业{i}", stage) for i, stage in enumerate(stages)]
    edges = [Edge(f"n{a}", f"n{b}", "orders", 0.5) for a, b in pairs]

    graph = firm_graph(nodes, edges)

    assert firm_graph(nodes, edges) == graph
    assert {p.node.id for p in graph.nodes} == {n.id for n in nodes}
    assert len(graph.edges) == sum(a != b for a, b in pairs)
    for p in graph.nodes:
        assert p.x >= 0 and p.y >= 0 and p.x + p.width <= graph.width and p.y + graph.box_height <= graph.height
    for a, b in combinations(graph.nodes, 2):
        assert a.x + a.width <= b.x or b.x + b.width <= a.x or abs(a.y - b.y) >= graph.box_height
    placed = {p.node.id: p for p in graph.nodes}
    for edge in graph.edges:
        assert "nan" not in edge.path_d and edge.forward == (placed[edge.edge.target].x > placed[edge.edge.source].x)
    stated = sorted({stage for stage in stages if stage is not None})
    across = [{p.x for p in graph.nodes if p.node.stage == stage} for stage in stated]
    assert all(len(xs) == 1 for xs in across) and sorted(min(xs) for xs in across) == [min(xs) for xs in across]


def test_the_sample_chain_stays_inside_the_width_it_is_given():
    graph = firm_graph(FIRMS, LINKS, stage_names=STAGES)

    assert [(c.name, c.count) for c in graph.columns] == list(
        zip([n for _, n in STAGES], (9, 17, 14, 3, 6), strict=True)
    )
    assert graph.width <= 1041
    assert min(b.x - a.x - a.width for a, b in combinations(graph.columns, 2)) >= 60
