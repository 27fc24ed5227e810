"""Stocks day by day: as a second, plainer implementation has them; nothing from nothing; steady while nothing happens."""

from collections import defaultdict
from datetime import date
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.network.dynamics import NEVER, Rules, course, normal_per_day, simulate
from chain.network.graph import FirmRow, LinkRow, build
from chain.network.inputs import SecondSource, inputs_of
from chain.network.scenarios import Delay, Disruption, FirmDown, Scenario, disruption, steady
from tests.network.stock_days import Town, days

JAN = date(2031, 1, 1)


@st.composite
def networks(draw, firms=6):
    """A graph of a few firms with items, kinds and covers in any mix, circles included, amounts in small whole numbers."""
    n = draw(st.integers(2, firms))
    rows = [
        FirmRow(f"f{i}", draw(st.sampled_from("ab")), "r", draw(st.sampled_from([None, 0.0, 30.0, 365.0])))
        for i in range(n)
    ]
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] != pair[1])
    links = [
        LinkRow(
            f"f{a}", f"f{b}", draw(st.sampled_from(["", "", "x", "y"])), float(draw(st.integers(0, 9))),
            draw(st.sampled_from([0, 1, 2, 2])), draw(st.sampled_from([None, 0.0, 1.5, 2.0, 5.0])),
        )
        for a, b in draw(st.lists(pairs, max_size=10))
    ]  # fmt: skip
    return build(rows, links)


@st.composite
def disruptions(draw, graph):
    starts = tuple(sorted({0, *draw(st.lists(st.integers(1, 8), max_size=2))}))
    shares = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.0, 1.0])
    psi = np.array([[draw(shares) for _ in range(graph.n)] for _ in starts])
    delays = []
    if graph.m and draw(st.booleans()):
        on_it = draw(st.sets(st.integers(0, graph.m - 1), min_size=1))
        delays = [
            Delay(np.array(sorted(on_it), dtype=np.int32), draw(st.integers(1, 4)), draw(st.integers(0, 4)), end)
            for end in draw(st.lists(st.sampled_from([None, 3, 6]), min_size=1, max_size=2))
        ]
    return Disruption(graph.version, starts, psi, tuple(delays))


@st.composite
def sources(draw, graph):
    if graph.m == 0:
        return []
    some = st.builds(
        SecondSource, st.integers(0, graph.m - 1), st.sampled_from([0.5, 2.0, 100.0]), st.integers(0, 6),
        st.integers(0, 4), st.sampled_from([None, *range(graph.n)]),
    )  # fmt: skip
    return draw(st.lists(some, max_size=2))


RULES = st.builds(
    Rules, st.sampled_from([2.0, 4.0]), st.sampled_from([2.0, 6.0]), st.sampled_from([0.0, 0.5]), st.booleans(),
    st.booleans(), st.just(1.0),
)  # fmt: skip


def town_of(graph, harm, rules, extra, number):
    """The same chain in the words of the second implementation; ``number`` makes its numbers of ours."""
    named = {link: graph.items[graph.item[link]] for link in range(graph.m)}
    thing = {link: named[link] or f"from stage {graph.stage[graph.supplier[link]]}" for link in named}
    key = {link: (int(graph.buyer[link]), thing[link]) for link in named}
    known = defaultdict(list)
    for link, place in key.items():
        if not np.isnan(graph.cover[link]):
            known[place].append((float(graph.amount[link]), float(graph.cover[link])))
    target = {}
    for place in set(key.values()):
        weights = sum(w for w, _ in known[place])
        if known[place] and weights:
            mean = sum(F(w) * F(c) for w, c in known[place]) / F(weights)
        elif known[place]:
            mean = sum(F(c) for _, c in known[place]) / len(known[place])
        else:
            mean = F(rules.target_days)
        target[place] = number(max(F(1), mean))
    spare = defaultdict(list)
    for source in extra:
        spare[key[source.link]].append((lambda day, source=source: number(F(source.capacity(day))), source.firm))

    def late(day):
        found = defaultdict(int)
        for delay in harm.delays:
            if delay.first <= day < (delay.end or 99):
                for link in delay.links.tolist():
                    found[link] += delay.days
        return found

    return Town(
        made={row: number(F(value)) for row, value in enumerate(normal_per_day(graph, rules).tolist())},
        links={
            link: (int(graph.supplier[link]), *key[link], int(graph.kind[link]), number(F(float(graph.amount[link]))))
            for link in range(graph.m)
        },
        target=target,
        psi=lambda day: {
            row: number(F(left)) for row, left in enumerate([p for s, p in zip(harm.starts, harm.psi.tolist(), strict=True) if s <= day][-1])
        },
        late=late, spare=spare, tau=number(F(rules.tau_days)), slack=number(F(rules.slack)),
        small_first=rules.small_first, final_last=rules.final_last,
    )  # fmt: skip


