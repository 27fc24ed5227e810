"""Who stops when others stop, by what each needs; and the firms, alone or two together, that stop a product."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chain.network.graph import Ints
from chain.network.measure import Measure
from chain.network.needs import Needs, grouped

MOST_STOPS = 50_000_000
"""Of pairs (firm stopped first, firm it stops), about 400 MB: beyond it a question is to be asked of fewer firms."""

MOST_PAIRS = 1_000_000

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True, eq=False)
class Running(Measure):
    """``stopped``: ids in the order of rows, those stopped at first among them. ``running[n]``: all others."""

    stopped: tuple[object, ...]
    running: NDArray[np.bool_]


def running(needs: Needs, stopped: Iterable[object]) -> Running:
    """The greatest set of firms that can go on, for each of whom every need still has a supplier that runs.

    A circle that feeds itself goes on. ``stopped``: ids that stop at first. Raises KeyError for one that is no firm.
    """
    first = np.array(sorted({needs.row[firm] for firm in stopped}), dtype=np.int32)
    down = _down_after(needs, first)
    return Running(
        graph_version=needs.graph_version, unknown_share=needs.unknown_share,
        stopped=tuple(needs.ids[down].tolist()), running=~down,
    )  # fmt: skip


def _down_after(needs: Needs, first: Ints) -> NDArray[np.bool_]:
    down, alive, queue = _fresh(needs.start, needs.n)
    down[first], queue[: len(first)] = 1, first
    _spread(queue, 0, len(first), down, alive, *needs.used, needs.owner)
    return down.astype(np.bool_)


@dataclass(frozen=True, kw_only=True, eq=False)
class StoppedWhen(Measure):
    """``firms[k]``: rows stopped alone. Whom each stops, itself first: rows ``stops[start[k]:start[k + 1]]``."""

    ids: NDArray[np.generic]
    firms: Ints
    start: NDArray[np.int64]
    stops: Ints

    def of(self, firm: object) -> tuple[object, ...]:
        """Ids that stop when this one does, itself included, in the order of rows. Raises ValueError if it was not asked for."""
        place = self.ids[self.firms].tolist().index(firm)
        return tuple(self.ids[np.sort(self.stops[self.start[place] : self.start[place + 1]])].tolist())


def stopped_when(needs: Needs, firms: Sequence[object] | None = None) -> StoppedWhen:
    """Whom each firm stops by stopping alone; all firms, or these ids.

    Raises KeyError for an unknown id, ValueError beyond 50 million stops.
    """
    rows = range(needs.n) if firms is None else [needs.row[firm] for firm in firms]
    asked: Ints = np.array(rows, dtype=np.int32)
    start, stops, _ = _all_stops(asked, -1, needs.n, needs.owner, needs.start, *needs.used)
    return StoppedWhen(
        graph_version=needs.graph_version,
        unknown_share=needs.unknown_share,
        ids=needs.ids,
        firms=asked,
        start=start,
        stops=stops,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class FatalSets(Measure):
    """The minimal sets of one or two firms whose stopping stops the product: ``single`` ids and ``pairs`` of ids, by rows.

    ``complete``: False if there are more pairs than were asked for.
    """

    single: tuple[object, ...]
    pairs: tuple[tuple[object, object], ...]
    complete: bool

    @property
    def sets(self) -> list[frozenset[object]]:
        return [frozenset({firm}) for firm in self.single] + [frozenset(pair) for pair in self.pairs]


def fatal_sets(needs: Needs, ends: Sequence[object], max_size: int = 2, most: int = MOST_PAIRS) -> FatalSets:
    """Minimal cut sets of the AND/OR graph up to size 1 or 2 for a product that any of the firms ``ends`` can make.

    Only firms the product leans on are looked at, and of the pairs only those where one firm stops all suppliers of a need
    that the other leaves, for no other pair can stop more than its two firms do alone: near linear in links where stops stay
    local. Raises KeyError for an unknown end, ValueError beyond 50 million stops.
    """
    makers = np.array(sorted({needs.row[firm] for firm in ends}), dtype=np.int32)
    product, n = needs.n, needs.n + 1
    owner, start, member = _leading_to(needs, makers)
    if not len(makers):
        return FatalSets(
            graph_version=needs.graph_version, unknown_share=needs.unknown_share, single=(), pairs=(), complete=True
        )
    used = grouped(member, np.repeat(np.arange(len(owner), dtype=np.int32), np.diff(start)), n)
    firms = np.unique(member)
    stops_start, stops, fatal = _all_stops(firms, product, n, owner, start, *used)
    single = firms[fatal]
    named = needs.ids.tolist()
    pairs = np.zeros((0, 2), np.int32)
    if max_size > 1:
        stopped_by = grouped(stops, np.repeat(firms, np.diff(stops_start)), n)
        pairs = _fatal_pairs(firms[~fatal], product, most + 1, n, owner, start, member, used, stopped_by)
    return FatalSets(
        graph_version=needs.graph_version, unknown_share=needs.unknown_share,
        single=tuple(named[row] for row in single), complete=len(pairs) <= most,
        pairs=tuple((named[a], named[b]) for a, b in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))][:most].tolist()),
    )  # fmt: skip


def _leading_to(needs: Needs, makers: Ints) -> tuple[Ints, Ints, Ints]:
    """Owner, start and member of the needs the makers lean on, and of the product's own last need of any of them."""
    leans = np.zeros(needs.n, np.bool_)
    leans[makers] = True
    sizes = np.diff(needs.start)
    buyer = np.repeat(needs.owner, sizes)
    own_start, own = grouped(needs.owner, np.arange(len(needs.owner), dtype=np.int32), needs.n)
    _lean(makers, leans, own_start, own, needs.start, needs.member)
    kept = leans[needs.owner]
    start = np.zeros(int(kept.sum()) + 2, np.int32)
    np.cumsum(np.append(sizes[kept], len(makers)), out=start[1:])
    member = np.append(needs.member[leans[buyer]], makers).astype(np.int32)
    return np.append(needs.owner[kept], needs.n).astype(np.int32), start, member


