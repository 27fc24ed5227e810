"""How counts of firms are grouped and held so that no published figure, nor any two of them, tells of one or two firms.

The method (decision 0011): of each stage, prefectures are published one by one where that is safe, and the others
together as one group; all figures are sums over disjoint groups, there are no totals that cut across them and no
free filters. A group is anew published only when its firms are the same or at least three have come or gone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from kernel.access import SMALLEST_GROUP

LARGEST_SHARE = 0.70
"""Where one firm holds more than this of a group's weight, the figure would be that firm's (features.md B6)."""

Places = tuple[str, ...]
Members = Mapping[str, Mapping[int, float]]
"""place -> firm -> its weight; a count alone weighs every firm 1."""


@dataclass(frozen=True)
class Group:
    """Places of one stage told as one figure. ``parts``: the firms of each place when the figure was made; never shown."""

    places: Places
    parts: tuple[frozenset[int], ...]

    @property
    def firms(self) -> frozenset[int]:
        return frozenset().union(*self.parts)

    @property
    def count(self) -> int:
        return sum(map(len, self.parts))


Picture = Sequence[Group]
"""All that is published of one stage in one month."""


def is_safe(weights: Iterable[float]) -> bool:
    """Nobody's figure: no firm at all, or at least three of which none holds more than 70 %."""
    known = list(weights)
    if not known:
        return True
    total = sum(known)
    return len(known) >= SMALLEST_GROUP and (total <= 0 or max(known) <= LARGEST_SHARE * total)


def grouped(members: Members) -> list[Places]:
    """The finest safe grouping of one stage's places; empty when even all of them together are not safe.

    A place is told alone when it is safe. The unsafe ones go together; the smallest safe places, all of one size at a
    time, join them until the group is safe and no member of it follows from its count (see _tells).
    """
    alone = sorted(p for p, firms in members.items() if is_safe(firms.values()))
    together = sorted(p for p in members if p not in set(alone))
    spare = sorted((p for p in alone if members[p]), key=lambda p: len(members[p]))
    while together and not _holds(together, members):
        if not spare:
            return []
        size = len(members[spare[0]])
        together += [p for p in spare if len(members[p]) == size]
        spare = [p for p in spare if len(members[p]) != size]
    joined = set(together)
    groups: list[Places] = [(p,) for p in alone if p not in joined]
    return sorted([*groups, tuple(sorted(joined))] if together else groups)


def _holds(places: Sequence[str], members: Members) -> bool:
    weights = list(chain.from_iterable(members[p].values() for p in places))
    return is_safe(weights) and not _tells([len(members[p]) for p in places])


def _tells(counts: Sequence[int]) -> bool:
    """Whether the sum gives the parts away: one part, or all as small as they can be, or all as large as hidden ones are.

    Otherwise the parts differ, and exchanging two of them leaves everything published as it is.
    """
    most = SMALLEST_GROUP - 1
    return len(counts) < 2 or all(n == 1 for n in counts) or all(n == most for n in counts)


def published(members: Members, history: Sequence[Picture]) -> Picture:
    """What to publish of one stage now, given all that was published of it before (oldest first).

    New groups and figures where no earlier picture, taken together with them, would tell of one or two firms; else
    new figures for those of the last groups for which that holds; the others stay as they were published last.
    """
    wanted = _groups(grouped(members), members)
    if not history:
        return wanted
    if wanted and _is_silent(wanted, history):
        return wanted
    shown = list(history[-1])
    for place, group in enumerate(shown):
        newer = [*shown[:place], Group(group.places, _parts(group.places, members)), *shown[place + 1 :]]
        if _stands_alone(newer[place], members) and _is_silent(newer, history):
            shown = newer
    return shown


def _groups(places: Sequence[Places], members: Members) -> Picture:
    return [Group(p, _parts(p, members)) for p in places]


def _parts(places: Places, members: Members) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(members.get(p, {})) for p in places)


def _stands_alone(group: Group, members: Members) -> bool:
    weights = chain.from_iterable(members.get(p, {}).values() for p in group.places)
    hidden = [len(part) for part in group.parts if part]
    return is_safe(weights) and not (len(group.places) > 1 and hidden and _tells(hidden))


def _is_silent(picture: Picture, history: Sequence[Picture]) -> bool:
    return not any(tells(picture, past) or tells(past, picture) for past in history)


MOST_TAKEN = 4
"""Sums and differences of more groups than this are not tried: each further group adds firms that do not cancel out."""


def tells(some: Picture, other: Picture) -> bool:
    """Whether groups of one picture less groups of another are a figure about one or two firms.

    Groups that are the same in both pictures add nothing to a difference, so only the others are tried.
    """
    changed = [g for g in some if g not in other]
    for taken in _some_of(changed):
        places = set(chain.from_iterable(g.places for g in taken))
        inside = [g for g in other if set(g.places) <= places]
        if any(0 < about(taken, less) < SMALLEST_GROUP for less in _some_of(inside)):
            return True
    return False


def _some_of(groups: Sequence[Group]) -> Iterator[Picture]:
    return chain.from_iterable(combinations(groups, size) for size in range(1, min(len(groups), MOST_TAKEN) + 1))


def about(taken: Sequence[Group], less: Sequence[Group]) -> int:
    """How many memberships of firms a difference of two sums leaves standing.

    Where both sums cover all firms' places, a firm that only moved among them is counted in both and cancels out.
    """
    plus, minus = _part_of(taken), _part_of(less)
    if all(place in minus for place, part in plus.items() if part):
        return len(frozenset().union(*plus.values()) ^ frozenset().union(*minus.values()))
    return sum(len(part ^ minus.get(place, frozenset())) for place, part in plus.items())


def _part_of(groups: Sequence[Group]) -> dict[str, frozenset[int]]:
    return {p: part for g in groups for p, part in zip(g.places, g.parts, strict=True)}
