"""Which terms are in force, which of several grants decides, and what a band shows: no database here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from chain.sharing.lifecycle import TermsState
from chain.sharing.tables import FieldClass, GrantScope, Level, StatedKind

NOTICE_DAYS = 7
"""Terms that follow on accepted ones take effect no sooner: the other firm must have time to read them."""
LONGEST_GRANT_DAYS = 366
CLASS_OF: Mapping[StatedKind, FieldClass] = {
    StatedKind.LIST_PRICE: FieldClass.PRICE, StatedKind.UNIT_COST: FieldClass.COST,
    StatedKind.MONTHLY_CAPACITY: FieldClass.CAPACITY,
}  # fmt: skip
RANK: Mapping[GrantScope, int] = {GrantScope.ALL: 0, GrantScope.CHAIN: 1, GrantScope.ITEM: 2, GrantScope.LINK: 3}
"""The narrower a grant, the later it is overruled."""


class Version(Protocol):
    number: int
    state: TermsState
    effective_on: date | None


V = TypeVar("V", bound=Version)


def in_force(versions: Iterable[V], on: date) -> V | None:
    """The newest version whose day has come and which was neither declined nor withdrawn; None: the standard text.

    One that only one firm has accepted is in force all the same: that is what keeps the two from beginning anything new.
    """
    live = [
        v for v in versions
        if v.state in (TermsState.PROPOSED, TermsState.ACCEPTED) and (v.effective_on is None or v.effective_on <= on)
    ]  # fmt: skip
    return max(live, key=lambda v: v.number, default=None)


@dataclass(frozen=True)
class Reach:
    """The thing a grant is asked about: any of its item, the chain it is asked in, the link it is asked of."""

    item_id: int | None = None
    chain_id: int | None = None
    link_id: int | None = None


class Grant(Protocol):
    id: int
    level: Level
    scope: GrantScope
    chain_id: int | None
    item_id: int | None
    link_id: int | None


G = TypeVar("G", bound=Grant)


def reaches(grant: Grant, thing: Reach) -> bool:
    """A grant for a link names the link's item too, and reaches it where no link is asked about."""
    if grant.scope is GrantScope.ALL:
        return True
    by_item = grant.scope is GrantScope.LINK and thing.link_id is None
    column = "item_id" if by_item else f"{grant.scope.value}_id"
    return getattr(grant, column) is not None and getattr(grant, column) == getattr(thing, column)


def deciding(grants: Iterable[G], thing: Reach) -> G | None:
    """Of the live grants that reach a thing the one that counts: the narrowest, of these the newest."""
    return max((g for g in grants if reaches(g, thing)), key=lambda g: (RANK[g.scope], g.id), default=None)


EDGES: Mapping[StatedKind, Sequence[int]] = {
    StatedKind.LIST_PRICE: (1, 2, 5),
    StatedKind.UNIT_COST: (1, 2, 5),
    StatedKind.MONTHLY_CAPACITY: (1, 3),
}
"""Where bands begin in each power of ten: prices at 1, 2 and 5, capacities at 1 and 3."""


@dataclass(frozen=True)
class Band:
    """``low`` ≤ value < ``high``; nought is a band of its own, from 0 to 0."""

    low: Decimal
    high: Decimal


def band(value: Decimal, kind: StatedKind) -> Band:
    """The band a figure lies in: fixed edges, the same for every item, viewer, scope and day.

    Whoever holds any number of grants, at all scopes and over time, or puts them together with other viewers', is told
    the same two edges, so nothing narrower follows. The source is ours: the 1-2-5 series, and half decades.
    """
    if value <= 0:
        return Band(Decimal(0), Decimal(0))
    power = Decimal(1).scaleb(value.adjusted())
    edges = [power * edge for edge in EDGES[kind]] + [power * 10]
    high = next(n for n, edge in enumerate(edges) if value < edge)
    return Band(edges[high - 1], edges[high])
