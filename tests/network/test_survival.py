"""Time to survive and risk exposure: the oracle, the closed form against the programme, and a plain programme of its own."""

from itertools import pairwise
from math import inf, isnan, nan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from chain.network.cover import Stops, days_of_cover
from chain.network.graph import LINEAR, FirmRow, LinkRow, build
from chain.network.measure import SOURCES, CoverSource
from chain.network.stocks import Stock, stock_network
from chain.network.survival import lives, lost, survival
from tests.network.drawn import graphs, oracle, steady

CASE = oracle("tts-in-tree")


def network(links, stocks, bill, ends=None):
    firms = sorted({end for a, _, b in links for end in (a, b)} | {stock.firm for stock in stocks})
    return stock_network(
        build([FirmRow(f, "s", "r") for f in firms], [LinkRow(a, b, i) for a, i, b in links]), stocks, bill, ends
    )


def by_hand(net, down, days=None):
    """The programme of the design paper as it stands there: longest t with nothing lost, or least loss in ``days``."""
    k, a = net.k, len(net.arc_from)
    columns = k + a + k + 1
    rows, limits = [], []
    for need, owner in enumerate(net.owner):
        if (net.arc_need == need).any():
            row = np.zeros(columns)
            row[owner] = net.units[need]
            row[k : k + a] = -(net.arc_need == need).astype(float)
            rows.append(row), limits.append(0.0)
    for node in range(k):
        row = np.zeros(columns)
        row[k : k + a] = (net.arc_from == node).astype(float)
        row[-1], row[k + a + node], row[node] = net.demand[node], -1.0, -1.0
        rows.append(row), limits.append(net.stock[node])
        if np.isfinite(net.capacity[node]):
            row = np.zeros(columns)
            row[node], row[-1] = 1.0, -net.capacity[node]
            rows.append(row), limits.append(0.0)
    upper = np.full(columns, np.inf)
    upper[[node for node in range(k) if net.firm[node] in down]] = 0.0
    lower = np.zeros(columns)
    cost = np.zeros(columns)
    for node in range(k):
        if days is None or net.demand[node] == 0:
            upper[k + a + node] = 0.0
        else:
            cost[k + a + node] = net.margin[node]
    if days is None:
        cost[-1], upper[-1] = -1.0, 36_500.0
    else:
        lower[-1] = upper[-1] = days
    found = linprog(cost, np.array(rows), limits, bounds=np.column_stack((lower, upper)))
    assert found.status == 0
    return -found.fun if days is None else found.fun


def test_the_oracle_of_an_in_tree():
    given_, expected = CASE["input"], CASE["expected"]
    nodes = given_["nodes"]
    net = network(
        [(a, nodes[a]["material"], b) for a, b in given_["arcs"]],
        [
            Stock(firm, of["material"], of["stock"], of.get("demand"), of["cap"], given_["ttr_days"], margin=given_["margin"])
            for firm, of in nodes.items()
        ],
        {nodes[firm]["material"]: needs for firm, needs in given_["need"].items()},
    )  # fmt: skip

    found = survival(net)

    assert {one.firm: one.days for one in found.firms} == pytest.approx(expected["tts_days"], abs=1e-9)
    assert {one.firm: one.impact for one in found.firms} == pytest.approx(expected["performance_impact"], abs=1e-6)
    assert {one.method for one in found.firms} == {"closed form"}
    assert {one.firm: one.exposure for one in found.firms} == pytest.approx(
        {"P": 1, "E": 0.375, "G": 1, "S": 0, "K": 0}
    )
    assert {one.firm: one.gap for one in found.firms} == pytest.approx({"P": 8, "E": 3, "G": 8, "S": -4, "K": 0})
    assert found.undisturbed_days == inf
    for firm, days in expected["tts_days"].items():
        assert lives(net, [firm]) == pytest.approx(days, abs=1e-6)
        assert lost(net, [firm], 10.0) == pytest.approx(expected["performance_impact"][firm], abs=1e-6)