def compared(graph, harm, rules, extra, number, how_many):
    needs = inputs_of(graph)
    place = {
        (
            int(graph.buyer[link]),
            graph.items[graph.item[link]] or f"from stage {graph.stage[graph.supplier[link]]}",
        ): int(needs.of_link[link])
        for link in range(graph.m)
    }
    ours = course(graph, harm, how_many, rules, extra)
    for state, (able, made, held, sent, sold) in zip(
        ours, days(town_of(graph, harm, rules, extra, number), how_many), strict=True
    ):
        assert state.able == pytest.approx([float(able[row]) for row in range(graph.n)], abs=1e-9)
        assert state.made == pytest.approx([float(made[row]) for row in range(graph.n)], abs=1e-9)
        assert state.sold == pytest.approx([float(sold[row]) for row in range(graph.n)], abs=1e-9)
        assert state.sent == pytest.approx([float(sent[link]) for link in range(graph.m)], abs=1e-9)
        for key, at in place.items():
            assert state.held[at] == pytest.approx(float(held[key]), abs=1e-9)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_every_day_is_as_exact_fractions_have_it(data):
    graph = data.draw(networks(firms=4))
    harm, rules, extra = data.draw(disruptions(graph)), data.draw(RULES), data.draw(sources(graph))

    compared(graph, harm, rules, extra, lambda fraction: fraction, 6)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.data())
def test_a_month_is_as_the_plain_loop_has_it(data):
    graph = data.draw(networks())
    harm, rules, extra = data.draw(disruptions(graph)), data.draw(RULES), data.draw(sources(graph))

    compared(graph, harm, rules, extra, float, 20)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_without_a_shock_every_day_is_like_the_first(data):
    graph, rules = data.draw(networks()), data.draw(RULES)

    seen = simulate(graph, steady(graph), 40, rules)

    assert seen.first_stop.tolist() == [NEVER] * graph.n
    assert seen.days_to_normal.tolist() == [0] * graph.n
    assert (seen.firms_hit, seen.tiers_hit) == (0, 0)
    assert seen.lost == pytest.approx(0, abs=1e-7)
    assert list(course(graph, steady(graph), 40, rules))[-1].held == pytest.approx(
        next(course(graph, steady(graph), 1, rules)).held, abs=1e-9
    )


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_nothing_comes_from_nothing(data):
    """No stock below zero, nobody sends more than it made, and what is taken in is what was sent or is still on the road."""
    graph = data.draw(networks())
    harm, rules, extra = data.draw(disruptions(graph)), data.draw(RULES), data.draw(sources(graph))
    needs, normal = inputs_of(graph), normal_per_day(graph, rules)
    target = np.maximum(1, np.where(np.isnan(needs.cover), rules.target_days, needs.cover))
    held = came = needs.need * target

    for state in course(graph, harm, 20, rules, extra):
        assert min(state.held.min(initial=0), state.made.min(), state.sent.min(initial=0), state.sold.min()) >= 0
        gone = np.bincount(graph.supplier, state.sent, graph.n) + state.sold
        assert (gone <= state.made * normal + 1e-9).all()
        came = (
            came
            + np.bincount(needs.of_link, state.sent, needs.k)
            - np.minimum(held, needs.need * state.made[needs.buyer])
        )
        for source, given_today in zip(extra, state.extra, strict=True):
            came[needs.of_link[source.link]] += given_today
        held = state.held
        assert (held <= came + 1e-7).all()
        assert harm.delays or held == pytest.approx(came, abs=1e-7)


def chain(*covers, amount=10.0):
    """f0 -> f1 -> ...; f1 holds covers[0] days of what f0 makes, and so on; the last one sells to final demand."""
    firms = [FirmRow(f"f{i}", f"s{i}", "r", amount) for i in range(len(covers) + 1)]
    return build(firms, [LinkRow(f"f{i}", f"f{i + 1}", "", amount, 2, cover) for i, cover in enumerate(covers)])


def down(graph, firm, first=1, last=None):
    shock = FirmDown(date(2031, 1, first), None if last is None else date(2031, 1, last), firm)
    return disruption(graph, Scenario("down", JAN, (shock,)))


