"""The cascade behind ESRI, compiled. Import it where figures are made, not where rows are read: it brings numba along."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from chain.network.graph import Floats
from chain.network.layout import Places, Shares

FLOOR = 2.0**-53
"""A change of a loss below this cannot be seen in a health next to 1: passing it on would make nothing more exact."""
THIN = 0.1
"""Below this part of a stage's sales its rest is added up anew: taken by subtraction, 0.3 beside 1e15 would be lost."""
WHOLE = 1.0 - 1e-14
"""Shares add up to 1 only up to rounding: a loss above this is all."""
FEW = np.uint64(16)
"""Up to one firm in so many is found by a list, more by looking through all in order, which memory likes better."""
NONE, ONE = np.uint64(0), np.uint64(1)
DOWN, UP, FEWER = 0, 1, 2
MOST_SWEEPS = 10_000


class Cascade(NamedTuple):
    """What one cascade has done so far, by place; ``untouched`` between two. Rows of shape 2 are DOWN and UP.

    ``loss[2, n]``: of what a firm makes, 0 to 1, for want of inputs, of orders. ``sent[2, n]``: what of it was passed on.
    ``coming[2, n]``: loss that comes with this sweep. ``gathered``: by slot. ``rest``: sales of a stage that are left.
    ``found[3]``: how many firms stand in the lists ``lost``, and in ``fewer``, those whose orders shrank with this sweep.
    ``touched``, ``marked``: firms to which something comes.
    ``first``: sweep in which a firm first lost inputs, -1 before; of length 0 when not asked for. ``links``: how many were used.
    """

    loss: Floats
    sent: Floats
    coming: Floats
    gathered: Floats
    rest: Floats
    lost: Places
    touched: Places
    fewer: Places
    marked: NDArray[np.uint8]
    thin: NDArray[np.uint8]
    found: NDArray[np.uint64]
    first: NDArray[np.int32]
    links: NDArray[np.int64]


def untouched(shares: Shares, recording: bool = False) -> Cascade:
    """A state in which nobody has lost anything."""
    n, stages = len(shares.sales), len(shares.volume)
    loss, sent, coming = (np.zeros((2, n)) for _ in range(3))
    lost, touched = (np.zeros((2, n + 1), np.uint32) for _ in range(2))
    return Cascade(
        loss, sent, coming, np.zeros(int(shares.slots[-1])), shares.volume.copy(), lost, touched,
        np.zeros(n + 1, np.uint32), np.zeros((2, n), np.uint8), np.zeros(stages, np.uint8), np.zeros(3, np.uint64),
        np.full(n if recording else 0, -1, np.int32), np.zeros(1, np.int64),
    )  # fmt: skip


@njit(cache=True, nogil=True, inline="always")
def _strike(shares: Shares, state: Cascade, struck: Places, capacity: Floats) -> None:
    """Leave these firms, by place and each named once, that part of their capacity."""
    for s in range(len(struck)):
        i = np.uint64(struck[s])
        k = shares.stage[i]
        state.loss[DOWN, i] = state.loss[UP, i] = 1.0 - capacity[s]
        state.lost[DOWN, s] = state.lost[UP, s] = state.fewer[s] = i
        state.rest[k] -= (1.0 - capacity[s]) * shares.sales[i]
        state.thin[k] = 1
        if len(state.first) > 0:
            state.first[i] = 0
    state.found[DOWN] = state.found[UP] = state.found[FEWER] = len(struck)


@njit(cache=True, nogil=True, inline="always")
def _add_up(shares: Shares, state: Cascade) -> None:
    """What is left of each stage marked thin, from its firms."""
    for k in range(len(state.thin)):
        if state.thin[k]:
            state.thin[k] = 0
            if state.rest[k] < THIN * shares.volume[k]:
                rest = 0.0
                for e in range(shares.members[k], shares.members[np.uint64(k) + ONE]):
                    i = shares.member[e]
                    rest += shares.sales[i] * (1.0 - state.loss[DOWN, i])
                state.rest[k] = rest


@njit(cache=True, nogil=True, inline="always")
def _pass_down(shares: Shares, state: Cascade, floor: float) -> np.uint64:
    """Buyers of what is missing: each supplier passes on what its loss, as far as the market cannot replace it, grew by."""
    loss_of, sent, coming, marked = state.loss[DOWN], state.sent[DOWN], state.coming[DOWN], state.marked[DOWN]
    all_of, lost = np.uint64(len(loss_of)), state.found[DOWN]
    dense = lost > all_of // FEW
    touched = NONE
    for q in range(all_of if dense else lost):
        i = np.uint64(q) if dense else np.uint64(state.lost[DOWN, q])
        loss = loss_of[i]
        if loss > floor:
            rest, sales = state.rest[shares.stage[i]], shares.sales[i]
            if rest > sales:
                loss *= sales / rest
            grown = loss - sent[i]
            if grown > floor:
                sent[i] = loss
                state.links[0] += shares.sold[i + ONE] - shares.sold[i]
                for e in range(shares.sold[i], shares.sold[i + ONE]):
                    slot, to = shares.slot[e], shares.buyer[e]
                    gathered = state.gathered[slot] + shares.share[e] * grown
                    state.gathered[slot] = gathered
                    coming[to] = max(coming[to], gathered)
                    state.touched[DOWN, touched] = to
                    touched += np.uint64(marked[to] ^ np.uint8(1))
                    marked[to] = 1
    return touched


