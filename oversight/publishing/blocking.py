"""How much of each stage of a chain stops when a prefecture does, in a word. Pure.

A word follows from the published figures and the chain's public table of stages alone, so it tells nothing they do not
(decision 0035). It is the least that is certain: of prefectures told together each is sure to have one only.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from oversight.publishing.decisions import Picture

HALF = Fraction(1, 2)


class StopBand(StrEnum):
    """How much of a stage stops at least, of what is told of it."""

    NONE = "none"
    SOME = "some"  # not more than half for certain
    OVER_HALF = "over_half"
    ALL = "all"
    UNTOLD = "untold"  # too few firms to tell of: any of them may be there


@dataclass(frozen=True)
class StageTold:
    """What is published of a stage. ``position`` grows downstream. ``firms``, ``links``: its pictures; thin: no firms told."""

    id: int
    position: int
    firms: Picture
    links: Picture

    @property
    def is_thin(self) -> bool:
        return not self.firms

    @property
    def by_links(self) -> bool:
        """Whether it is weighed by its confirmed links, or, where none are told, by its firms."""
        return any(group.value for group in self.links)


@dataclass(frozen=True)
class Need:
    """A stage takes in what another makes. Essential: it makes no more than comes of it; else its even share of all inputs."""

    supplier: int
    buyer: int
    essential: bool


@dataclass(frozen=True)
class Stop:
    """Of one stage, when one prefecture stops: what its own firms there were, and what stops with all it needs."""

    place: str
    stage_id: int
    own: StopBand
    whole: StopBand


def needs_between(stages: Sequence[StageTold], classes: Mapping[tuple[int, int], str]) -> list[Need]:
    """Who needs whom: each stage the ones just before it, and every earlier one the chain's table names as no matter of course.

    classes: (supplier stage, buyer stage) -> essential, linear or negligible, as set; a pair that is not set is essential.
    """
    found = []
    for buyer in stages:
        before = [one for one in stages if one.position < buyer.position]
        nearest = max((one.position for one in before), default=None)
        for one in before:
            said = classes.get((one.id, buyer.id), "essential" if one.position == nearest else "negligible")
            if said != "negligible":
                found.append(Need(one.id, buyer.id, said == "essential"))
    return found


def stops(stages: Sequence[StageTold], needs: Sequence[Need], places: Sequence[str]) -> list[Stop]:
    """For each place and stage. The generalised Leontief form of Diem et al. 2022 on stages, in one pass downstream.

    A stage with no firm at all is supplied from elsewhere and stops for nobody; a thin one is taken to run.
    """
    inputs: dict[int, list[Need]] = defaultdict(list)
    for need in needs:
        inputs[need.buyer].append(need)
    own = {one.id: _least_shares(one.links if one.by_links else one.firms) for one in stages}
    found = []
    for place in places:
        lost: dict[int, Fraction] = {}
        for one in sorted(stages, key=lambda stage: stage.position):
            mine = own[one.id].get(place, Fraction(0))
            lost[one.id] = max(mine, _handed_on(inputs[one.id], lost)) if one.is_thin or own[one.id] else Fraction(0)
            found.append(Stop(place, one.id, _word(mine, one.is_thin), _word(lost[one.id], one.is_thin)))
    return found


def _handed_on(inputs: Sequence[Need], lost: Mapping[int, Fraction]) -> Fraction:
    worst = max((lost[need.supplier] for need in inputs if need.essential), default=Fraction(0))
    shared = sum((lost[need.supplier] / len(inputs) for need in inputs if not need.essential), Fraction(0))
    return max(worst, shared)


def _least_shares(picture: Picture) -> dict[str, Fraction]:
    """place -> the least share of what is told that must be there; empty where nothing, or nobody, is told."""
    total = round(sum(group.value for group in picture))
    if not total:
        return {}
    return {
        place: Fraction(round(group.value) if len(group.places) == 1 else 1, total)
        for group in picture if group.value for place in group.places
    }  # fmt: skip


def _word(lost: Fraction, is_thin: bool) -> StopBand:
    if not lost:
        return StopBand.UNTOLD if is_thin else StopBand.NONE
    if lost >= 1:
        return StopBand.ALL
    return StopBand.OVER_HALF if lost > HALF else StopBand.SOME
