"""No published figure and no linear combination of all of them, over all months, tells of one or two firms."""

from collections import defaultdict
from itertools import combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.publishing.decisions import Group, grouped, is_safe, published

PLACES = ("320100", "320200", "320400", "320500")


def members(counts) -> dict[str, dict[int, float]]:
    """So many firms of equal weight at each place."""
    return {
        p: {100 * i + n: 1.0 for n in range(count)} for i, (p, count) in enumerate(zip(PLACES, counts, strict=False))
    }


def told(counts) -> tuple:
    """What the public sees of one stage."""
    world = members(counts)
    return tuple((g, sum(len(world[p]) for p in g)) for g in grouped(world))


def test_a_place_is_told_alone_only_when_it_is_empty_or_has_three_firms_of_which_none_rules():
    world = {"a": {1: 1.0, 2: 1.0, 3: 1.0}, "b": {}, "c": {4: 1.0}, "d": {5: 1.0, 6: 1.0}}

    assert grouped(world) == [("a",), ("b",), ("c", "d")]
    assert not is_safe([71.0, 15.0, 14.0])
    assert is_safe([70.0, 15.0, 15.0])


def test_hidden_places_whose_sum_would_tell_them_take_the_smallest_safe_one_in():
    assert grouped(members((1, 1, 1, 4))) == [("320100", "320200", "320400", "320500")]
    assert grouped(members((2, 2, 3, 7))) == [("320100", "320200", "320400"), ("320500",)]


def test_a_stage_of_two_firms_in_all_is_not_told_of():
    assert grouped(members((1, 1, 0, 0))) == []


def test_whoever_knows_the_method_cannot_tell_any_hidden_place():
    """Every possible world of four places and up to five firms each, sorted by what is published of it."""
    worlds = defaultdict(list)
    for counts in product(range(6), repeat=4):
        worlds[told(counts)].append(dict(zip(PLACES, counts, strict=True)))

    given_away = [
        (picture, place)
        for picture, possible in worlds.items()
        for group, _ in picture
        if len(group) > 1
        for place in group
        if len({world[place] for world in possible}) < 2
    ]

    assert given_away == []


firms_of_month = st.dictionaries(st.integers(1, 14), st.sampled_from(PLACES), max_size=14)


def month(at: dict[int, str], weights: dict[int, float] | None = None) -> dict[str, dict[int, float]]:
    return {p: {f: (weights or {}).get(f, 1.0) for f, place in at.items() if place == p} for p in PLACES}


@settings(max_examples=150, deadline=None)
@given(st.lists(firms_of_month, min_size=2, max_size=5))
def test_no_months_together_tell_who_came_or_went(months):
    shown: list[list[Group]] = []
    for at in months:
        shown.append(published(month(at), shown))

    assert attacked(shown) == []


moves = st.lists(
    st.lists(st.tuples(st.integers(1, 20), st.sampled_from((*PLACES, ""))), max_size=6), min_size=1, max_size=8
)


@settings(max_examples=150, deadline=None)
@given(firms_of_month, moves)
def test_a_few_firms_joining_moving_or_leaving_each_month_tell_nothing(first, months):
    at, shown = dict(first), [published(month(first), [])]
    for steps in months:
        for firm, place in steps:
            if place:
                at[firm] = place
            else:
                at.pop(firm, None)
        shown.append(published(month(at), shown))

    assert attacked(shown) == []


@settings(max_examples=150, deadline=None)
@given(firms_of_month, st.lists(st.dictionaries(st.integers(1, 14), st.integers(1, 9)), min_size=2, max_size=5))
def test_nor_does_a_figure_that_weighs_firms_tell_what_one_of_them_has(at, weighed):
    weights, shown = dict.fromkeys(at, 1.0), []
    for changed in weighed:
        weights |= {firm: float(weight) for firm, weight in changed.items() if firm in at}
        shown.append(published(month(at, weights), shown))

    assert attacked(shown) == []
    assert [g for picture in shown for g in picture if dominated(g)] == []


def test_a_figure_is_renewed_when_three_firms_have_come_and_held_when_one_has():
    six = dict.fromkeys(range(1, 7), "320100")
    first = published(month(six), [])
    one_more = published(month(six | {7: "320100"}), [first])
    three_more = published(month(six | {7: "320100", 8: "320100", 9: "320100"}), [first, one_more])

    assert [value_of(picture, "320100") for picture in (first, one_more, three_more)] == [6, 6, 9]