@st.composite
def trees(draw):
    """Every firm but the product sells to one earlier firm; one source for each material."""
    n = draw(st.integers(1, 8))
    into = [draw(st.integers(0, k - 1)) for k in range(1, n)]
    units = st.sampled_from([0.5, 1.0, 2.0, 3.0])
    bill = {f"i{k}": {} for k in range(n)}
    for k, to in enumerate(into, 1):
        bill[f"i{to}"][f"i{k}"] = draw(units)
    scale = draw(st.sampled_from([1.0, 1e15]))
    stocks = [
        Stock(f"f{k}", f"i{k}", scale * draw(st.integers(0, 50)), scale * 4.0 if k == 0 else None, None, draw(st.sampled_from([3.0, None])), margin=2.0)
        for k in range(n)
    ]  # fmt: skip
    return network([(f"f{k}", f"i{k}", f"f{to}") for k, to in enumerate(into, 1)], stocks, bill)


@steady
@given(trees())
def test_in_a_tree_the_closed_form_is_the_programme(net):
    found = survival(net)

    for one in found.firms:
        assert (one.method, one.exact, one.source) == ("closed form", True, CoverSource.EVIDENCE)
        assert one.days == pytest.approx(lives(net, [one.firm]), rel=1e-9, abs=1e-7)
        if isnan(one.recover_days):
            assert isnan(one.impact) and isnan(one.gap)
        else:
            assert one.impact == pytest.approx(lost(net, [one.firm], one.recover_days), rel=1e-7, abs=1e-6)
            assert one.gap == pytest.approx(one.recover_days - one.days)


@st.composite
def meshes(draw):
    """Several sources, shared stocks, circles, capacities, one or two products."""
    n = draw(st.integers(2, 6))
    names = [f"f{k}" for k in range(n)]
    items = [f"i{draw(st.integers(0, 3))}" for _ in range(n)]
    bill = {item: {} for item in items}
    links = []
    for a, b in draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=10)):
        if items[a] != items[b]:
            bill[items[b]][items[a]] = bill[items[b]].get(items[a]) or draw(st.sampled_from([0.5, 1.0, 2.0]))
            links.append((names[a], items[a], names[b]))
    stocks = [
        Stock(
            names[k], items[k], float(draw(st.integers(0, 20))), 2.0, draw(st.sampled_from([None, None, 1.0, 3.0, 50.0])),
            draw(st.sampled_from([None, 2.0, 30.0])), margin=3.0,
        )
        for k in range(n)
    ]  # fmt: skip
    return network(links, stocks, bill, ends=names[: draw(st.integers(1, 2))])


@steady
@given(meshes())
def test_in_any_network_the_days_are_those_of_the_plain_programme(net):
    found = survival(net)

    for one in found.firms:
        wanted = by_hand(net, {one.firm})
        wanted = inf if wanted > 36_499 else wanted
        if one.exact:
            assert one.days == pytest.approx(wanted, rel=1e-6, abs=1e-6)
        else:
            assert one.method == "closed form"
            assert one.recover_days <= one.days <= wanted + 1e-6
        if not isnan(one.recover_days):
            assert one.impact == pytest.approx(by_hand(net, {one.firm}, one.recover_days), rel=1e-6, abs=1e-5)


def two_makers(capacity, **more):
    bill = {"car": {"motor": 1.0}}
    return network(
        [("M1", "motor", "P"), ("M2", "motor", "P")],
        [
            Stock("P", "car", 0.0, 10.0, recover_days=5.0), Stock("M1", "motor", 40.0, recover_days=20.0, **more),
            Stock("M2", "motor", 20.0, capacity_per_day=capacity, recover_days=1.0),
        ],
        bill,
    )  # fmt: skip


def test_a_second_source_lengthens_life_by_its_capacity():
    """Stock 40 + 20 behind demand 10 of which the second maker still gives 4: 60 / 6 days; all of it, for ever."""
    first, second, product = survival(two_makers(4.0)).firms

    assert (first.firm, first.days, first.method) == ("M1", pytest.approx(10.0), "lp")
    assert first.impact == pytest.approx(6.0 * (20.0 - 10.0))
    assert (second.days, second.method) == (inf, "lp")
    assert (product.days, product.method) == (0.0, "closed form")
    assert survival(two_makers(None)).firms[0].days == inf
    assert survival(two_makers(12.0), ["M1"]).firms[0].days == inf


