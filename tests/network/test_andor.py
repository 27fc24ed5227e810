"""Who stops when others stop, and fatal sets: against the oracles and all subsets by brute force."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chain.network.andor import fatal_sets, running, stopped_when
from chain.network.graph import LINEAR, FirmRow, LinkRow, build
from chain.network.needs import needs_of, needs_of_rows
from tests.network.drawn import graphs, linked, oracle, steady

CASES = [oracle("and-or-phone"), oracle("and-or-hidden-common")]


def down_by_hand(rows, stopped):
    """Whom these stop, looked at again and again until nobody more stops."""
    down = set(stopped)
    while fresh := {
        f for f, needs in rows.items() if f not in down and any(s and set(s) <= down for s in needs.values())
    }:
        down |= fresh
    return down


def cuts_by_hand(rows, ends):
    sets = [frozenset(c) for size in (1, 2) for c in combinations(rows, size) if set(ends) <= down_by_hand(rows, c)]
    return {cut for cut in sets if not any(other < cut for other in sets)}


@st.composite
def bills(draw):
    firms = [f"f{k}" for k in range(draw(st.integers(1, 9)))]
    sellers = st.lists(st.sampled_from(firms), min_size=1, max_size=3)
    return {firm: dict(zip("abc", draw(st.lists(sellers, max_size=3)), strict=False)) for firm in firms}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_oracles(case):
    needs, expected = needs_of_rows(case["input"]["needs"]), case["expected"]

    found = fatal_sets(needs, [case["input"]["product"]])
    stopped = stopped_when(needs)

    assert sorted(map(sorted, found.sets), key=lambda c: (len(c), c)) == expected["minimal_cuts_max2"]
    assert sorted(found.single) == expected["single_points"]
    assert {firm: sorted(stopped.of(firm)) for firm in case["input"]["needs"]} == expected["stopped_when"]
    assert found.complete


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_oracles_through_a_graph(case):
    rows, product = case["input"]["needs"], case["input"]["product"]
    links = [
        LinkRow(seller, firm, need) for firm, by in rows.items() for need, sellers in by.items() for seller in sellers
    ]
    needs = needs_of(build([FirmRow(firm, "stage", "JS") for firm in rows], links))

    found = fatal_sets(needs, [product])

    assert sorted(map(sorted, found.sets), key=lambda c: (len(c), c)) == case["expected"]["minimal_cuts_max2"]


@steady
@given(bills(), st.data())
def test_fatal_sets_are_those_of_all_subsets(rows, data):
    ends = data.draw(st.lists(st.sampled_from(sorted(rows)), min_size=1, max_size=2, unique=True))

    found = fatal_sets(needs_of_rows(rows), ends)

    assert set(found.sets) == cuts_by_hand(rows, ends)
    assert len(found.sets) == len(set(found.sets))
    assert fatal_sets(needs_of_rows(rows), ends, max_size=1).sets == [s for s in found.sets if len(s) == 1]


@steady
@given(bills(), st.data())
def test_what_goes_on_is_the_greatest_fixed_point(rows, data):
    stopped = data.draw(st.lists(st.sampled_from(sorted(rows)), max_size=3))
    needs = needs_of_rows(rows)

    found, each = running(needs, stopped), stopped_when(needs)

    assert set(found.stopped) == down_by_hand(rows, stopped)
    assert {f for f, on in zip(rows, found.running, strict=True) if on} == set(rows) - down_by_hand(rows, stopped)
    for firm in rows:
        assert set(each.of(firm)) == down_by_hand(rows, [firm])


@steady
@given(graphs(), st.booleans())
def test_needs_of_a_graph_are_its_distinct_items(graph, by_bill):
    rows = {firm: {} for firm in graph.ids.tolist()}
    names = graph.ids.tolist()
    bill = {"a": ["b", "gold"]} if by_bill else {}
    sells = {names[s]: set() for s in range(graph.n)}
    for link in range(graph.m):
        sells[names[graph.supplier[link]]].add(graph.items[graph.item[link]])
    for link in range(graph.m):
        item = graph.items[graph.item[link]]
        buyer, label = names[graph.buyer[link]], item or f"stage:{graph.stage[graph.supplier[link]]}"
        if "a" not in sells[buyer] or not by_bill or item == "b":
            rows[buyer].setdefault(label, set()).add(names[graph.supplier[link]])

    needs = needs_of(graph, bill)

    assert {firm: sorted(by.values(), key=sorted) for firm, by in rows.items()} == met(needs)
    billed = {firm for firm in names if by_bill and "a" in sells[firm]}
    assert set(needs.unsupplied) == {(f, "gold") for f in billed} | {(f, "b") for f in billed if "b" not in rows[f]}


def met(needs):
    found = {firm: [] for firm in needs.ids.tolist()}
    for need, owner in enumerate(needs.owner.tolist()):
        found[needs.ids.tolist()[owner]].append(
            set(needs.ids[needs.member[needs.start[need] : needs.start[need + 1]]].tolist())
        )
    return {firm: sorted(by, key=sorted) for firm, by in found.items()}


def test_a_bill_says_what_is_needed_and_a_slow_service_is_not():
    graph = build(
        [FirmRow(firm, "stage", "JS") for firm in ("cleaner", "motors", "magnets", "cars")],
        [
            LinkRow("cleaner", "cars", "cleaning", kind=LINEAR), LinkRow("motors", "cars", "motor"),
            LinkRow("magnets", "motors", "magnet"), LinkRow("cleaner", "motors", "cleaning"),
        ],
    )  # fmt: skip

    bare = needs_of(graph)
    billed = needs_of(graph, {"motor": ["magnet"], "car": ["motor", "glass"]}, makes={"cars": ["car"]})

    assert running(bare, ["cleaner"]).stopped == ("cleaner", "motors", "cars")
    assert running(needs_of(graph, least_kind=LINEAR), ["cleaner"]).stopped == ("cleaner", "motors", "cars")
    assert running(billed, ["cleaner"]).stopped == ("cleaner",)
    assert running(billed, ["magnets"]).stopped == ("motors", "magnets", "cars")
    assert billed.unsupplied == (("cars", "glass"),)
    assert billed.unknown_share["needs"] == pytest.approx(1 / 3)


def test_a_circle_that_feeds_itself_goes_on():
    needs = needs_of(linked(("A", "B", "x"), ("B", "A", "y"), ("B", "P", "z")))

    assert running(needs, []).stopped == ()
    assert running(needs, ["A"]).stopped == ("A", "B", "P")
    assert fatal_sets(needs, ["P"]).single == ("A", "B", "P")


def test_who_asks_for_fewer_pairs_is_told_that_there_are_more():
    rows = {"P": {"a": ["A", "B"], "c": ["C", "D"]}, "A": {}, "B": {}, "C": {}, "D": {}}

    assert (fatal_sets(needs_of_rows(rows), ["P"], most=1).pairs, fatal_sets(needs_of_rows(rows), ["P"], most=1).complete) == (
        (("A", "B"),), False,
    )  # fmt: skip
    assert fatal_sets(needs_of_rows(rows), ["P"], most=2).complete
    assert fatal_sets(needs_of_rows(rows), []).sets == []
    assert fatal_sets(needs_of(build([], [])), []).sets == []
    with pytest.raises(KeyError):
        fatal_sets(needs_of_rows(rows), ["nobody"])


def test_a_hub_that_sells_to_20_000_and_buys_from_20_000():
    size = 20_000
    firms = [FirmRow(k, "s", "r") for k in range(2 * size + 1)]
    links = [LinkRow(0, k, "x") for k in range(1, size + 1)] + [
        LinkRow(k, 0, "y") for k in range(size + 1, 2 * size + 1)
    ]
    needs = needs_of(build(firms, links))

    assert fatal_sets(needs, [1]).sets == [frozenset({0}), frozenset({1})]
    assert len(running(needs, [0]).stopped) == size + 1
    assert len(running(needs, range(size + 1, 2 * size + 1)).stopped) == 2 * size + 1