def test_three_figures_that_would_add_up_to_one_firm_are_not_all_published():
    """{1,2,3}, then {1..6}, then {4..7}: the first and the last less the second are firm 7."""
    shown: list[list[Group]] = []
    for firms in (range(1, 4), range(1, 7), range(4, 8)):
        shown.append(published(month(dict.fromkeys(firms, "320100")), shown))

    assert [value_of(picture, "320100") for picture in shown] == [3, 6, 6]
    assert attacked([*shown, published(month(dict.fromkeys(range(4, 8), "320100")), [])]) != []


def test_a_figure_is_held_while_its_change_would_be_nearly_one_firm_s():
    """Of what comes in, 50 of 52 are firm 7's: told alone they would be hidden, and so would they be told by subtraction."""
    six = dict.fromkeys(range(1, 7), "320100")
    at, weights = six | {7: "320100", 8: "320100", 9: "320100"}, dict.fromkeys(range(1, 10), 10.0)
    first = published(month(six, weights), [])
    one_large = published(month(at, weights | {7: 50.0, 8: 1.0, 9: 1.0}), [first])
    three_alike = published(month(at, weights), [first, one_large])

    assert [value_of(picture, "320100") for picture in (first, one_large, three_alike)] == [60, 60, 90]


def test_so_is_a_group_that_less_a_place_told_before_would_be_nearly_one_firm_s():
    at = dict.fromkeys(range(1, 5), "320100") | dict.fromkeys(range(5, 8), "320200")
    even = dict.fromkeys(range(1, 8), 10.0)
    ruled = even | {5: 40.0, 6: 1.0, 7: 1.0}
    assert grouped(month(at, ruled)) == [("320100", "320200"), ("320400",), ("320500",)]

    first = published(month(at, even), [])
    then = published(month(at, ruled), [first])

    assert [value_of(then, place) for place in ("320100", "320200")] == [40, 30]


@settings(max_examples=150, deadline=None)
@given(firms_of_month, st.lists(st.dictionaries(st.integers(1, 14), st.integers(1, 99)), min_size=2, max_size=5))
def test_no_two_figures_of_any_months_differ_by_what_is_nearly_one_firm_s(at, weighed):
    weights, shown = dict.fromkeys(at, 1.0), []
    for changed in weighed:
        weights |= {firm: float(weight) for firm, weight in changed.items() if firm in at}
        shown.append(published(month(at, weights), shown))

    figures = {group.tokens for picture in shown for group in picture if group.tokens}
    assert [pair for pair in combinations(figures, 2) if mostly_one(*map(dict, pair))] == []


def mostly_one(one: dict[int, float], other: dict[int, float]) -> bool:
    differs = [abs(one.get(firm, 0) - other.get(firm, 0)) for firm in one | other]
    return max(differs) > 0.7 * sum(differs)


def test_the_attack_finds_a_table_with_totals_and_one_that_is_always_fresh():
    world = month({1: "320100", 2: "320100", 3: "320100", 4: "320200"})
    alone = [Group((p,), (frozenset(world[p].items()),)) for p in ("320100",)]
    total = Group(PLACES, tuple(frozenset(world[p].items()) for p in PLACES))

    assert attacked([[*alone, total]]) == [(4,)]
    fresh = [published(month(dict.fromkeys(range(1, last), "320100")), []) for last in (5, 6)]
    assert attacked(fresh) == [(5,)]


def value_of(picture, place: str) -> float:
    return next(group.value for group in picture if place in group.places)


def dominated(group: Group) -> bool:
    weights = [weight for _, weight in group.tokens]
    return bool(weights) and max(weights) > 0.7 * sum(weights)


def attacked(pictures) -> list[tuple[int, ...]]:
    """The firms, alone or two together, of whom some linear combination of all published sums tells something.

    The sums are the rows of a matrix over what each firm adds. A combination about the firms F alone exists exactly
    when leaving F's columns out lowers the rank. Float ranks of small 0/1 matrices: another way than the code's own.
    """
    sums = list({group.tokens for picture in pictures for group in picture if group.tokens})
    tokens = sorted({token for figure in sums for token in figure})
    if not tokens:
        return []
    matrix = np.array([[float(token in figure) for token in tokens] for figure in sums])
    whole, firms = np.linalg.matrix_rank(matrix), sorted({firm for firm, _ in tokens})
    single = [(f,) for f in firms if _rank_without(matrix, tokens, {f}) < whole]
    pairs = [
        pair for pair in combinations(firms, 2)
        if not {(pair[0],), (pair[1],)} & set(single) and _rank_without(matrix, tokens, set(pair)) < whole
    ]  # fmt: skip
    return single + pairs


def _rank_without(matrix, tokens, firms) -> int:
    kept = [i for i, (firm, _) in enumerate(tokens) if firm not in firms]
    return int(np.linalg.matrix_rank(matrix[:, kept])) if kept else 0
