"""Who stops when others stop, by what each needs; and the firms, alone or two together, that stop a product."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chain.network.falling import Bytes, each_stops, lean, paired, spread
from chain.network.graph import Ints, grouped
from chain.network.measure import Measure
from chain.network.needs import Needs

MOST_STOPS = 50_000_000
"""Of pairs (firm stopped first, firm it stops), about 400 MB: beyond it a question is to be asked of fewer firms."""

MOST_PAIRS = 1_000_000


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
    spread(queue, 0, len(first), down, alive, *needs.used, needs.owner)
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
    local. Where firms stop more than 50 million others between them, pairs are left out: ``complete`` is False, single firms
    stand. Raises KeyError for an unknown end.
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
    named, complete = needs.ids.tolist(), True
    pairs = np.zeros((0, 2), np.int32)
    try:
        stops_start, stops, fatal = _all_stops(firms, product, n, owner, start, *used)
    except ValueError:
        fatal, complete = _fatal_alone(firms, product, n, owner, start, *used), max_size == 1
    else:
        if max_size > 1:
            pairs = _fatal_pairs(firms, stops_start, stops, fatal, most + 1, n, owner, start, member)
    return FatalSets(
        graph_version=needs.graph_version, unknown_share=needs.unknown_share,
        single=tuple(named[row] for row in firms[fatal]), complete=complete and len(pairs) <= most,
        pairs=tuple((named[a], named[b]) for a, b in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))][:most].tolist()),
    )  # fmt: skip


def _leading_to(needs: Needs, makers: Ints) -> tuple[Ints, Ints, Ints]:
    """Owner, start and member of the needs the makers lean on, and of the product's own last need of any of them."""
    leans = np.zeros(needs.n, np.bool_)
    leans[makers] = True
    sizes = np.diff(needs.start)
    buyer = np.repeat(needs.owner, sizes)
    own_start, own = grouped(needs.owner, np.arange(len(needs.owner), dtype=np.int32), needs.n)
    lean(makers, leans, own_start, own, needs.start, needs.member)
    kept = leans[needs.owner]
    start = np.zeros(int(kept.sum()) + 2, np.int32)
    np.cumsum(np.append(sizes[kept], len(makers)), out=start[1:])
    member = np.append(needs.member[leans[buyer]], makers).astype(np.int32)
    return np.append(needs.owner[kept], needs.n).astype(np.int32), start, member


def _fresh(start: Ints, n: int) -> tuple[Bytes, Ints, Ints]:
    """Nobody down, every supplier of every need alive, and room for everybody to wait."""
    return np.zeros(n, np.uint8), np.diff(start), np.empty(n, np.int32)


def _all_stops(
    firms: Ints, product: int, n: int, owner: Ints, start: Ints, used_start: Ints, used: Ints
) -> tuple[NDArray[np.int64], Ints, NDArray[np.bool_]]:
    """Whom each firm stops, those of ``firms[k]`` at ``start[k]:start[k + 1]``, and which stop the product, left empty."""
    ends, fatal = np.zeros(len(firms) + 1, np.int64), np.zeros(len(firms), np.bool_)
    stops = each_stops(firms, product, MOST_STOPS, *_fresh(start, n), owner, used_start, used, ends, fatal)
    if ends[-1] < 0:
        raise ValueError(f"these firms stop more than {MOST_STOPS} others between them: ask about fewer firms at once")
    return ends, stops[: ends[-1]], fatal


def _fatal_alone(
    firms: Ints, product: int, n: int, owner: Ints, start: Ints, used_start: Ints, used: Ints
) -> NDArray[np.bool_]:
    """Which firms stop the product alone, asked of so few at once that whom they stop can be kept."""
    few = max(1, MOST_STOPS // n)
    parts = [firms[at : at + few] for at in range(0, len(firms), few)]
    return np.concatenate([_all_stops(part, product, n, owner, start, used_start, used)[2] for part in parts])


def _fatal_pairs(
    firms: Ints, stops_start: NDArray[np.int64], stops: Ints, fatal: NDArray[np.bool_], most: int, n: int,
    owner: Ints, start: Ints, member: Ints,
) -> Ints:  # fmt: skip
    """Pairs of rows, of shape (pairs, 2), lower row first, ``most`` or a little more; the room grows with what one firm may need.

    Firms are numbered anew by how many they stop, most first: so each is tried out beside a firm that stops no fewer, whose own
    stops are followed once.
    """
    sizes = np.diff(stops_start)
    order = firms[np.argsort(-sizes, kind="stable")]
    order = np.concatenate((order, np.setdiff1d(np.arange(n, dtype=np.int32), order)))
    rank = np.empty(n, np.int32)
    rank[order] = np.arange(n, dtype=np.int32)
    owner, member = rank[owner], rank[member]
    used = grouped(member, np.repeat(np.arange(len(owner), dtype=np.int32), np.diff(start)), n)
    by_rank = np.argsort(np.repeat(rank[firms], sizes), kind="stable")
    of = grouped(rank[stops[by_rank]], np.repeat(rank[firms], sizes)[by_rank], n)
    tried = np.sort(rank[firms[~fatal]])
    alone = np.ones(n, np.uint8)
    alone[tried] = 0
    done, found = 0, [np.zeros((0, 2), np.int32)]
    while done < len(tried) and sum(map(len, found)) < most:
        room = np.empty((n + 65_536, 2), np.int32)
        stamps = np.full((4, max(n, len(owner))), -1, np.int32)
        count, done = paired(
            tried, room, *_fresh(start, n), owner, start, member, *used, *of,
            np.empty(n, np.int32), np.empty(n, np.int32), *stamps, alone, done,
        )  # fmt: skip
        found.append(room[:count])
    return np.sort(order[np.concatenate(found)], axis=1)
