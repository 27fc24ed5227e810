"""No published figure, no two of one month and none of two months tell of one or two firms, whoever subtracts them."""

from collections import Counter, defaultdict
from itertools import chain, combinations, product

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


def month(at: dict[int, str]) -> dict[str, dict[int, float]]:
    return {p: {firm: 1.0 for firm, place in at.items() if place == p} for p in PLACES}


@settings(max_examples=250, deadline=None)
@given(st.lists(firms_of_month, min_size=2, max_size=4))
def test_no_two_months_tell_who_came_or_went(months):
    shown: list[list[Group]] = []
    for at in months:
        shown.append(published(month(at), shown))

    for earlier, later in combinations(shown, 2):
        assert leaks(earlier, later) == []
        assert leaks(later, earlier) == []


@settings(max_examples=250, deadline=None)
@given(firms_of_month, st.lists(st.tuples(st.integers(1, 14), st.sampled_from((*PLACES, ""))), max_size=6))
def test_one_firm_joining_or_leaving_at_a_time_tells_nothing(first, steps):
    at, shown = dict(first), [published(month(first), [])]
    for firm, place in steps:
        if place:
            at[firm] = place
        else:
            at.pop(firm, None)
        shown.append(published(month(at), shown))

    for earlier, later in combinations(shown, 2):
        assert leaks(earlier, later) == []
        assert leaks(later, earlier) == []


def leaks(some: list[Group], other: list[Group]) -> list[str]:
    """What an attacker gets by taking groups of one month from groups of another: figures about one or two firms."""
    found = []
    for size in range(1, len(some) + 1):
        for taken in combinations(some, size):
            places = set(chain.from_iterable(g.places for g in taken))
            inside = [g for g in other if set(g.places) <= places]
            for count in range(len(inside) + 1):
                for less in combinations(inside, count):
                    found += remainder(taken, less, places)
    return found


def remainder(taken, less, places: set[str]) -> list[str]:
    """The memberships (firm at a place) that a difference of two sums leaves standing.

    Where both sums cover the same places, a firm that only moved among them is counted in both and cancels out.
    """
    whole = {p for g in taken for p, _ in memberships(g)} <= {p for g in less for p in g.places}
    net = Counter(firm if whole else (firm, p) for g in taken for p, firm in memberships(g))
    net.subtract(firm if whole else (firm, p) for g in less for p, firm in memberships(g))
    about = [one for one, times in net.items() if times]
    if not less or not about or len(about) >= 3:
        return []
    return [f"{sorted(places)} less {sorted(p for g in less for p in g.places)} is about {about}"]


def memberships(group: Group):
    return [(p, firm) for p, part in zip(group.places, group.parts, strict=True) for firm in part]
