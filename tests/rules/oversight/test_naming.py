"""Names told beside figures: with all that was ever published they tell of one or two unnamed firms in no way."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.publishing.decisions import Group, grouped, published
from oversight.publishing.naming import may_be_named, nameable
from tests.rules.oversight.test_publishing import PLACES, attacked, members, month

A, B, C, D = PLACES


def pictures_of(world):
    return [published(world, [])]


def test_beside_a_figure_a_name_is_told_while_three_are_left_unnamed_or_nobody_is():
    four = [(firm, A) for firm in range(4)]

    assert nameable(pictures_of(members((3,))), ever=frozenset(), shown={}, waiting=four[:2]) == []
    assert nameable(pictures_of(members((4,))), ever=frozenset(), shown={}, waiting=four[:3]) == [0]
    assert nameable(pictures_of(members((4,))), ever=frozenset(), shown={}, waiting=four) == [0, 1, 2, 3]


def test_a_name_taken_back_is_remembered_and_holds_back_the_next_one():
    history = pictures_of(members((4,)))

    assert nameable(history, ever=frozenset({0}), shown={}, waiting=[(1, A)]) == []
    assert nameable(history, ever=frozenset({0}), shown={}, waiting=[(0, A)]) == [0]


def test_in_a_group_the_first_name_of_a_place_tells_nothing_and_the_second_waits():
    history = pictures_of(members((2, 2, 1)))
    assert [group.places for group in history[0]] == [(A, B, C)]

    assert nameable(history, ever=frozenset(), shown={}, waiting=[(0, A), (1, A), (100, B)]) == [0, 100]


def test_at_a_thin_stage_those_named_could_be_all_there_are():
    """Of two firms in each of two places, two and one named would tell that there is one more."""
    thin = [[]]

    assert nameable(thin, ever=frozenset(), shown={}, waiting=[(1, A), (2, A)]) == [1, 2]
    assert nameable(thin, ever=frozenset(), shown={1: A, 2: A}, waiting=[(3, B)]) == []
    assert nameable(thin, ever=frozenset(), shown={1: A, 2: A}, waiting=[(3, B), (4, B)]) == [3, 4]


@pytest.mark.feature("I1")
def test_whoever_knows_the_method_cannot_tell_of_one_or_two_unnamed_firms_at_any_place():
    """Every world of four places of up to three firms, and every choice of how many are named where."""
    unnamed = defaultdict(set)
    for counts in product(range(4), repeat=4):
        world = members(counts)
        history = [[Group(places, tuple(frozenset(world[p].items()) for p in places)) for places in grouped(world)]]
        picture = tuple((group.places, group.value) for group in history[0])
        for named in product(*(range(count + 1) for count in counts)):
            shown = {firm: p for p, n in zip(PLACES, named, strict=True) for firm in sorted(world[p])[:n]}
            if not may_be_named(history, ever=frozenset(shown), shown=shown):
                continue
            for at, place in enumerate(PLACES):
                unnamed[picture, named, place].add(counts[at] - named[at])
            for places, value in picture:
                unnamed[picture, named, places].add(value - sum(named[PLACES.index(p)] for p in places))

    assert [seen for seen, possible in unnamed.items() if possible in ({1}, {2})] == []
    assert any(sum(named) for _, named, _ in unnamed), "names are told at all"


def test_the_attack_finds_what_the_figures_alone_would_let_through():
    """Three firms alone are a figure that may be told; with two of them named it is the third one's."""
    (picture,) = pictures_of(members((3,)))

    assert attacked([picture]) == []
    assert attacked([stripped(picture, {0, 1})]) == [(2,)]
    assert not may_be_named([picture], ever=frozenset({0, 1}), shown={0: A, 1: A})


months = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(1, 16), st.sampled_from((*PLACES, ""))), max_size=8),
        st.lists(st.integers(1, 16), max_size=4), st.lists(st.integers(1, 16), max_size=2),
    ), min_size=2, max_size=7,
)  # fmt: skip


@pytest.mark.feature("I1")
@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.integers(1, 16), st.sampled_from(PLACES), max_size=16), months)
def test_no_months_with_names_given_and_taken_back_between_tell_of_whoever_did_not_consent(first, later):
    at, history, ever, shown, wait = dict(first), [], frozenset(), {}, []
    for steps, consenting, revoking in later:
        for firm, place in steps:
            if place:
                at[firm] = place
            else:
                at.pop(firm, None)
        history.append(published(month(at), history, ever))
        shown = {firm: at[firm] for firm in shown if firm in at and firm not in revoking}
        wait = [firm for firm in dict.fromkeys([*wait, *consenting]) if firm not in revoking and firm not in shown]
        turn = [(firm, at[firm]) for firm in wait if firm in at]
        for firm in nameable(history, ever=ever, shown=shown, waiting=turn):
            shown[firm], ever = at[firm], ever | {firm}

        assert attacked(history) == []
        assert attacked([stripped(picture, ever) for picture in history]) == []


def stripped(picture, named):
    """What is left of the figures once the named firms are taken off."""
    return [
        Group(group.places, tuple(frozenset(t for t in part if t[0] not in named) for part in group.parts))
        for group in picture
    ]