def test_a_chain_stops_as_its_days_of_cover_run_out():
    graph = chain(2.0, 3.0, 1.0)

    seen = simulate(graph, down(graph, "f0", first=5), 40)

    assert seen.first_stop.tolist() == [4, 6, 9, 10]
    assert seen.depth.tolist() == [1.0, 1.0, 1.0, 1.0]
    assert seen.days_to_normal.tolist() == [NEVER] * 4
    assert (seen.firms_hit, seen.tiers_hit) == (4, 3)
    assert seen.lost_value == pytest.approx(np.array([36, 34, 31, 30]) * 10 / 365)
    assert seen.lost == pytest.approx(seen.lost_by_day.sum())


def test_a_short_outage_is_absorbed_by_stock_and_its_length_shrinks_by_the_cover():
    graph = chain(2.0, 3.0, 5.0)

    seen = simulate(graph, down(graph, "f0", first=1, last=4), 60)

    assert seen.first_stop.tolist() == [0, 2, 5, NEVER]
    assert seen.days_to_normal.tolist() == [4, 5, 6, 0]
    assert seen.lost_value * 365 / 10 == pytest.approx([4, 3, 1, 0])


def test_a_second_source_in_time_saves_the_buyer_and_half_of_one_saves_half():
    graph = chain(5.0)
    daily = 10.0 / 365

    late = simulate(graph, down(graph, "f0"), 40, second_sources=[SecondSource(0, daily, 7)])
    half = simulate(graph, down(graph, "f0"), 400, second_sources=[SecondSource(0, daily / 2, 0)])
    full = simulate(graph, down(graph, "f0"), 40, second_sources=[SecondSource(0, daily, 0)])

    assert late.first_stop.tolist() == [0, 5]
    assert late.lost_value[1] / daily == pytest.approx(3)  # days 5, 6 and 7: what comes on day 7 is used on day 8
    assert full.lost_value[1] == pytest.approx(0, abs=1e-9)
    assert half.depth[1] == pytest.approx(0.5)
    assert half.first_stop.tolist() == [0, NEVER]


def test_a_firm_that_limps_may_be_counted_as_stopped():
    graph = chain(5.0)
    half = [SecondSource(0, 5.0 / 365, 0)]

    seen = simulate(graph, down(graph, "f0"), 40, Rules(stopped_at=0.5), half)

    assert seen.first_stop.tolist() == [0, 9]  # half a day of stock is lost each day: on day 9 half a day's use is left


def test_a_lane_delayed_within_the_cover_stops_nobody_and_beyond_it_for_the_days_that_lack():
    graph = chain(3.0)
    links = np.array([0], dtype=np.int32)

    def delayed(days):
        harm = Disruption(graph.version, (0,), np.ones((1, 2)), (Delay(links, days, 2, None),))
        return simulate(graph, harm, 40)

    assert delayed(2).first_stop.tolist() == [NEVER, NEVER]
    assert delayed(5).first_stop.tolist() == [NEVER, 5]
    assert delayed(5).lost_value[1] * 365 / 10 == pytest.approx(3)  # days 5, 6, 7: the first late lot comes on day 7


def test_small_requests_and_firms_come_first_where_the_rule_says_so():
    firms = [FirmRow("maker", "m", "r", 20.0), FirmRow("small", "b", "r", 2.0), FirmRow("large", "b", "r", 8.0)]
    graph = build(firms, [LinkRow("maker", "small", "", 2.0), LinkRow("maker", "large", "", 8.0)])
    harm = Disruption(graph.version, (0,), np.array([[0.5, 1.0, 1.0]]))

    def sent(**how):
        first = next(course(graph, harm, 1, Rules(period_days=1, **how)))
        return [*first.sent.tolist(), first.sold.tolist()[0]]

    assert sent() == [1.0, 4.0, 5.0]
    assert sent(small_first=True) == [2.0, 8.0, 0.0]
    assert sent(final_last=True) == [2.0, 8.0, 0.0]
    assert simulate(graph, harm, 1, Rules(period_days=1)).first_stop.tolist() == [NEVER] * 3


def test_a_one_beside_a_million_billions_keeps_its_digits():
    firms = [FirmRow(name, "s", "r", None) for name in "abcd"]
    graph = build(firms, [LinkRow("a", "b", "", 1e15), LinkRow("c", "d", "", 1.0)])
    harm = Disruption(graph.version, (0,), np.full((1, 4), 0.3))

    first = next(course(graph, harm, 1, Rules(period_days=1, small_first=True)))

    assert first.sent.tolist() == [3e14, 0.3]


def test_an_empty_chain_and_another_graphs_disruption():
    empty, graph = build([], []), chain(1.0)

    assert simulate(empty, steady(empty), 3).lost == 0.0
    with pytest.raises(ValueError, match="another graph"):
        simulate(graph, steady(empty), 3)