def _walk_leaning(first: Ints, leans: NDArray[np.bool_], own_start: Ints, own: Ints, start: Ints, member: Ints) -> None:
    queue = np.empty(len(leans), np.int32)
    head, tail = 0, len(first)
    queue[:tail] = first
    while head < tail:
        firm = queue[head]
        head += 1
        for place in range(own_start[firm], own_start[firm + 1]):
            for seller in member[start[own[place]] : start[own[place] + 1]]:
                if not leans[seller]:
                    leans[seller] = True
                    queue[tail] = seller
                    tail += 1


def _fresh(start: Ints, n: int) -> tuple[Bytes, Ints, Ints]:
    """Nobody down, every supplier of every need alive, and room for everybody to wait."""
    return np.zeros(n, np.uint8), np.diff(start), np.empty(n, np.int32)


def _all_stops(
    firms: Ints, product: int, n: int, owner: Ints, start: Ints, used_start: Ints, used: Ints
) -> tuple[NDArray[np.int64], Ints, NDArray[np.bool_]]:
    """Whom each firm stops, those of ``firms[k]`` at ``start[k]:start[k + 1]``, and which stop the product, left empty."""
    ends, fatal = np.zeros(len(firms) + 1, np.int64), np.zeros(len(firms), np.bool_)
    stops = _each_stops(firms, product, MOST_STOPS, *_fresh(start, n), owner, used_start, used, ends, fatal)
    if ends[-1] < 0:
        raise ValueError(f"these firms stop more than {MOST_STOPS} others between them: ask about fewer firms at once")
    return ends, stops[: ends[-1]], fatal


def _fatal_pairs(
    firms: Ints, product: int, most: int, n: int, owner: Ints, start: Ints, member: Ints, used: tuple[Ints, Ints], of: tuple[Ints, Ints]
) -> Ints:  # fmt: skip
    """Pairs of rows, of shape (pairs, 2), ``most`` or a little more; the room grows with what one firm may need."""
    asked, tried = np.full(len(owner), -1, np.int32), np.full(n, -1, np.int32)
    done, found = 0, [np.zeros((0, 2), np.int32)]
    while done < len(firms) and sum(map(len, found)) < most:
        room = np.empty((n + 65_536, 2), np.int32)
        count, done = _paired(
            firms, product, room, *_fresh(start, n), owner, start, member, *used, *of,
            asked, tried, np.empty(n, np.int32), np.empty(n, np.int32), done,
        )  # fmt: skip
        asked.fill(-1)
        tried.fill(-1)
        found.append(room[:count])
    return np.concatenate(found)


def _spread_on(
    queue: Ints, head: int, tail: int, down: Bytes, alive: Ints, used_start: Ints, used: Ints, owner: Ints
) -> int:
    """From those waiting, already down, to all they stop; the queue's new end."""
    while head < tail:
        firm = queue[head]
        head += 1
        for place in range(used_start[firm], used_start[firm + 1]):
            need = used[place]
            alive[need] -= 1
            if alive[need] == 0 and not down[owner[need]]:
                down[owner[need]] = 1
                queue[tail] = owner[need]
                tail += 1
    return tail


def _take_back(queue: Ints, head: int, tail: int, down: Bytes, alive: Ints, used_start: Ints, used: Ints) -> None:
    for place in range(head, tail):
        firm = queue[place]
        down[firm] = 0
        for at in range(used_start[firm], used_start[firm + 1]):
            alive[used[at]] += 1


