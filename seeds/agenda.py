"""The year replayed: acts wait for their instant, are done with the clock standing at it, and may plan further acts."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from jobs.reactions import REACTIONS
from kernel import clock, outbox

Act = Callable[[datetime], object]
JOBS = {on.event.__name__: [one.job for one in REACTIONS if one.event is on.event] for on in REACTIONS}
NAMES = {on.event.__name__: frozenset(one.name for one in REACTIONS if one.event is on.event) for on in REACTIONS}
OFFICE_OPENS, OFFICE_MINUTES = 9, 8 * 60


class Agenda:
    """What is still to happen, earliest first; among equals, what was planned first."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._now: datetime | None = None

    def at(self, instant: datetime, act: Act) -> None:
        """At an instant, but never before what has happened already."""
        if self._now is not None and instant <= self._now:
            instant = self._now + timedelta(minutes=self.rng.randint(5, 40))
        heapq.heappush(self._waiting, (instant, next(self._order), act))

    def on(self, day: date, act: Act) -> None:
        """At some minute of a day's office hours in China."""
        self.at(self.minute_of(day), act)

    def minute_of(self, day: date) -> datetime:
        opens = datetime.combine(day, time(OFFICE_OPENS), clock.CHINA)
        return opens + timedelta(minutes=self.rng.randrange(OFFICE_MINUTES), seconds=self.rng.randrange(60))

    def run(self, until: datetime) -> None:
        """Everything before an instant; what was to happen later stays undone, as in life."""
        while self._waiting and self._waiting[0][0] < until:
            day = clock.today_of(self._waiting[0][0])
            while self._waiting and clock.today_of(self._waiting[0][0]) == day:
                instant, _, act = heapq.heappop(self._waiting)
                self._now = instant
                with clock.standing_at(instant):
                    act(instant)
            react(instant)


def react(now: datetime) -> None:
    """Run the jobs of the day's facts, here instead of in a worker, with the clock standing; the relay has nothing to do."""
    while True:
        with clock.standing_at(now):
            if not _some(now):
                return


def _some(now: datetime) -> int:
    with outbox.unsent(500, now) as batch:
        for event in batch.events:
            for job in JOBS.get(event.kind, ()):
                job(event.id)
            if event.kind not in JOBS:
                batch.settled.add(event.id)
        reacted = any(event.kind in JOBS for event in batch.events)
    if reacted:
        outbox.settle(NAMES, now)
    return len(batch.events)
