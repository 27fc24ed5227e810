"""How a scenario is called, how many are kept, and that what is kept says the same again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.errors import Invalid, Limit
from oversight.resilience.asking import FURTHEST_DAYS, ScenarioAsked, ShockAsked, ShockKind, SourceAsked
from oversight.resilience.keeping import ASKED_FOR, asked_again, kept
from oversight.scenarios.decisions import check_compared, check_free, check_one_chain, check_room, checked_name

BEGINS = date(2031, 3, 1)


def test_a_name_is_one_to_eighty_characters_without_the_blanks_around_it():
    assert checked_name(" 全停 ") == "全停"
    assert checked_name("长" * 80) == "长" * 80
    for wrong in ("", " \t", "长" * 81):
        with pytest.raises(Invalid) as refused:
            checked_name(wrong)
        assert refused.value.fields == ("name",)


def test_a_firm_keeps_two_hundred_for_a_chain_and_no_name_twice():
    check_room(199)
    check_free(False)
    with pytest.raises(Limit) as refused:
        check_room(200)
    assert refused.value.rule.id == "scenario.many"
    with pytest.raises(Invalid):
        check_free(True)


@pytest.mark.parametrize(("numbers", "passes"), [
    ([1], False), ([1, 2], True), ([1, 2, 3, 4], True), ([1, 2, 3, 4, 5], False), ([1, 1], False), ([], False),
])  # fmt: skip
def test_two_to_four_are_compared_each_once(numbers, passes):
    if passes:
        check_compared(numbers)
    else:
        with pytest.raises(Invalid):
            check_compared(numbers)


def test_they_are_of_one_chain():
    check_one_chain([7, 7])
    with pytest.raises(Invalid):
        check_one_chain([7, 8])


def test_every_kind_of_shock_says_what_it_asks_for():
    assert set(ASKED_FOR) == set(ShockKind)


days = st.integers(0, FURTHEST_DAYS)


@given(
    st.sampled_from(ShockKind), days, st.none() | days, st.floats(0, 1), st.lists(st.integers(1, 9), max_size=4),
    st.integers(0, 400), days,
)  # fmt: skip
def test_what_is_kept_asks_the_same_again_on_the_same_day_and_moves_along_on_another(
    kind, first, last, left, stages, later, ready
):
    shock = ShockAsked(
        kind, BEGINS + timedelta(days=first), None if last is None else BEGINS + timedelta(days=last), "F-1", stages, ["320500", "320500"],
        "320100", "320200", left, 9,
    )  # fmt: skip
    asked = ScenarioAsked(BEGINS, 90, [shock], [SourceAsked(3, 0.5, BEGINS + timedelta(days=ready), 4)])

    (same,) = asked_again(kept(asked), begins=BEGINS, days=90).shocks
    moved = asked_again(kept(asked), begins=BEGINS + timedelta(days=later), days=90)

    assert (same.kind, same.first, same.last) == (shock.kind, shock.first, shock.last)
    for name in ASKED_FOR[kind]:
        given_, again = getattr(shock, name), getattr(same, name)
        assert again == (list(dict.fromkeys(given_)) if isinstance(given_, list) else given_)
    blank = ShockAsked(kind, BEGINS)
    for name in {"firm", "stage_ids", "prefectures", "origin", "destination", "left", "delay_days"} - set(
        ASKED_FOR[kind]
    ):
        assert getattr(same, name) == getattr(blank, name), f"a {kind} keeps no {name}"
    assert moved.shocks[0].first - shock.first == timedelta(days=later)
    assert moved.sources[0].ready_on == BEGINS + timedelta(days=ready + later)
    assert kept(moved) == kept(asked)