def test_a_shared_stock_asks_the_programme_only_below_recovery():
    links = [("K", "steel", "A"), ("K", "steel", "B"), ("A", "door", "P"), ("B", "hood", "P")]
    bill = {"car": {"door": 1.0, "hood": 1.0}, "door": {"steel": 1.0}, "hood": {"steel": 1.0}}

    def steel(recover):
        stocks = [
            Stock("P", "car", 0.0, 1.0), Stock("A", "door", 10.0), Stock("B", "hood", 0.0), Stock("K", "steel", 8.0, recover_days=recover)
        ]  # fmt: skip
        return survival(network(links, stocks, bill), ["K"]).firms[0]

    assert (steel(3.0).days, steel(3.0).method, steel(3.0).exact) == (4.0, "closed form", False)
    assert (steel(6.0).days, steel(6.0).method, steel(6.0).exact) == (pytest.approx(8.0), "lp", True)
    assert steel(None).method == "lp"


def test_what_stops_is_said_making_shipping_or_receiving():
    bill = {"car": {"motor": 1.0}, "motor": {"magnet": 1.0}}
    stocks = [
        Stock("P", "car", 10.0, 10.0, recover_days=9.0),
        Stock("M", "motor", 30.0, recover_days=9.0),
        Stock("N", "magnet", 20.0, recover_days=9.0),
    ]
    net = network([("M", "motor", "P"), ("N", "magnet", "M")], stocks, bill)

    days = {how: [one.days for one in survival(net, ["N", "M", "P"], how).firms] for how in Stops}

    assert days[Stops.MAKING] == [6.0, 4.0, 1.0]
    assert days[Stops.SHIPPING] == [4.0, 1.0, 0.0]
    assert days[Stops.RECEIVING] == [inf, 4.0, 1.0]
    for how in Stops:
        for one in survival(net, None, how).firms:
            assert one.method == "closed form"
            assert lives(net, [one.firm], how) == pytest.approx(one.days, abs=1e-7)
            assert lost(net, [one.firm], 9.0, how) == pytest.approx(one.impact, abs=1e-6)


def test_the_source_of_cover_is_said_and_a_circle_is_no_ground():
    bill = {"car": {"motor": 1.0}, "motor": {"magnet": 1.0}}
    stocks = [Stock("P", "car", 10.0, 10.0), Stock("M", "motor", lead_days=3.0)]
    net = network([("M", "motor", "P"), ("N", "magnet", "M")], stocks, bill)

    assert [(one.firm, one.days, one.source.value) for one in survival(net).firms] == [
        ("M", 4.0, "declared"), ("N", 4.0, "unknown"), ("P", 1.0, "evidence"),
    ]  # fmt: skip
    assert net.unknown_share["cover"] == pytest.approx(1 / 3)

    circle = network(
        [("A", "a", "B"), ("B", "b", "A"), ("B", "b", "P")],
        [Stock("P", "car", 0.0, 1.0), Stock("A", "a", 4.0), Stock("B", "b", 6.0)],
        {"car": {"b": 1.0}, "a": {"b": 0.25}, "b": {"a": 1.0}},
    )
    for one in survival(circle).firms:
        assert one.days == pytest.approx(by_hand(circle, {one.firm}), abs=1e-6)


def test_units_without_a_bill_are_told_from_rates():
    stocks = [Stock("P", "car", 0.0, 10.0), Stock("M", "motor", 40.0, 20.0)]

    net = network([("M", "motor", "P")], stocks, None)

    assert net.units.tolist() == [2.0]
    assert (survival(net, ["M"]).firms[0].days, net.unknown_share["units"]) == (2.0, 0.0)
    assert network([("M", "motor", "P")], stocks[:1], None).unknown_share["units"] == 1.0
    with pytest.raises(ValueError, match="twice"):
        network([("M", "motor", "P")], [*stocks, stocks[0]], None)


