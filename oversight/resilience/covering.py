"""How far the inputs a firm buys in a chain are covered by a second supplier or a ready backup source."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chain.backups.reads import BackupSourceSeen, backup_sources_of
from chain.essentiality.tables import Essentiality
from chain.links.reads import LinkSeen
from chain.network.readiness import Coverage, Parts, Readiness, coverage, readiness
from kernel.access import Actor
from kernel.work import UnitOfWork
from oversight.resilience.gathering import KINDS, PERIOD_DAYS, Gathered, gathered

AT_ONCE = readiness(Parts(0, 0, 0, 0, 0))
SAID = {kind: word for word, kind in KINDS.items()}


@dataclass(frozen=True)
class InputSeen:
    """One thing a firm buys: all items it calls by one number of its own (decision 0031), else a maker's item.

    ``essentiality``: the gravest of its links. ``need``: money a year, weighed by confidence; ``need_known``: at least one amount was agreed.
    ``has_second``: two firms supply it. ``is_covered``: that, or a backup source that is ready.
    """

    links: tuple[LinkSeen, ...]
    essentiality: Essentiality
    is_stated: bool
    need: float
    need_known: bool
    backups: tuple[BackupSourceSeen, ...]
    has_second: bool

    @property
    def counting(self) -> tuple[BackupSourceSeen, ...]:
        """The sources that are not by now among its suppliers."""
        supplying = {link.supplier_id for link in self.links}
        return tuple(one for one in self.backups if one.firm_id is None or one.firm_id not in supplying)

    @property
    def is_covered(self) -> bool:
        return self.has_second or any(one.is_ready for one in self.counting)


@dataclass(frozen=True)
class CoverageSeen:
    """``inputs``: all, first essential ones without cover, then by need; ``found``: of the essential ones."""

    source: Gathered
    inputs: tuple[InputSeen, ...]
    found: Coverage


def backup_coverage(work: UnitOfWork, actor: Actor, *, chain_id: int) -> CoverageSeen | None:
    """What a firm buys in a chain and how far it is covered. None for who belongs to no firm. Raises NotFound."""
    source = gathered(work, actor, chain_id=chain_id)
    if source is None:
        return None
    rows = source.own_links
    noted: dict[int, list[BackupSourceSeen]] = {}
    for one in backup_sources_of(work, actor, rows):
        noted.setdefault(one.link_id, []).append(one)
    grouped: dict[str, list[int]] = {}
    for row in rows.values():
        grouped.setdefault(source.graph.labels[source.graph.label[row]], []).append(row)
    inputs = {name: _input(source, some, noted) for name, some in grouped.items()}
    grave = {name: one for name, one in inputs.items() if one.essentiality is Essentiality.ESSENTIAL}
    found = coverage(
        {name: one.need / PERIOD_DAYS for name, one in grave.items()},
        {name: _standing_by(source, one) for name, one in grave.items()},
    )
    order = sorted(
        inputs.values(), key=lambda one: (one.essentiality is not Essentiality.ESSENTIAL, one.is_covered, -one.need)
    )
    return CoverageSeen(source, tuple(order), found)


def _input(source: Gathered, rows: Sequence[int], noted: dict[int, list[BackupSourceSeen]]) -> InputSeen:
    graph, links = source.graph, tuple(source.links[row] for row in rows)
    return InputSeen(
        links=links,
        essentiality=SAID[max(int(graph.kind[row]) for row in rows)],
        is_stated=any(link.id in source.stated for link in links),
        need=float(graph.weight[list(rows)].sum()),
        need_known=bool((~np.isnan(graph.amount[list(rows)])).any()),
        backups=tuple(one for link in links for one in noted.get(link.id, ())),
        has_second=len({link.supplier_id for link in links}) > 1,
    )


def _standing_by(source: Gathered, one: InputSeen) -> list[tuple[Readiness, float]]:
    """(readiness, money a day) of what stands beside the largest present supplier."""
    rows, weight = source.own_links, source.graph.weight
    by_firm: dict[int | None, float] = {}
    for link in one.links:
        by_firm[link.supplier_id] = by_firm.get(link.supplier_id, 0.0) + float(weight[rows[link.id]])
    second = [(AT_ONCE, money / PERIOD_DAYS) for money in sorted(by_firm.values())[:-1]]
    need = one.need / PERIOD_DAYS
    return second + [(AT_ONCE if b.is_ready else b.readiness, b.share * need) for b in one.counting]
