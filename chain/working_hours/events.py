"""Facts about working hours."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class WorkingHoursSet(Fact):
    firm_id: int
    spans: int


@dataclass(frozen=True)
class CalendarDaysSet(Fact):
    firm_id: int
    days: int
