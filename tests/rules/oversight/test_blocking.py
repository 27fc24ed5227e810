"""What stops with a prefecture follows from what is published, and is never more than is certain."""

import pytest

from oversight.publishing.blocking import Need, StageTold, Stop, StopBand, needs_between, stops
from oversight.publishing.decisions import Group

NONE, SOME, OVER_HALF, ALL, UNTOLD = StopBand


def told(**values):
    """A picture of (places by letter) -> how many firms."""
    picture, number = [], 0
    for places, value in values.items():
        firms = range(number, number + value)
        number += value
        picture.append(Group(tuple(places), (frozenset((firm, 1.0) for firm in firms),)))
    return picture


def stage(number, firms, links=()):
    return StageTold(number, number, firms, links)


def words(stages, needs, place):
    return [(one.own, one.whole) for one in stops(stages, needs, [place])]


@pytest.mark.feature("I3")
@pytest.mark.parametrize(("picture", "own"), [
    (told(a=3, b=0), ALL), (told(a=4, b=3), OVER_HALF), (told(a=3, b=3), SOME), (told(a=0, b=3), NONE),
    (told(b=0, ac=9), SOME), (told(a=0, b=0), NONE), ([], UNTOLD),
])  # fmt: skip
def test_a_word_says_the_least_share_that_must_be_there(picture, own):
    assert words([stage(0, picture)], [], "a") == [(own, own)]


def test_confirmed_links_weigh_where_they_are_told_and_firms_where_not():
    by_links = stage(0, told(a=3, b=7), told(a=9, b=3))

    assert words([by_links], [], "a") == [(OVER_HALF, OVER_HALF)]
    assert words([stage(0, told(a=3, b=7), told(a=0, b=0))], [], "a") == [(SOME, SOME)]


@pytest.mark.feature("I3")
def test_what_stops_is_handed_on_by_essential_inputs_whole_and_by_linear_ones_by_their_share():
    gone, runs, other = stage(0, told(a=3, b=0)), stage(1, told(a=0, b=3)), stage(2, told(a=0, b=5))
    maker = stage(3, told(a=0, b=4))
    essential = [Need(0, 3, True), Need(1, 3, True)]
    linear = [Need(0, 3, False), Need(1, 3, False), Need(2, 3, False)]

    assert words([gone, runs, other, maker], essential, "a")[-1] == (NONE, ALL)
    assert words([gone, runs, other, maker], linear, "a")[-1] == (NONE, SOME)
    assert words([gone, runs, other, maker], linear, "b")[-1] == (ALL, ALL)


def test_a_thin_stage_is_taken_to_run_and_one_without_firms_to_be_supplied_from_elsewhere():
    gone, thin, maker = stage(0, told(a=3, b=0)), stage(1, []), stage(2, told(a=0, b=3))
    empty = stage(1, told(a=0, b=0))

    assert words([thin, maker], [Need(1, 2, True)], "a") == [(UNTOLD, UNTOLD), (NONE, NONE)]
    assert words([gone, thin, maker], [Need(0, 1, True), Need(1, 2, True)], "a")[1:] == [(UNTOLD, ALL), (NONE, ALL)]
    assert words([gone, empty, maker], [Need(0, 1, True), Need(1, 2, True)], "a")[1:] == [(NONE, NONE), (NONE, NONE)]


def test_each_stage_needs_the_ones_just_before_it_unless_the_chains_table_says_otherwise():
    stages = [StageTold(number, position, [], []) for number, position in ((1, 0), (2, 0), (3, 1), (4, 2))]

    assert needs_between(stages, {}) == [Need(1, 3, True), Need(2, 3, True), Need(3, 4, True)]
    said = {(1, 3): "negligible", (2, 3): "linear", (1, 4): "essential", (4, 1): "essential"}
    assert needs_between(stages, said) == [Need(2, 3, False), Need(1, 4, True), Need(3, 4, True)]


@pytest.mark.feature("I3")
def test_two_worlds_of_which_the_same_is_published_read_the_same_words():
    """Who stands where behind a figure, and how much each has, is no part of what a word is made of."""
    one = Group(("a", "c"), (frozenset({(1, 1.0)}), frozenset({(2, 1.0), (3, 1.0)})))
    other = Group(("a", "c"), (frozenset({(4, 2.0)}), frozenset({(5, 0.5), (6, 0.5)})))

    for place in "ac":
        assert (
            stops([stage(0, [one])], [], [place])
            == stops([stage(0, [other])], [], [place])
            == [Stop(place, 0, SOME, SOME)]
        )
