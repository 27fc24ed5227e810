"""What a firm asks about the change of its chain between two days: both looked at with today's eyes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chain.links.resting import Shown
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import Invalid
from kernel.work import UnitOfWork
from oversight.maps.reads import MapFirm
from oversight.resilience.differing import Difference, Stood, difference
from oversight.resilience.gathering import Gathered, gathered
from oversight.resilience.measuring import Measured
from oversight.resilience.reads import measured_of

FURTHEST_DAYS = 3_660


@dataclass(frozen=True)
class ChangesSeen:
    """``firms``: of both days, by key."""

    before: Gathered
    after: Gathered
    found: Difference
    firms: Mapping[str, MapFirm]
    after_measured: Measured

    @property
    def rests_on(self) -> Shown:
        """What of either day is shown by others' disclosures."""
        days = (self.before.rests_on, self.after.rests_on)
        return {shown: max(day.get(shown, 0) for day in days) for shown in days[0].keys() | days[1].keys()}


def chain_changes(
    work: UnitOfWork, actor: Actor, *, chain_id: int, since: date | None = None, until: date | None = None
) -> ChangesSeen | None:
    """What changed from the end of one day to another. None for who belongs to no firm.

    since: the end of the last quarter when nothing is said; until: today. What is shown to the firm today is looked at on
    both days, so a link somebody began to disclose is no change of the chain. Raises NotFound, Invalid.
    """
    today = today_of(work.now)
    last = until or today
    if not 0 <= (today - last).days < FURTHEST_DAYS:
        raise Invalid("until", "look at today or earlier, ten years at most", "请选择今天或更早、十年之内的日期")
    first = since or last_quarter(last)
    if first >= last:
        raise Invalid("since", "the first day comes before the last", "起始日期应早于截止日期")
    if (today - first).days > FURTHEST_DAYS:
        raise Invalid("since", "look back ten years at most", "最多回看十年")
    before = gathered(work, actor, chain_id=chain_id, as_of=first)
    after = gathered(work, actor, chain_id=chain_id, as_of=last)
    if before is None or after is None:
        return None
    firms = {
        key: firm for source in (before, after)
        for key, firm in zip(source.graph.ids.tolist(), source.firms, strict=True)
    }  # fmt: skip
    stood = _stood(after)
    return ChangesSeen(before, after, difference(_stood(before), stood), firms, stood.measured)


def last_quarter(day: date) -> date:
    """The last day of the quarter before the one a day is in."""
    begins = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return date.fromordinal(begins.toordinal() - 1)


def _stood(source: Gathered) -> Stood:
    return Stood(source.links, source.graph, measured_of(source))
