"""Pure rules of bills: circles among them, how deep they go, the bill as a tree."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TypeVar

N = TypeVar("N", bound=Hashable)

DIGITS = 200
PERCENT = Decimal(100)


def circle(below: Mapping[N, Iterable[N]], top: N) -> list[N]:
    """The shortest way from a thing through what it is made of back to itself, both ends included; empty: none.

    below: a thing -> what goes into it.
    """
    came_from: dict[N, N] = {}
    waiting = [top]
    for node in waiting:  # grows while it is read: a breadth-first walk, so the first way found is the shortest
        for part in below.get(node, ()):
            if part == top:
                way = []
                while node != top:
                    way.append(node)
                    node = came_from[node]
                return [top, *reversed(way), top]
            if part not in came_from:
                came_from[part] = node
                waiting.append(part)
    return []


def circular(below: Mapping[N, Iterable[N]]) -> set[N]:
    """Every thing that goes into itself by some way: Tarjan's strongly connected components (SIAM J. Comput. 1, 1972)."""
    index: dict[N, int] = {}
    low: dict[N, int] = {}
    stack: list[N] = []
    stacked: set[N] = set()
    found: set[N] = set()
    for root in below:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        stacked.add(root)
        open_calls = [(root, iter(below.get(root, ())))]
        while open_calls:
            node, parts = open_calls[-1]
            for part in parts:
                if part == node:
                    found.add(node)
                elif part not in index:
                    index[part] = low[part] = len(index)
                    stack.append(part)
                    stacked.add(part)
                    open_calls.append((part, iter(below.get(part, ()))))
                    break
                elif part in stacked:
                    low[node] = min(low[node], index[part])
            else:
                open_calls.pop()
                if open_calls:
                    low[open_calls[-1][0]] = min(low[open_calls[-1][0]], low[node])
                if low[node] == index[node]:
                    found |= _component(node, stack, stacked)
    return found


def _component(node: N, stack: list[N], stacked: set[N]) -> set[N]:
    """Take one finished component from the stack; empty where it is a single thing."""
    component = set()
    while True:
        member = stack.pop()
        stacked.discard(member)
        component.add(member)
        if member == node:
            return component if len(component) > 1 else set()


def levels(below: Mapping[N, Iterable[N]], top: N) -> int:
    """How many levels lie below a thing; the bills have no circle."""
    deep: dict[N, int] = {}
    waiting = [top]
    while waiting:
        node = waiting[-1]
        parts = list(below.get(node, ()))
        if missing := [p for p in parts if p not in deep]:
            waiting.extend(missing)
            continue
        deep[waiting.pop()] = max((1 + deep[p] for p in parts), default=0)
    return deep[top]


@dataclass(frozen=True)
class Part:
    """One line of a bill: how much of a component one unit of the item takes, scrap on top."""

    component_id: int
    quantity_per: Decimal
    scrap_percent: Decimal = Decimal(0)


def taken_by(quantity: Decimal, part: Part) -> Decimal:
    """What so many of the item take of a component: quantity x per x (1 + scrap / 100), to the digit.

    Scrap is the component's, on top of what goes in (as SAP's component scrap), not a share of what comes out.
    """
    with localcontext(prec=DIGITS):
        return quantity * part.quantity_per * (PERCENT + part.scrap_percent) / PERCENT


@dataclass(frozen=True)
class Branch:
    """One row of a bill drawn as a tree. ``level`` 1 is a line of the bill itself; ``total`` is for one of the top."""

    level: int
    parent_id: int
    part: Part
    total: Decimal
    has_bill: bool


def tree(bills: Mapping[int, Sequence[Part]], top: int, *, most: int, deepest: int) -> tuple[list[Branch], bool]:
    """(rows in reading order, whether more were left out). bills: item -> its lines; without circles."""
    rows: list[Branch] = []
    waiting = [(1, top, part, Decimal(1)) for part in reversed(bills.get(top, ()))]
    while waiting:
        if len(rows) >= most:
            return rows, True
        level, parent, part, times = waiting.pop()
        total = taken_by(times, part)
        parts = bills.get(part.component_id, ())
        rows.append(Branch(level, parent, part, total, bool(parts)))
        if level < deepest:
            waiting += [(level + 1, part.component_id, below, total) for below in reversed(parts)]
    return rows, False
