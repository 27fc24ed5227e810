"""Which days of a hold are the seller's to make up for nothing. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kernel.errors import Invalid

FARTHEST_DAYS = 366


def check_decides_on(on: date | None, today: date) -> None:
    """Raises Invalid for a day that is past, or more than a year away."""
    if on is not None and not today <= on <= today + timedelta(days=FARTHEST_DAYS):
        raise Invalid("decidesOn", "name today or a day within a year", "请填写今天或一年以内的日期")


def due_after_holds(due_on: date, holds: Iterable[tuple[date, date]], since: date) -> date:
    """The agreed day, put off by the days on which the order was held before it came and after it was agreed.

    holds: (held on, lifted on) of each that was lifted; ``since``: the day on which ``due_on`` became the agreed day. A hold that
    began once the goods were late already puts nothing off.
    """
    for held_on, lifted_on in sorted(holds):
        begins = max(held_on, since)
        if begins <= due_on and lifted_on > begins:
            due_on += lifted_on - begins
    return due_on


def days_since(before: Mapping[date, date], days: Iterable[date], on: date) -> dict[date, date]:
    """Each day a line has now -> since when it has it: one it had before is not agreed anew by a change of something else."""
    return {day: before.get(day, on) for day in days}
