"""The year replayed: acts wait for their instant, are done with the clock standing at it, and may plan further acts."""

import heapq
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from jobs.reactions import REACTIONS
from kernel import clock, outbox

Act = Callable[[datetime], object]
JOBS = {on.event.__name__: [one.job for one in REACTIONS if one.event is on.event] for on in REACTIONS}
OFFICE_OPENS, OFFICE_MINUTES = 9, 8 * 60
BATCH = 500


def hour_of(day: date, hour: int) -> datetime:
    """An hour of a day in China."""
    return datetime.combine(day, time(hour), clock.CHINA)


class Agenda:
    """What is still to happen, earliest first; among equals, what was planned first."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._order = count()
        self._now: datetime | None = None
        self._reacted: list[int] = []
        self._latest = 0

    def at(self, instant: datetime, act: Act) -> None:
        """At an instant, but never before what has happened already."""
        if self._now is not None and instant <= self._now:
            instant = self._now + timedelta(minutes=self.rng.randint(5, 40))
        heapq.heappush(self._waiting, (instant, next(self._order), act))

    def on(self, day: date, act: Act) -> None:
        """At some minute of a day's office hours in China."""
        self.at(self.minute_of(day), act)

    def fixed(self, today: date, acts: Iterable[tuple[int, int, Act]]) -> None:
        """Each so many days from today at an hour in China; no chance of the year is drawn for it."""
        for days, hour, act in acts:
            self.at(hour_of(today + timedelta(days=days), hour), act)

    def minute_of(self, day: date) -> datetime:
        opens = datetime.combine(day, time(OFFICE_OPENS), clock.CHINA)
        return opens + timedelta(minutes=self.rng.randrange(OFFICE_MINUTES), seconds=self.rng.randrange(60))

    def run(self, until: datetime) -> None:
        """Everything before an instant; what was to happen later stays undone, as in life."""
        while self._waiting and self._waiting[0][0] < until:
            instant, _, act = heapq.heappop(self._waiting)
            self._now = instant
            with clock.standing_at(instant):
                act(instant)
                self._react()
            ends_day = not self._waiting or clock.today_of(self._waiting[0][0]) != clock.today_of(instant)
            if ends_day and self._reacted:
                outbox.settle_here(self._reacted, instant)
                self._reacted = []

    def _react(self) -> None:
        """Run the jobs of the facts just committed, in order, here instead of in a worker; their own facts follow."""
        while facts := outbox.newer(self._latest, BATCH):
            self._reacted += [event.id for event in facts]
            self._latest = facts[-1].id
            jobs = [(job, event.id) for event in facts for job in JOBS.get(event.kind, ())]
            for job, event_id in jobs:
                job(event_id)
            if not jobs and len(facts) < BATCH:
                return
