"""The bounds of a disruption notice, own words, and how far an addressee is with one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collaboration.notices.decisions import (
    Content,
    check_days,
    check_left,
    check_named,
    check_not_told,
    check_often,
    check_own_words,
    receipt_state,
)
from collaboration.notices.lifecycle import ReceiptState
from collaboration.notices.tables import Cause, Effect
from kernel.errors import Invalid, Limit, NotAllowedNow
from kernel.texts import words

pytestmark = pytest.mark.feature("I5")

TODAY = date(2027, 3, 1)
RECEIVED = "热处理车间失火，CRB-100 只有四成产能。"


def content(starts_on=TODAY, ends_on=None):
    return Content(Cause.STRIKE, Effect.CAPACITY_REDUCED, starts_on, "停工", expected_end_on=ends_on)


def test_there_are_seven_causes_and_four_effects_as_in_the_standard():
    assert (len(Cause), len(Effect)) == (7, 4)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (TODAY, None, None), (TODAY, TODAY, None), (TODAY - timedelta(days=730), None, None),
        (TODAY, TODAY + timedelta(days=1830), None),
        (TODAY - timedelta(days=731), None, "startsOn"), (TODAY + timedelta(days=731), None, "startsOn"),
        (date.min, None, "startsOn"), (date.max, date.max, "startsOn"),
        (TODAY, TODAY - timedelta(days=1), "expectedEndOn"), (TODAY, date.max, "expectedEndOn"),
    ],
)  # fmt: skip
def test_days_lie_near_today_and_in_order(starts_on, ends_on, field):
    if field is None:
        check_days(content(starts_on, ends_on), TODAY)
        return
    with pytest.raises(Invalid) as refused:
        check_days(content(starts_on, ends_on), TODAY)
    assert refused.value.fields == (field,)


def test_what_is_left_is_said_of_a_reduced_capacity_only():
    for left in (None, 0, 99):
        check_left(Effect.CAPACITY_REDUCED, left)
    for effect, left in ((Effect.CAPACITY_REDUCED, 100), (Effect.CAPACITY_REDUCED, -1), (Effect.DEMAND_REDUCED, 10)):
        with pytest.raises(Invalid):
            check_left(effect, left)


def test_a_text_has_four_thousand_characters_at_most_and_lists_name_each_once():
    assert words(" 𠮷 ", "text", 4000) == "𠮷"
    assert len(words("长" * 4000, "text", 4000)) == 4000
    for text in ("", " \n", "长" * 4001):
        with pytest.raises(Invalid):
            words(text, "text", 4000)
    check_named([1, 2], "itemIds", 2)
    for numbers in ([1, 1], [1, 2, 3]):
        with pytest.raises(Invalid):
            check_named(numbers, "itemIds", 2)


@pytest.mark.parametrize(
    "text",
    [
        RECEIVED,
        f"转告：{RECEIVED}请知悉。",
        "热处理 车间失火——ｃｒｂ－１００只有四成产能！",
        RECEIVED.replace("，", "\n\n"),
    ],
)
def test_a_received_text_is_not_passed_on_whatever_stands_around_or_between(text):
    with pytest.raises(Invalid) as refused:
        check_own_words(text, RECEIVED)

    assert (refused.value.fields, refused.value.rule.id) == (("text",), "notice.own_words")


@pytest.mark.parametrize(
    ("text", "received"), [("上游零件供应紧张。", RECEIVED), ("停工。", "停工。"), ("已停工", "停工"), ("x", "")]
)
def test_own_words_and_what_is_too_short_to_be_a_copy_are_let_through(text, received):
    check_own_words(text, received)


def test_whoever_has_the_disruption_from_the_firm_is_not_told_again():
    check_not_told([4, 5], {6})
    with pytest.raises(NotAllowedNow):
        check_not_told([4, 5], {5})


def test_fifty_a_day():
    check_often(49)
    with pytest.raises(Limit):
        check_often(50)


def test_an_addressee_is_as_far_as_it_is_with_what_the_notice_says_now():
    then = datetime(2027, 3, 1, tzinfo=UTC)
    assert receipt_state(None, None, 2) is ReceiptState.UNREAD
    assert receipt_state(then, None, 2) is ReceiptState.READ
    assert receipt_state(then, 2, 2) is ReceiptState.ASSESSED
    assert receipt_state(None, 2, 3) is ReceiptState.UNREAD
    assert receipt_state(then, 2, 3) is ReceiptState.READ
