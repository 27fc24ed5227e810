"""Who stops the products of one firm by its bills: against every subset of firms, stopped by hand."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from chain.network.graph import FirmRow, LinkRow, build
from chain.network.products import materials, own_stops, product_needs, tops
from tests.network.drawn import steady

OWN = "own"


def network(*links):
    firms = sorted({end for link in links for end in link[:2]} | {OWN})
    return build([FirmRow(firm, "stage", "JS") for firm in firms], [LinkRow(a, b, item) for a, b, item in links])


def runs_by_hand(links, bill, stopped, product):
    """Whether a product can be made; a firm that no bill is known of needs all it buys, from anybody that runs."""
    down = set(stopped)

    def met(buyer, item):
        return any(a not in down for a, b, i in links if (b, i) == (buyer, item))

    while fresh := {b for _, b, i in links if b not in down and b != OWN and not met(b, i)}:
        down |= fresh

    def made(one):
        return all((part in bill and made(part)) or met(OWN, part) or not (
            part in bill or any((b, i) == (OWN, part) for _, b, i in links)
        ) for part in bill[one])  # fmt: skip

    return made(product), lambda item: met(OWN, item)


def stopped_by_hand(links, bill, stopped):
    """(products stopped, whether all is): by every product of it, or by something no bill names."""
    ends = tops(bill)
    down = {one for one in ends if not runs_by_hand(links, bill, stopped, one)[0]}
    parts = {part for some in bill.values() for part in some}
    met = runs_by_hand(links, bill, stopped, ends[0])[1] if ends else runs_by_hand(links, {"": ()}, stopped, "")[1]
    rest = {i for _, b, i in links if b == OWN and i not in parts and not met(i)}
    return down, bool(rest) or (bool(ends) and len(down) == len(ends))


@st.composite
def chains(draw):
    """Makers, who sells what to whom (no firm twice in one need), bills with parts of one's own and with things nobody sells."""
    makers, items = ["a", "b", "c", "d", "e"], ["m1", "m2", "m3", "m4"]
    links = {
        (draw(st.sampled_from(makers)), OWN, draw(st.sampled_from([*items, "P1"]))) for _ in range(draw(st.integers(1, 8)))
    }  # fmt: skip
    for _ in range(draw(st.integers(0, 5))):
        seller, buyer = draw(st.tuples(st.sampled_from(makers), st.sampled_from(makers)))
        if seller != buyer:
            links.add((seller, buyer, draw(st.sampled_from(["x", "y"]))))
    bill = {
        f"P{k}": tuple(draw(st.lists(st.sampled_from([*items, "dark", *(f"P{n}" for n in range(1, k))]), min_size=1, max_size=3, unique=True)))
        for k in range(1, draw(st.integers(0, 3)) + 1)
    }  # fmt: skip
    return sorted(links), bill


@steady
@given(chains())
def test_what_stops_a_product_or_all_is_what_every_subset_says(drawn):
    links, bill = drawn
    graph = network(*links)
    own, keys = graph.row[OWN], graph.ids.tolist()
    others = [firm for firm in keys if firm != OWN]

    found = own_stops(graph, own, bill)

    whole = {s: stopped_by_hand(links, bill, s) for k in (0, 1, 2) for s in combinations(others, k)}
    assert not whole[()][0] and not whole[()][1], "nothing stops where nobody does"
    single = {a for (a,) in combinations(others, 1) if whole[(a,)][0] or whole[(a,)][1]}
    assert {keys[row] for row in found.single} - {OWN} == single
    assert {keys[row] for row in found.single_all} - {OWN} == {a for a in others if whole[(a,)][1]}
    pairs = {(a, b) for a, b in combinations(others, 2) if not {a, b} & single and any(map(bool, whole[(a, b)]))}
    assert {tuple(sorted((keys[a], keys[b]))) for a, b in found.pairs} == pairs
    for one in found.products:
        alone = {a for a in others if one.product in whole[(a,)][0]}
        assert {keys[row] for row in one.single} == alone
        assert {tuple(sorted((keys[a], keys[b]))) for a, b in one.pairs or ()} == {
            (a, b) for a, b in combinations(others, 2) if not {a, b} & alone and one.product in whole[(a, b)][0]
        }


def test_a_part_that_is_made_and_bought_stops_nothing_while_either_way_is_open():
    graph = network(("steel", OWN, "bar"), ("gear", OWN, "gearbox"), ("ink", OWN, "ink"))
    bill = {"robot": ("gearbox", "screw"), "gearbox": ("bar",), "manual": ("ink",)}

    found = own_stops(graph, graph.row[OWN], bill)

    by = {one.product: one for one in found.products}
    named = [graph.ids.tolist()[row] for row in sorted(found.single - {graph.row[OWN]})]
    assert (tops(bill), materials(bill, "robot")) == (["manual", "robot"], ("bar", "screw"))
    assert named == ["ink"] and not found.single_all - {graph.row[OWN]}
    assert [tuple(graph.ids[list(pair)]) for pair in by["robot"].pairs or ()] == [("gear", "steel")]
    assert (by["robot"].single, by["robot"].unsupplied, found.unknown) == ((), ("screw",), 1 / 3)
    assert product_needs(graph, graph.row[OWN], {}).n == graph.n


def test_without_bills_every_input_is_needed_and_what_no_bill_names_stops_all():
    graph = network(("a", OWN, "m1"), ("b", OWN, "m2"))

    bare, billed = (own_stops(graph, graph.row[OWN], bill) for bill in ({}, {"P": ("m1",), "Q": ("m3",)}))

    firms = [graph.row["a"], graph.row["b"]]
    assert bare.single >= set(firms) and bare.single_all >= set(firms) and not bare.products
    assert billed.single >= set(firms) and billed.single_all & set(firms) == {graph.row["b"]}
