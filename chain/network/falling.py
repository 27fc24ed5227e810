"""The loops behind AND/OR survivability, compiled: how stops spread along needs, and whose together reach a product."""

from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chain.network.graph import Ints

Bytes = NDArray[np.uint8]


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


lean: Callable[..., None] = njit(cache=True)(_walk_leaning)
spread: Callable[..., int] = njit(cache=True)(_spread_on)
undo: Callable[..., None] = njit(cache=True)(_take_back)


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
        tail = spread(queue, 0, 1, down, alive, used_start, used, owner)
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
        undo(queue, 0, tail, down, alive, used_start, used)
    return stops


each_stops: Callable[..., Ints] = njit(cache=True)(_stop_each)


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


def _fall_on(
    queue: Ints, head: int, tail: int, down: Bytes, alive: Ints, used_start: Ints, used: Ints, owner: Ints,
    fatal: Bytes, fate: Ints, beside: int,
) -> tuple[int, int]:  # fmt: skip
    """As ``spread``, but no further than the first firm known to be fatal, by itself or ``beside`` this one.

    The place reached in the queue, made negative if such a firm fell, and the queue's new end.
    """
    while head < tail:
        firm, fallen = queue[head], False
        head += 1
        for place in range(used_start[firm], used_start[firm + 1]):
            need = used[place]
            alive[need] -= 1
            if alive[need] == 0 and not down[owner[need]]:
                down[owner[need]] = 1
                queue[tail] = owner[need]
                tail += 1
                fallen |= fatal[owner[need]] == 1 or fate[owner[need]] == beside
        if fallen:
            return -head, tail
    return head, tail


_fall: Callable[..., tuple[int, int]] = njit(cache=True)(_fall_on)


def _pair_up(
    firms: Ints, pairs: Ints, down: Bytes, alive: Ints, queue: Ints, owner: Ints, start: Ints, member: Ints,
    used_start: Ints, used: Ints, of_start: Ints, of: Ints, found: Ints, others: Ints,
    asked: Ints, tried: Ints, safe: Ints, fate: Ints, fatal: Bytes, begun: int,
) -> tuple[int, int]:  # fmt: skip
    """Fatal pairs of firms that are not fatal alone, from ``firms[begun]`` on; ``of``: rising rows of the firms that stop each
    firm alone. How many pairs were written, and how many firms are done: all, or those before one whose pairs found no room.

    Beside one firm, what another stops without the product is safe too, and whoever stops a firm that is fatal is fatal too:
    so few are tried out. ``asked``, ``tried``, ``safe`` and ``fate`` hold the firm for which they last were set.
    """
    count = 0
    for turn in range(begun, len(firms)):
        firm, before = firms[turn], count
        queue[0] = firm
        down[firm] = 1
        tail = spread(queue, 0, 1, down, alive, used_start, used, owner)
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
            if fate[other] == firm or safe[other] == firm:
                continue
            queue[tail] = other
            down[other] = 1
            head, end = _fall(queue, tail, tail + 1, down, alive, used_start, used, owner, fatal, fate, firm)
            for at in range(tail, end):
                down[queue[at]] = 0
                if head >= 0:
                    safe[queue[at]] = firm
            for at in range(tail, end if head >= 0 else -head):
                for need in range(used_start[queue[at]], used_start[queue[at] + 1]):
                    alive[used[need]] += 1
            if head < 0:
                for at in range(_from(of, of_start[other], of_start[other + 1], firm + 1), of_start[other + 1]):
                    third = of[at]
                    if fate[third] != firm and not down[third]:
                        fate[third] = firm
                        pairs[count, 0], pairs[count, 1] = firm, third
                        count += 1
        undo(queue, 0, tail, down, alive, used_start, used)
        if not room:
            return before, turn
    return count, len(firms)


paired: Callable[..., tuple[int, int]] = njit(cache=True)(_pair_up)
