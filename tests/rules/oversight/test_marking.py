"""The words published of a stage follow from what is published, and rest on nobody alone."""

from itertools import combinations_with_replacement

import pytest

from oversight.publishing.decisions import Group, published
from oversight.publishing.marking import StageMark, stage_marks


def group(*weights, place="320500"):
    return Group((place,), (frozenset(enumerate(weights, start=1)),))


THREE = [group(1, 1, 1)]
NONE = [Group(("320500",), (frozenset(),))]


@pytest.mark.feature("I2")
def test_a_stage_of_which_nothing_may_be_told_is_thin_and_one_told_to_have_nobody_a_gap():
    assert stage_marks([], [], []) == [StageMark.THIN]
    assert stage_marks(NONE, NONE, []) == [StageMark.GAP]
    assert stage_marks(THREE, NONE, []) == []
    assert stage_marks([], THREE, [(1, 2, 99), (2, 3, 99), (3, 4, 99)]) == [StageMark.THIN], "silence stays silent"


@pytest.mark.feature("I2")
@pytest.mark.parametrize(
    ("weights", "held"), [((6, 3, 3), False), ((7, 3, 3), True), ((2, 2, 2, 5), False), ((9, 1), False)]
)
def test_held_is_more_than_half_of_what_is_told_by_three_firms_or_more(weights, held):
    assert stage_marks(THREE, [group(*weights)], []) == ([StageMark.HELD] if held else [])


def test_held_is_counted_over_all_groups_of_the_stage():
    assert stage_marks(THREE, [group(4, 3, 3), group(4, 3, 3, place="320100")], []) == []
    one = Group(("320500",), (frozenset({(1, 6), (2, 4), (3, 3)}),))
    other = Group(("320100",), (frozenset({(1, 6), (4, 3), (5, 2)}),))
    assert stage_marks(THREE, [one, other], []) == [], "12 of 24 is no more than half"
    more = Group(("320100",), (frozenset({(1, 7), (4, 3), (5, 2)}),))
    assert stage_marks(THREE, [one, more], []) == [], "13 of 25 would be more than a place may hold of one firm"


def _published(members, history=()):
    picture = published(members, list(history))
    return (
        tuple((group.places, group.value) for group in picture),
        StageMark.HELD in stage_marks(THREE, picture, []),
        picture,
    )


def test_held_gives_away_neither_how_much_nor_where_in_any_small_world():
    """One place with three or four firms of up to twelve links; two places with three firms each."""
    one, two = {}, {}
    for number in (3, 4):
        for weights in combinations_with_replacement(range(1, 13), number):
            told, held, _ = _published({"A": dict(enumerate(weights))})
            if held:
                one.setdefault(told, set()).add(max(weights))
    for a in combinations_with_replacement(range(1, 8), 3):
        for b in combinations_with_replacement(range(1, 8), 3):
            told, held, _ = _published({"A": dict(enumerate(a)), "B": {10 + i: w for i, w in enumerate(b)}})
            if held and len(told) == 2:
                two.setdefault(told, set()).add(max((max(a), "A"), (max(b), "B")))

    assert one and all(len(found) > 1 for told, found in one.items() if told[0][1] <= 17), (
        "heavier firms make up larger sums"
    )
    assert all(len({place for _, place in found}) > 1 for found in two.values())


def test_while_the_figures_stand_so_does_the_word_whatever_became_of_the_firms():
    before = [Group(("A",), (frozenset({(1, 5), (2, 5), (3, 3), (4, 1)}),))]
    merged = [Group(("A",), (frozenset({(1, 10), (3, 3), (4, 1)}),))]
    assert stage_marks(THREE, before, []) == []

    assert stage_marks(THREE, merged, [], (before, False)) == []
    assert stage_marks(THREE, before, [], (merged, True)) == [StageMark.HELD]


def lead_times(slow, quick, *, suppliers=3, buyers=3):
    days = [61] * slow + [60] * quick
    return [(n % suppliers, n % buyers, length) for n, length in enumerate(days)]


@pytest.mark.feature("I2")
@pytest.mark.parametrize(("given", "slow"), [
    (lead_times(5, 4), True), (lead_times(4, 4), False), (lead_times(9, 0, suppliers=2), False),
    (lead_times(9, 0, buyers=2), False), (lead_times(2, 1), False), ([], False),
    ([(1, 1, 99)] * 8 + [(2, 2, 99), (3, 3, 99)], False),
])  # fmt: skip
def test_slow_is_over_half_beyond_sixty_days_by_three_on_each_side_and_nobody_s_alone(given, slow):
    assert stage_marks(THREE, NONE, given) == ([StageMark.SLOW] if slow else [])