def test_a_demand_beyond_capacity_is_lost_with_nobody_stopped():
    net = network(
        [("M", "motor", "P")],
        [Stock("P", "car", 5.0, 10.0, 9.0, 3.0), Stock("M", "motor", 0.0)],
        {"car": {"motor": 1.0}},
    )

    found = survival(net)

    assert found.undisturbed_days == pytest.approx(5.0)
    assert {one.firm: one.days for one in found.firms} == pytest.approx({"M": 0.5, "P": 0.5})
    assert {one.method for one in found.firms} == {"lp"}


@steady
@given(graphs(), st.data())
def test_days_of_cover_are_the_quickest_way_of_networkx(graph, data):
    ends = data.draw(st.lists(st.sampled_from(graph.ids.tolist()), max_size=2, unique=True))
    some = st.lists(st.sampled_from([nan, 0.0, 1.5, 4.0]), min_size=graph.m, max_size=graph.m)
    cover, lead = np.array(data.draw(some), dtype=float), np.array(data.draw(some), dtype=float)
    graph = build(
        [FirmRow(f, "s", "r") for f in graph.ids.tolist()],
        [
            LinkRow(graph.ids[a], graph.ids[b], cover_days=None if np.isnan(days) else days)
            for a, b, days in zip(graph.supplier, graph.buyer, cover, strict=True)
        ],
    )
    known = np.where(np.isnan(cover), np.where(np.isnan(lead), 0.0, lead), cover)
    drawn = nx.DiGraph()
    drawn.add_nodes_from(graph.ids.tolist())
    for a, b, days in zip(graph.named(graph.supplier), graph.named(graph.buyer), known, strict=True):
        drawn.add_edge(b, a, weight=min(days, drawn.get_edge_data(b, a, {"weight": inf})["weight"]))
    wanted = nx.multi_source_dijkstra_path_length(drawn, ends) if ends else {}

    found = days_of_cover(graph, ends, lead)

    assert found.days.tolist() == pytest.approx([wanted.get(firm, inf) for firm in graph.ids.tolist()])
    for row in np.flatnonzero(found.onward >= 0):
        step = found.days[row] - found.days[found.onward[row]]
        links = (graph.supplier == row) & (graph.buyer == found.onward[row])
        assert known[links].min() == pytest.approx(step)


def test_cover_is_by_evidence_or_declared_or_unknown_and_services_do_not_stop():
    graph = build(
        [FirmRow(f, "s", "r") for f in "ABCDP"],
        [
            LinkRow("A", "P", cover_days=5.0), LinkRow("B", "A"), LinkRow("C", "B", cover_days=1.0),
            LinkRow("D", "P", cover_days=0.0, kind=LINEAR),
        ],
    )  # fmt: skip

    bare = days_of_cover(graph, ["P"])
    declared = days_of_cover(graph, ["P"], np.array([9.0, 2.0, 9.0, 9.0]))

    assert bare.days.tolist() == [5.0, 5.0, 6.0, inf, 0.0]
    assert declared.days.tolist() == [5.0, 7.0, 8.0, inf, 0.0]
    assert [SOURCES[place].value for place in bare.source[:3]] == ["evidence", "unknown", "unknown"]
    assert [SOURCES[place].value for place in declared.source[:3]] == ["evidence", "declared", "declared"]
    assert (bare.unknown_share["cover"], declared.unknown_share["cover"]) == (0.25, 0.0)


def test_nothing_and_a_long_way_have_their_days():
    empty = stock_network(build([], []), [])
    assert (survival(empty).firms, survival(empty).undisturbed_days) == ((), inf)
    assert days_of_cover(build([], []), []).days.tolist() == []

    alone = survival(network([], [Stock("A", "a", 5.0)], None)).firms
    assert [one.days for one in alone] == [inf]

    size = 3_000
    stocks = [Stock(k, f"i{k}", 1.0, 1.0 if k == 0 else None, recover_days=7.0) for k in range(size)]
    way = network(
        [(b, f"i{b}", a) for a, b in pairwise(range(size))],
        stocks,
        {f"i{k}": {f"i{k + 1}": 1.0} for k in range(size - 1)},
    )
    assert [one.days for one in survival(way).firms] == pytest.approx(range(1, size + 1))