_lean: Callable[..., None] = njit(cache=True)(_walk_leaning)
_spread: Callable[..., int] = njit(cache=True)(_spread_on)
_undo: Callable[..., None] = njit(cache=True)(_take_back)


def _stop_each(
    firms: Ints, product: int, most: int, down: Bytes, alive: Ints, queue: Ints, owner: Ints, used_start: Ints, used: Ints,
    ends: NDArray[np.int64], fatal: NDArray[np.bool_],
) -> Ints:  # fmt: skip
    """Whom each firm stops alone, one after the other; of those that stop the product only that they do (-1: no product)."""
    stops = np.empty(16 + 2 * len(firms), np.int32)
    end = 0
    for place in range(len(firms)):
        queue[0] = firms[place]
        down[firms[place]] = 1
        tail = _spread(queue, 0, 1, down, alive, used_start, used, owner)
        if product >= 0 and down[product]:
            fatal[place] = True
        else:
            if end + tail > most:
                ends[len(firms)] = -1
                return stops
            if end + tail > len(stops):
                larger = np.empty(2 * (end + tail), np.int32)
                for at in range(end):
                    larger[at] = stops[at]
                stops = larger
            for at in range(tail):
                stops[end + at] = queue[at]
            end += tail
        ends[place + 1] = end
        _undo(queue, 0, tail, down, alive, used_start, used)
    return stops


_each_stops: Callable[..., Ints] = njit(cache=True)(_stop_each)


def _find(of: Ints, first: int, last: int, firm: int) -> int:
    """The first place from ``first`` on, below ``last``, of a firm no lower than this one in a rising list."""
    while first < last:
        middle = (first + last) // 2
        if of[middle] < firm:
            first = middle + 1
        else:
            last = middle
    return first


_from: Callable[[Ints, int, int, int], int] = njit(cache=True)(_find)


def _meet(need: int, after: int, down: Bytes, start: Ints, member: Ints, of_start: Ints, of: Ints, found: Ints) -> int:
    """Firms above ``after`` that stop every supplier of the need still running, into ``found``; how many."""
    count = -1
    for place in range(start[need], start[need + 1]):
        seller = member[place]
        if down[seller]:
            continue
        first, last = of_start[seller], of_start[seller + 1]
        if count < 0:
            first = _from(of, first, last, after + 1)
            count = last - first
            for at in range(count):
                found[at] = of[first + at]
        else:
            kept = 0
            for at in range(count):
                first = _from(of, first, last, found[at])
                if first < last and of[first] == found[at]:
                    found[kept] = found[at]
                    kept += 1
            count = kept
        if count == 0:
            break
    return max(count, 0)


_met: Callable[..., int] = njit(cache=True)(_meet)


def _pair_up(
    firms: Ints, product: int, pairs: Ints, down: Bytes, alive: Ints, queue: Ints, owner: Ints, start: Ints, member: Ints,
    used_start: Ints, used: Ints, of_start: Ints, of: Ints, asked: Ints, tried: Ints, found: Ints, others: Ints,
    begun: int,
) -> tuple[int, int]:  # fmt: skip
    """Fatal pairs of firms that are not fatal alone, from ``firms[begun]`` on; ``of``: rising rows of the firms that stop each
    firm alone. How many pairs were written, and how many firms are done: all, or those before one whose pairs found no room.
    """
    count = 0
    for turn in range(begun, len(firms)):
        firm, before = firms[turn], count
        queue[0] = firm
        down[firm] = 1
        tail = _spread(queue, 0, 1, down, alive, used_start, used, owner)
        candidates = 0
        for place in range(tail):
            for at in range(used_start[queue[place]], used_start[queue[place] + 1]):
                need = used[at]
                if asked[need] == firm or alive[need] == 0 or down[owner[need]]:
                    continue
                asked[need] = firm
                for place_found in range(_met(need, firm, down, start, member, of_start, of, found)):
                    other = found[place_found]
                    if tried[other] != firm and not down[other]:
                        tried[other] = firm
                        others[candidates] = other
                        candidates += 1
        room = candidates <= len(pairs) - count
        for place in range(candidates if room else 0):
            other = others[place]
            queue[tail] = other
            down[other] = 1
            end = _spread(queue, tail, tail + 1, down, alive, used_start, used, owner)
            if down[product]:
                pairs[count, 0], pairs[count, 1] = firm, other
                count += 1
            _undo(queue, tail, end, down, alive, used_start, used)
        _undo(queue, 0, tail, down, alive, used_start, used)
        if not room:
            return before, turn
    return count, len(firms)


_paired: Callable[..., tuple[int, int]] = njit(cache=True)(_pair_up)
