"""An explosion nets each place once, by day, and gives what a plain recursion gives; whatever leads back to itself is found."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.bills.decisions import Part, circle, circular
from collaboration.planning.decisions import DatedBill, Demand, Known, Supply, TooLarge, explode
from collaboration.planning.tables import Outcome

A, S, T, R = 1, 2, 3, 4
ROBOT, ARM, REDUCER, BEARING, STEEL = 10, 11, 20, 30, 40
TODAY = date(2031, 3, 3)
MAKERS = {ROBOT: A, ARM: A, REDUCER: S, BEARING: T, STEEL: R}


def day(n):
    return TODAY + timedelta(days=n)


def bill(*parts, begins=-100, ends=None):
    made = [Part(item, D(per), D(scrap)) for item, per, scrap in parts]
    return DatedBill(day(begins), None if ends is None else day(ends), made)


def known(**given):
    return Known(today=TODAY, makers=MAKERS, **given)


def wants(item, quantity, on, firm=A, customer=None):
    return Demand(firm, item, customer, day(on), D(quantity))


def told(found):
    """(firm, item, day, gross, from stock, from orders, net, outcome)"""
    return [
        (n.demand.firm_id, n.demand.item_id, (n.demand.needed_on - TODAY).days, n.demand.quantity, n.from_stock,
         n.from_orders, n.net, n.outcome.value)
        for n in found.needs
    ]  # fmt: skip


@pytest.mark.feature("D8")
def test_a_plan_worked_by_hand_through_three_firms():
    """10 robots, 1 in stock: 9 to make, 45 days earlier. Each takes 6 reducers: 54, less 14 in stock, less 20 that come
    in time: 20 asked of S, who has 5: 15 to make, 21 days earlier, 2 bearings each and 10 % scrap: 33 asked of T."""
    stands = known(
        bills={ROBOT: [bill((REDUCER, 6, 0))], REDUCER: [bill((BEARING, 2, 10))]},
        lead_days={(A, ROBOT): 45, (A, REDUCER): 21, (S, REDUCER): 21, (S, BEARING): 12, (T, BEARING): 12},
        open_at={(A, REDUCER), (S, BEARING)},
        supply=Supply(
            stock={(A, ROBOT): D(1), (A, REDUCER): D(14), (S, REDUCER): D(5)},
            coming={(A, REDUCER): [(day(50), D(20)), (day(56), D(99))]},
        ),
    )

    found = explode([wants(ROBOT, 10, 100)], stands)

    assert told(found) == [
        (A, ROBOT, 100, 10, 1, 0, 9, "exploded"),
        (A, REDUCER, 55, 54, 14, 20, 20, "passed_on"),
        (S, REDUCER, 55, 20, 5, 0, 15, "exploded"),
        (S, BEARING, 34, 33, 0, 0, 33, "passed_on"),
        (T, BEARING, 34, 33, 0, 0, 33, "no_bill"),
    ]
    assert [n.demand.customer_id for n in found.needs] == [None, None, A, A, S]
    assert [(n.begin_on - TODAY).days for n in found.needs] == [55, 34, 34, 22, 22]


@pytest.mark.feature("D8")
def test_what_a_supplier_does_not_share_ends_there_and_a_plan_kept_inside_hands_over_what_it_would_pass_on():
    stands = known(bills={ROBOT: [bill((REDUCER, 6, 0), (BEARING, 1, 0))]}, open_at={(A, REDUCER)})

    inside = explode([wants(ROBOT, 2, 9)], stands, within=A)

    assert {n.demand.item_id: n.outcome for n in inside.needs} == {
        ROBOT: Outcome.EXPLODED, REDUCER: Outcome.PASSED_ON, BEARING: Outcome.NOT_SHARED,
    }  # fmt: skip
    assert inside.passed_on == [wants(REDUCER, 12, 9, firm=S, customer=A)]


def test_a_place_is_netted_once_all_that_asks_for_it_is_known_and_the_earliest_day_is_served_first():
    """The reducer is asked for by the robot at once and by its arm twice as late; one stock serves both."""
    stands = known(
        bills={ROBOT: [bill((ARM, 1, 0), (REDUCER, 1, 0))], ARM: [bill((REDUCER, 2, 0))]},
        lead_days={(A, ARM): 5},
        supply=Supply(stock={(A, REDUCER): D(3)}),
    )

    found = explode([wants(ROBOT, 1, 10), wants(ROBOT, 1, 20)], stands)

    assert [row for row in told(found) if row[1] == REDUCER] == [
        (A, REDUCER, 5, 2, 2, 0, 0, "covered"),
        (A, REDUCER, 10, 1, 1, 0, 0, "covered"),
        (A, REDUCER, 15, 2, 0, 0, 2, "not_shared"),
        (A, REDUCER, 20, 1, 0, 0, 1, "not_shared"),
    ]


def test_the_bill_in_force_when_the_making_begins_counts_and_what_should_have_begun_takes_todays():
    stands = known(
        bills={ROBOT: [bill((STEEL, 1, 0), ends=9), bill((BEARING, 1, 0), begins=10)]}, lead_days={(A, ROBOT): 5}
    )

    found = explode([wants(ROBOT, 1, 14), wants(ROBOT, 1, 15), wants(ROBOT, 1, 2)], stands)

    assert {(r[1], r[2]) for r in told(found) if r[1] != ROBOT} == {(BEARING, 10), (STEEL, -3), (STEEL, 9)}


def test_a_circle_through_other_firms_stops_and_is_told_at_each_of_its_places_only():
    stands = known(
        bills={REDUCER: [bill((BEARING, 1, 0))], BEARING: [bill((REDUCER, 1, 0))], ROBOT: [bill((REDUCER, 1, 0))]},
        open_at={(A, REDUCER), (S, BEARING), (T, REDUCER)},
    )

    found = explode([wants(ROBOT, 3, 9)], stands)

    assert [(r[0], r[1], r[7]) for r in told(found)] == [
        (A, ROBOT, "exploded"), (A, REDUCER, "passed_on"), (S, REDUCER, "circular"),
    ]  # fmt: skip


def test_a_third_is_rounded_up_at_the_sixth_decimal_and_never_down():
    stands = known(bills={ROBOT: [bill((STEEL, "0.333333", "0.01"))]})

    found = explode([wants(ROBOT, 1, 9)], stands)

    assert told(found)[1][3] == D("0.333367")


def test_a_plan_too_large_is_told_so():
    stands = known(bills={ROBOT: [bill((STEEL, 1, 0), (ARM, 1, 0))]})

    with pytest.raises(TooLarge):
        explode([wants(ROBOT, 1, 9)], stands, most=2)


ITEMS = range(7)


@st.composite
def acyclic(draw):
    """Items made by three firms, each made of items of a higher number only; stock, orders, lead times, grants at will."""
    makers = {item: draw(st.integers(1, 3)) for item in ITEMS}
    bills = {}
    for item in ITEMS:
        below = draw(st.lists(st.sampled_from(ITEMS), unique=True, max_size=3))
        parts = [
            (i, draw(st.sampled_from(("1", "2", "0.5", "0.125"))), draw(st.integers(0, 2))) for i in below if i > item
        ]
        if parts:
            bills[item] = [bill(*parts)]
    places = [(firm, item) for firm in (1, 2, 3) for item in ITEMS]
    amounts = st.dictionaries(st.sampled_from(places), st.integers(0, 30).map(D), max_size=8)
    coming = {p: [(day(draw(st.integers(0, 60))), q)] for p, q in draw(amounts).items()}
    stands = Known(
        today=TODAY, makers=makers, bills=bills, open_at=draw(st.sets(st.sampled_from(places))),
        lead_days=draw(st.dictionaries(st.sampled_from(places), st.integers(0, 9))),
        supply=Supply(stock=draw(amounts), coming=coming),
    )  # fmt: skip
    plan = draw(
        st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(1, 40), st.integers(0, 60)), min_size=1, max_size=4)
    )
    return stands, [Demand(makers[item], item, None, day(on), D(q)) for item, q, on in plan]


def recursion(demands, stands):
    """The same said plainly: a place's gross by day is what its askers' nets ask of it, found by asking upwards.

    (firm, item) -> {(day, customer): net}, in fractions, without any order of places or any rounding.
    """
    parts = {item: dated[0].parts for item, dated in stands.bills.items()}
    places = [(firm, item) for firm in (1, 2, 3) for item in ITEMS]
    known_nets = {}

    def nets(place):
        if place not in known_nets:
            known_nets[place] = netted(place, gross(place))
        return known_nets[place]

    def gross(place):
        firm, item = place
        days = defaultdict(Fraction)
        for d in demands:
            if (d.firm_id, d.item_id) == place:
                days[d.needed_on, d.customer_id] += Fraction(d.quantity)
        for above in places:
            owner, parent = above
            if owner == firm and stands.makers[parent] == firm:
                for part in parts.get(parent, ()):
                    if part.component_id == item:
                        for (on, customer), net in nets(above).items():
                            lead = timedelta(days=stands.lead_days.get(above, 0))
                            share = Fraction(part.quantity_per) * (100 + Fraction(part.scrap_percent)) / 100
                            days[on - lead, customer] += net * share
            elif owner != firm and parent == item and stands.makers[item] == firm and above in stands.open_at:
                for (on, _), net in nets(above).items():
                    days[on, owner] += net
        return days

    def netted(place, days):
        stock = Fraction(stands.supply.stock.get(place, 0))
        orders = [[on, Fraction(q)] for on, q in stands.supply.coming.get(place, ())]
        found = {}
        for (on, customer), wanted in sorted(days.items(), key=lambda x: (x[0][0], x[0][1] or 0)):
            there = min(wanted, stock)
            stock, left = stock - there, wanted - there
            for order in orders:
                if order[0] <= on:
                    taken = min(left, order[1])
                    order[1], left = order[1] - taken, left - taken
            if wanted:
                found[on, customer] = left
        return found

    return {place: found for place in places if (found := nets(place))}


@pytest.mark.feature("D8")
@settings(max_examples=200, deadline=None, derandomize=True)
@given(acyclic())
def test_an_explosion_equals_a_plain_recursion(case):
    stands, demands = case

    found = defaultdict(dict)
    for need in explode(demands, stands).needs:
        at = need.demand
        found[at.firm_id, at.item_id][at.needed_on, at.customer_id] = need.net
        assert need.from_stock + need.from_orders + need.net == at.quantity

    plain = recursion(demands, stands)
    assert found.keys() == plain.keys()
    for place, days in plain.items():
        assert found[place].keys() == days.keys()
        for key, net in days.items():
            assert net <= Fraction(found[place][key]) <= net + Fraction(1, 100), (place, key)


def reaches(below, start, goal):
    seen, waiting = set(), [start]
    while waiting:
        for part in below.get(waiting.pop(), ()):
            if part == goal:
                return True
            if part not in seen:
                seen.add(part)
                waiting.append(part)
    return False


@pytest.mark.feature("D8")
@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 6), max_size=3)))
def test_every_circle_is_found_and_nothing_else(below):
    on_circles = {n for n in range(7) if reaches(below, n, n)}

    assert circular(below) == on_circles
    for node in range(7):
        way = circle(below, node)
        assert bool(way) == (node in on_circles)
        if way:
            assert way[0] == way[-1] == node
            assert all(after in below[before] for before, after in zip(way, way[1:], strict=False))
