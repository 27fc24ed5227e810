"""How figures about firms are grouped and held so that nothing ever published, taken together, tells of one or two firms.

The method (decision 0021) is a fixed publishing hierarchy without free filters: of each stage, prefectures are told one by
one where that is safe, and the others together as one group; figures are sums over disjoint groups and there are no
totals across them. A new figure is published only if no linear combination of all figures ever published of the
stage would be a figure about one or two firms; else the figure published last stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kernel.access import SMALLEST_GROUP

LARGEST_SHARE = 0.70
"""Where one firm holds more than this of a group's weight, the figure would be that firm's (features.md B6)."""

PRIME = 2**31 - 1
"""Ranks are taken modulo this prime: exact integers, and a matrix of zeros and ones has another rank by accident only."""

Integers = NDArray[np.int64]

Places = tuple[str, ...]
Members = Mapping[str, Mapping[int, float]]
"""place -> firm -> its weight; a count alone weighs every firm 1."""

Token = tuple[int, float]
"""A firm with the weight it adds. Another weight of the same firm is another unknown: its change would be a figure too."""


@dataclass(frozen=True)
class Group:
    """Places of one stage told as one figure. ``parts``: what the firms of each place added when it was made; never shown."""

    places: Places
    parts: tuple[frozenset[Token], ...]

    @cached_property
    def tokens(self) -> frozenset[Token]:
        added: dict[int, float] = defaultdict(float)
        for firm, weight in chain.from_iterable(self.parts):
            added[firm] += weight  # more than once where a firm had two records, which were merged since
        return frozenset(added.items())

    @property
    def firms(self) -> frozenset[int]:
        return frozenset(firm for firm, _ in self.tokens)

    @property
    def value(self) -> float:
        return sum(weight for part in self.parts for _, weight in part)


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
    time, join them until the group is safe and no member of it follows from its count (see _gives_away).
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
    return is_safe(weights) and not _gives_away([len(members[p]) for p in places])


def _gives_away(counts: Sequence[int]) -> bool:
    """Whether the sum gives the parts away: one part, or all as small as they can be, or all as large as hidden ones are.

    Otherwise the parts differ, and exchanging two of them leaves everything published as it is.
    """
    most = SMALLEST_GROUP - 1
    return len(counts) < 2 or all(n == 1 for n in counts) or all(n == most for n in counts)


def published(members: Members, history: Sequence[Picture], named: frozenset[int] = frozenset()) -> Picture:
    """What to publish of one stage now, given all that was published of it before (oldest first).

    The new grouping with its figures where that is silent; else new figures for those of the last groups for which
    it is; the others stay as they were published last, and nothing says which ones these are. named: firms that officials
    were ever told of by name; nothing told may be about one or two of the others either (decision 0034).
    """
    wanted = [Group(places, _parts(places, members)) for places in grouped(members)]
    told = {group.tokens for picture in history for group in picture}
    new = told | {group.tokens for group in wanted}
    if not history:
        return wanted if is_silent(new, named) and not tells_places(wanted, named) else []
    if wanted and not _changes_by_one(wanted, history) and is_silent(new, named) and not tells_places(wanted, named):
        return wanted
    shown = list(history[-1])
    for at, group in enumerate(shown):
        newer = Group(group.places, _parts(group.places, members))
        if not _stands_alone(newer) or _changes_by_one([*shown[:at], newer, *shown[at + 1 :]], history):
            continue
        if tells_places([newer], named):
            continue
        if newer.tokens in told or is_silent(told | {newer.tokens}, named):
            shown[at], told = newer, told | {newer.tokens}
    return shown


def _changes_by_one(picture: Picture, history: Sequence[Picture]) -> bool:
    """Whether a difference to what was told before is nearly one firm's: then the difference would be that firm's figure.

    A figure is held against each one told before, and all of a region against all of it in each month.
    """
    told = {group.tokens for before in history for group in before if group.tokens}
    new = {group.tokens for group in picture} - told
    if all(weight == 1 for tokens in told | new for _, weight in tokens):
        return False  # firms alike are safe by their number, which betrays looks at
    pairs = ((old, one) for one in new for old in told)
    regions = (pair for before in history for pair in _regions(before, picture) if new)
    return any(not is_safe(_change(*pair)) for pair in chain(pairs, regions))


def _change(before: Iterable[Token], now: Iterable[Token]) -> list[float]:
    """By how much each firm adds more or less."""
    change: dict[int, float] = defaultdict(float)
    for tokens, sign in ((before, -1), (now, 1)):
        for firm, weight in tokens:
            change[firm] += sign * weight
    return [abs(more) for more in change.values() if more]


def _regions(before: Picture, now: Picture) -> Iterator[tuple[list[Token], list[Token]]]:
    """What was and is told of each of the smallest regions that both pictures tell of."""
    regions = [set(group.places) for group in now]
    for group in before:
        touched = [region for region in regions if not region.isdisjoint(group.places)]
        regions = [region for region in regions if region not in touched] + [set().union(*touched)]
    for region in regions:
        told = [[t for g in picture if region.issuperset(g.places) for t in g.tokens] for picture in (before, now)]
        yield told[0], told[1]


def _parts(places: Places, members: Members) -> tuple[frozenset[Token], ...]:
    return tuple(frozenset(members.get(p, {}).items()) for p in places)


def _stands_alone(group: Group) -> bool:
    hidden = [len(part) for part in group.parts if part]
    return is_safe(weight for part in group.parts for _, weight in part) and not (
        len(group.places) > 1 and bool(hidden) and _gives_away(hidden)
    )


def is_silent(figures: Iterable[frozenset[Token]], named: frozenset[int]) -> bool:
    """Whether no combination of these tells of one or two firms, nor of one or two once the named ones are taken off."""
    sums = list(figures)
    return not betrays(sums) and not (named and betrays(_without(sums, named)))


def _without(figures: Iterable[frozenset[Token]], named: frozenset[int]) -> list[frozenset[Token]]:
    return [frozenset(token for token in figure if token[0] not in named) for figure in figures]


def tells_places(picture: Picture, named: frozenset[int]) -> bool:
    """Whether names at one place of a group say how many firms it has: the first says nothing, for each place has one."""
    return any(
        len(group.places) > 1 and not group.firms <= named and any(len({f for f, _ in part} & named) > 1 for part in group.parts)
        for group in picture
    )  # fmt: skip


def betrays(figures: Iterable[frozenset[Token]]) -> bool:
    """Whether some linear combination of these sums leaves only what one or two firms added.

    The tokens found in the same figures are one unknown, for no combination parts them. A combination that leaves
    the unknowns C alone exists just where the columns of C in a basis of the figures' null space depend on each other.
    """
    sums = [figure for figure in figures if figure]
    found_in: dict[Token, list[int]] = defaultdict(list)
    for row, figure in enumerate(sums):
        for token in figure:
            found_in[token].append(row)
    unknowns: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for (firm, _), rows in found_in.items():
        unknowns[tuple(rows)].add(firm)
    firms = list(unknowns.values())
    if all(len(f) >= SMALLEST_GROUP for f in firms):
        return False
    matrix = np.array([[row in rows for rows in unknowns] for row in range(len(sums))], dtype=np.int64)
    columns = _null_space(matrix).T
    small = {i: frozenset(f) for i, f in enumerate(firms) if len(f) < SMALLEST_GROUP}
    return _two_depend(columns, small) or _more_depend(columns, small)


def _two_depend(columns: Integers, small: Mapping[int, frozenset[int]]) -> bool:
    """Whether one unknown of few firms stands alone, or two such of at most two firms in all hang on each other."""
    alike: dict[bytes, list[frozenset[int]]] = defaultdict(list)
    for at, firms in small.items():
        column = columns[at]
        leading = np.flatnonzero(column)
        if not len(leading):
            return True
        direction = (column * pow(int(column[leading[0]]), -1, PRIME) % PRIME).tobytes()
        if any(len(firms | other) < SMALLEST_GROUP for other in alike[direction]):
            return True
        alike[direction].append(firms)
    return False


def _more_depend(columns: Integers, small: Mapping[int, frozenset[int]]) -> bool:
    """The same for three and more unknowns: those of firms that came and went, or weighed this and that."""
    of_firm: dict[int, set[int]] = defaultdict(set)
    for at, firms in small.items():
        for firm in firms:
            of_firm[firm].add(at)
    busy = [firm for firm, at in of_firm.items() if len(at) > 1]
    for firm in busy:
        for other in of_firm:
            within = [at for at in of_firm[firm] | of_firm[other] if small[at] <= {firm, other}]
            if len(within) > 2 and len(_reduced(columns[within])) < len(within):
                return True
    return False


def _null_space(matrix: Integers) -> Integers:
    """A basis, row by row, of what every row of the matrix sends to zero, modulo PRIME."""
    reduced, width = _reduced(matrix), matrix.shape[1]
    pivots = [int(np.flatnonzero(row)[0]) for row in reduced]
    free = [i for i in range(width) if i not in set(pivots)]
    basis = np.zeros((len(free), width), dtype=np.int64)
    basis[range(len(free)), free] = 1
    basis[:, pivots] = -reduced[:, free].T % PRIME
    return basis


def _reduced(matrix: Integers) -> Integers:
    """The rows that are left of a matrix in reduced echelon form, modulo PRIME: as many as its rank."""
    rows, rank = matrix % PRIME, 0
    for column in range(rows.shape[1]):
        below = np.flatnonzero(rows[rank:, column])
        if not len(below):
            continue
        pivot = rank + int(below[0])
        rows[[rank, pivot]] = rows[[pivot, rank]]
        rows[rank] = rows[rank] * pow(int(rows[rank, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != rank]
        rows[others] = (rows[others] - rows[others, column][:, None] * rows[rank]) % PRIME
        rank += 1
        if rank == len(rows):
            break
    return rows[:rank]
