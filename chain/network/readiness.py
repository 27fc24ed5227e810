"""备链, second sources: in how many days one is ready, and how much of the need the ready ones carry. Plain numbers only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

DAYS_A_WEEK = 7


class BackupState(StrEnum):
    """How far a second source has come; each holds what the one before it holds."""

    CANDIDATE = "candidate"
    QUALIFIED = "qualified"
    TRIAL = "trial"
    READY = "ready"


@dataclass(frozen=True)
class Parts:
    """Days that still lie before a second source; 0: done, None: nobody has said. ``spare_weeks``: weeks until it has
    capacity to spare. Tooling is made while the source qualifies and tries; the rest follows one another.
    """

    fit_days: float | None = None
    qualification_days: float | None = None
    trial_days: float | None = None
    spare_weeks: float | None = None
    tooling_days: float | None = None


@dataclass(frozen=True)
class Readiness:
    """``days`` until the source delivers, at least, where ``unknown`` names parts nobody has told. ``state``: how far it is.

    ``waits_for``: the part of the longest way that takes most of these days, empty where none is left.
    """

    days: float
    state: BackupState
    waits_for: str
    unknown: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return self.state is BackupState.READY


def readiness(parts: Parts) -> Readiness:
    """Fit first, then the longer of tooling and qualification with trial; by then spare capacity must be there.

    Raises ValueError for a part below zero or no number.
    """
    told: dict[str, float | None] = {part.name: getattr(parts, part.name) for part in fields(parts)}
    for name, length in told.items():
        if length is not None and not 0 <= length < float("inf"):
            raise ValueError(f"{name} of {length} is no length of time")
    days = {name: length or 0.0 for name, length in told.items()}
    days["spare_weeks"] *= DAYS_A_WEEK
    ways = (
        ("fit_days", "qualification_days", "trial_days"),
        ("fit_days", "tooling_days"),
        ("spare_weeks",),
    )
    longest = max(ways, key=lambda way: sum(days[part] for part in way))
    total = sum(days[part] for part in longest)
    return Readiness(
        days=total, state=_state(told), waits_for=max(longest, key=lambda part: days[part]) if total else "",
        unknown=tuple(name for name, length in told.items() if length is None),
    )  # fmt: skip


def _state(told: Mapping[str, float | None]) -> BackupState:
    if told["fit_days"] != 0 or told["qualification_days"] != 0:
        return BackupState.CANDIDATE
    if told["trial_days"] != 0:
        return BackupState.QUALIFIED
    return BackupState.READY if all(length == 0 for length in told.values()) else BackupState.TRIAL


@dataclass(frozen=True)
class Coverage:
    """Of critical items: ``share``, 0 to 1, that have a ready source of their own beside the present one; ``share_of_need``:
    the same with each item counted by its need in money; ``carried``, 0 to 1, of their need that ready sources could
    deliver. ``bare``: the items without any candidate at all.
    """

    items: int
    share: float
    share_of_need: float
    carried: float
    bare: tuple[str, ...]


def coverage(need: Mapping[str, float], sources: Mapping[str, Sequence[tuple[Readiness, float]]]) -> Coverage:
    """How well the second sources cover critical items. need: item -> money a day. sources: item -> (readiness, money a day).

    An item of no need counts among the items and has nothing to carry.
    """
    ready = {item: sum(size for how, size in sources.get(item, ()) if how.is_ready) for item in need}
    total = sum(need.values())
    return Coverage(
        items=len(need),
        share=sum(size > 0 for size in ready.values()) / len(need) if need else 0.0,
        share_of_need=sum(need[item] for item, size in ready.items() if size > 0) / total if total else 0.0,
        carried=sum(min(need[item], size) for item, size in ready.items()) / total if total else 0.0,
        bare=tuple(sorted(item for item in need if not sources.get(item))),
    )
