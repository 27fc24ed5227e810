"""The public calendar of China: days off and days worked for them, as the State Council publishes them each year."""

from datetime import date
from functools import cache

from chinese_calendar.constants import holidays, workdays

from chain.working_hours.decisions import PublicDay

FIRST_YEAR, LAST_YEAR = min(holidays).year, max(holidays).year
"""The years the library knows; the next one's days are published in November and come with its next release."""


@cache
def public_day(on: date) -> PublicDay:
    """A day as the public calendar has it; of a year it does not know nothing is said, and its weekday counts."""
    known = FIRST_YEAR <= on.year <= LAST_YEAR
    return PublicDay(on in holidays, on in workdays, known)