@njit(cache=True, nogil=True, inline="always")
def _pass_up(shares: Shares, state: Cascade, floor: float) -> np.uint64:
    """Suppliers of what is not ordered: each buyer passes on what its loss grew by, whatever the class of the link."""
    loss, sent, coming, marked = state.loss[UP], state.sent[UP], state.coming[UP], state.marked[UP]
    touched = NONE
    for q in range(state.found[FEWER]):
        i = np.uint64(state.fewer[q])
        grown = loss[i] - sent[i]
        if grown > floor:
            sent[i] = loss[i]
            state.links[0] += shares.bought[i + ONE] - shares.bought[i]
            for e in range(shares.bought[i], shares.bought[i + ONE]):
                to = shares.seller[e]
                coming[to] += shares.part[e] * grown
                state.touched[UP, touched] = to
                touched += np.uint64(marked[to] ^ np.uint8(1))
                marked[to] = 1
    return touched


@njit(cache=True, nogil=True, inline="always")
def _take(shares: Shares, state: Cascade, way: int, touched: np.uint64, sweep: int) -> float:
    """Firms take the loss that came to them. Returns the largest that any of them took."""
    loss, coming, marked = state.loss[way], state.coming[way], state.marked[way]
    all_of, found, fewer = np.uint64(len(loss)), state.found[way], NONE
    dense = touched > all_of // FEW
    fall = 0.0
    for q in range(all_of if dense else touched):
        i = np.uint64(q) if dense else np.uint64(state.touched[way, q])
        if marked[i]:
            marked[i] = 0
            now, was = coming[i], loss[i]
            if now > WHOLE:
                now = 1.0
            if now > was:
                fall = max(fall, now - was)
                loss[i] = now
                if was == 0.0:
                    state.lost[way, found] = i
                    found += ONE
                if way == DOWN:
                    k = shares.stage[i]
                    state.rest[k] -= (now - was) * shares.sales[i]
                    if state.rest[k] < THIN * shares.volume[k]:
                        state.thin[k] = 1
                    if len(state.first) > 0 and state.first[i] < 0:
                        state.first[i] = sweep
                else:
                    state.fewer[fewer] = i
                    fewer += ONE
    state.found[way] = found
    if way == UP:
        state.found[FEWER] = fewer
    return fall


@njit(cache=True, nogil=True, inline="always")
def _spread(shares: Shares, state: Cascade, eps: float, theta: float, most: int) -> int:
    """Let what was struck travel until no sweep takes more than ``eps`` of its capacity from anyone.

    Each sweep works from the losses of the sweep before. Returns the number of sweeps, negative when ``most`` were too few.
    """
    floor = max(theta, FLOOR)
    sweep, fall = 0, 2.0
    while fall > eps and sweep < most:
        sweep += 1
        _add_up(shares, state)
        touched = (_pass_down(shares, state, floor), _pass_up(shares, state, floor))
        fall = 0.0
        for way in range(2):
            fall = max(fall, _take(shares, state, way, touched[way], sweep))
    return sweep if fall <= eps else -sweep


@njit(cache=True, nogil=True, inline="always")
def _count(state: Cascade, weight: Floats, least: float, figures: Floats, counts: NDArray[np.int32]) -> None:
    """Of all firms with a loss: what they lose together, and how many there are."""
    for way in range(2):
        for q in range(state.found[way]):
            i = np.uint64(state.lost[way, q])
            down, up = state.loss[DOWN, i], state.loss[UP, i]
            if way == DOWN or down == 0.0:
                figures[0] += weight[i] * max(down, up)
                figures[1] += weight[i] * down
                figures[2] += weight[i] * up
                counts[1] += max(down, up) > least


@njit(cache=True, nogil=True, inline="always")
def _clear(shares: Shares, state: Cascade) -> None:
    """Untouched again, at the cost of what was touched only."""
    for way in range(2):
        for q in range(state.found[way]):
            i = np.uint64(state.lost[way, q])
            k = shares.stage[i]
            state.loss[way, i] = state.sent[way, i] = state.coming[way, i] = 0.0
            if way == DOWN:
                state.rest[k] = shares.volume[k]
                for e in range(shares.slots[i], shares.slots[i + ONE]):
                    state.gathered[e] = 0.0
        state.found[way] = 0


@njit(cache=True, nogil=True)
def cascades(
    shares: Shares, state: Cascade, begins: NDArray[np.int64], struck: Places, capacity: Floats, weight: Floats,
    eps: float, theta: float, most: int, figures: Floats, counts: NDArray[np.int32], keep: bool,
) -> None:  # fmt: skip
    """Strike, one scenario after the other, the firms ``struck[begins[s]:begins[s + 1]]`` and measure what all lose.

    ``figures[k, 3]``: sum of weight times loss: the larger of both directions, downstream, upstream. ``counts[k, 2]``: sweeps,
    negative when not settled, and firms with a loss above ``theta``. ``keep``: leave the last cascade in ``state``.
    The only kernel called from outside, with the others written into it: one compilation instead of eight.
    """
    for s in range(len(figures)):
        _strike(shares, state, struck[begins[s] : begins[s + 1]], capacity[begins[s] : begins[s + 1]])
        counts[s, 0] = _spread(shares, state, eps, theta, most)
        _count(state, weight, max(theta, FLOOR), figures[s], counts[s])
        if not keep:
            _clear(shares, state)
