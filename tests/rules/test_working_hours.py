"""Working time against a clock that is looked at minute by minute."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.working_hours.decisions import (
    CHINA,
    Calendar,
    PublicDay,
    Span,
    check_week,
    due_after,
    due_at,
    minutes_of,
    worked_between,
)
from chain.working_hours.public_days import LAST_YEAR, public_day
from kernel.errors import Invalid


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


USUAL = Calendar(public_day)


@pytest.mark.parametrize(
    ("started", "hours", "due"),
    [
        ("2026-11-24T09:00", 2, "2026-11-24T11:00"),
        ("2026-11-24T11:00", 2, "2026-11-24T14:00"),  # lunch is not worked
        ("2026-11-24T17:00", 1, "2026-11-25T09:00"),
        ("2026-11-24T17:00", 0, "2026-11-24T17:00"),
        ("2026-11-27T22:00", 8, "2026-11-30T17:30"),  # a Friday night; it ends with the day, not with the next
        ("2026-09-30T16:30", 2, "2026-10-08T09:30"),  # the National Day holiday
        ("2026-10-09T16:30", 2, "2026-10-10T09:30"),  # that Saturday is made up for it
        ("2026-02-13T16:30", 9, "2026-02-14T17:30"),  # so is the one before the Spring Festival
        ("2026-02-13T16:30", 10, "2026-02-24T09:30"),
    ],
)
def test_the_clock_stands_still_outside_working_hours(started, hours, due):
    found = due_at(china(started), hours, USUAL)

    assert (found.at, found.is_known) == (china(due), True)


def test_of_a_year_the_public_calendar_does_not_know_weekdays_count_and_that_is_told():
    after = date(LAST_YEAR + 1, 1, 1)
    found = due_at(datetime(LAST_YEAR, 12, 31, 17, 0, tzinfo=CHINA), 9, USUAL)

    assert not found.is_known
    day = after if after.isoweekday() <= 5 else after + timedelta(days=8 - after.isoweekday())
    assert found.at.date() >= day
    closed = Calendar(public_day, days={after + timedelta(days=n): False for n in range(5)})
    assert due_at(datetime(LAST_YEAR, 12, 31, 17, 0, tzinfo=CHINA), 9, closed).at > found.at


def test_what_a_firm_says_of_a_day_goes_before_the_public_calendar_and_its_week():
    days = {date(2026, 10, 1): True, date(2026, 9, 30): False, date(2026, 9, 27): True}
    own = Calendar(public_day, days=days)

    assert due_at(china("2026-09-29T17:00"), 1, own).at == china("2026-10-01T09:00")
    assert due_at(china("2026-09-26T12:00"), 1, own).at == china("2026-09-27T09:30")  # a Sunday, worked like Monday


def test_a_firm_that_never_opens_has_a_limit_all_the_same():
    assert due_at(china("2026-11-24T09:00"), 1, Calendar(public_day, week={})).at > china("2036-01-01T00:00")


spans = st.lists(st.tuples(st.integers(0, 23), st.integers(1, 8)), max_size=3).map(
    lambda found: [Span(opens * 60 + 7, min(opens * 60 + 7 + much * 30, 24 * 60)) for opens, much in found]
)
weeks = st.dictionaries(st.integers(1, 7), spans, min_size=1)
public = st.dictionaries(st.dates(date(2026, 9, 1), date(2026, 9, 14)), st.sampled_from(["off", "made_up"]))
own_days = st.dictionaries(st.dates(date(2026, 9, 1), date(2026, 9, 14)), st.booleans())


def by_the_minute(started: datetime, hours: int, calendar: Calendar, most: int) -> datetime | None:
    """The slow way: look at the clock each minute, and count those that are worked."""
    at, left = started, hours * 60
    for _ in range(most):
        if left == 0:
            return at
        local = at.astimezone(CHINA)
        minute = local.hour * 60 + local.minute
        left -= any(span.opens <= minute < span.closes for span in calendar.spans_on(local.date()))
        at += timedelta(minutes=1)
    return None


@settings(max_examples=60, deadline=None)
@given(weeks, public, own_days, st.integers(0, 14 * 24 * 60 - 1), st.integers(1, 20))
def test_the_limit_is_where_a_clock_looked_at_each_minute_stops(week, said, days, minute, hours):
    told = {on: PublicDay(is_off=kind == "off", is_made_up=kind == "made_up") for on, kind in said.items()}
    calendar = Calendar(lambda on: told.get(on, PublicDay()), week=week, days=days)
    started = datetime(2026, 9, 1, tzinfo=CHINA).astimezone(UTC) + timedelta(minutes=minute)

    slow = by_the_minute(started, hours, calendar, 30 * 24 * 60)

    found = due_at(started, hours, calendar).at
    assert found == slow if slow is not None else found > started + timedelta(days=29)


@settings(max_examples=60, deadline=None)
@given(weeks, own_days, st.integers(0, 7 * 24 * 60), st.integers(1, 20), st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_clock_held_for_a_while_runs_on_with_what_was_left_of_it(week, days, minute, hours, until_held, on_hold):
    calendar = Calendar(lambda on: PublicDay(), week=week, days=days)
    started = datetime(2026, 9, 1, tzinfo=CHINA).astimezone(UTC) + timedelta(minutes=minute)
    due = due_at(started, hours, calendar)
    held = min(started + timedelta(minutes=until_held), due.at)
    lifted = held + timedelta(minutes=on_hold)

    again = due_after(lifted, worked_between(held, due.at, calendar), calendar).at

    if due.is_known:
        passed = worked_between(started, held, calendar) + worked_between(lifted, again, calendar)
        assert passed == timedelta(hours=hours)
    assert worked_between(started, lifted, calendar) >= worked_between(started, held, calendar)


@pytest.mark.parametrize("said", ["8", "25:00", "08:60", "8:5", "", "２５:00", "-1:00", "123456789:00"])
def test_a_time_of_day_is_written_as_one(said):
    with pytest.raises(Invalid):
        minutes_of(said, "spans.0.opens")


def test_a_week_has_hours_that_do_not_overlap():
    assert minutes_of("8:05", "") == 485 and minutes_of("24:00", "") == 1440 and minutes_of("08：30", "") == 510
    for wrong in ([], [(8, Span(1, 2))], [(1, Span(2, 2))], [(1, Span(0, 9)), (1, Span(8, 10))]):
        with pytest.raises(Invalid):
            check_week(wrong)
    check_week([(1, Span(0, 9)), (1, Span(9, 10)), (2, Span(0, 9))])
