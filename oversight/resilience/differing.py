"""What changed in the network of one viewer between two days: links, sources of each need, who stops its line. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chain.links.reads import LinkSeen
from chain.network.graph import ChainGraph
from oversight.resilience.measuring import FirmRisk, Measured

MOST_MOVERS = 20
LEAST_MOVE = 0.01
"""A firm has moved where the viewer's own loss by it changed by this share of its output."""

Need = tuple[str, str]
"""(key of the buyer, label of what it needs)."""


@dataclass(frozen=True)
class SourcesChange:
    """A need of a buyer had so many sources and now has so many; by key."""

    buyer: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Mover:
    """``before``, ``after``: what the stop of the firm means, None where it was not in the network."""

    key: str
    before: FirmRisk | None
    after: FirmRisk | None

    @property
    def change(self) -> float:
        """Of the viewer's own loss, -1 to 1."""
        return (self.after.own_loss if self.after else 0.0) - (self.before.own_loss if self.before else 0.0)


@dataclass(frozen=True)
class Difference:
    """``gained``, ``lost``: links that stand on one of the days only. ``narrowed``: needs left with one source that had more;
    ``widened``: the reverse. ``movers``: largest change first.
    """

    gained: tuple[LinkSeen, ...]
    lost: tuple[LinkSeen, ...]
    narrowed: tuple[SourcesChange, ...]
    widened: tuple[SourcesChange, ...]
    new_single_points: tuple[str, ...]
    gone_single_points: tuple[str, ...]
    new_pairs: tuple[tuple[str, str], ...]
    gone_pairs: tuple[tuple[str, str], ...]
    movers: tuple[Mover, ...]


@dataclass(frozen=True)
class Stood:
    """A network on a day: its links, graph and measures."""

    links: Sequence[LinkSeen]
    graph: ChainGraph
    measured: Measured


def difference(before: Stood, after: Stood) -> Difference:
    """All that changed from one day to another."""
    old, new = ({link.id: link for link in one.links} for one in (before, after))
    was, now = sources(before.graph), sources(after.graph)
    changed = [
        SourcesChange(*need, was.get(need, ()), now.get(need, ())) for need in sorted(was.keys() | now.keys())
        if len(was.get(need, ())) != len(now.get(need, ()))
    ]  # fmt: skip
    points_before, points_after = _points(before), _points(after)
    pairs_before, pairs_after = _pairs(before), _pairs(after)
    return Difference(
        gained=tuple(link for number, link in new.items() if number not in old),
        lost=tuple(link for number, link in old.items() if number not in new),
        narrowed=tuple(one for one in changed if len(one.after) == 1 < len(one.before)),
        widened=tuple(one for one in changed if len(one.before) == 1 < len(one.after)),
        new_single_points=tuple(sorted(points_after - points_before)),
        gone_single_points=tuple(sorted(points_before - points_after)),
        new_pairs=tuple(sorted(pairs_after - pairs_before)),
        gone_pairs=tuple(sorted(pairs_before - pairs_after)),
        movers=_movers(before, after),
    )


def sources(graph: ChainGraph) -> dict[Need, tuple[str, ...]]:
    """Who can meet each need of each buyer."""
    keys, labels = graph.ids.tolist(), graph.labels
    found: dict[Need, set[str]] = defaultdict(set)
    for supplier, buyer, label in zip(graph.supplier.tolist(), graph.buyer.tolist(), graph.label.tolist(), strict=True):
        found[keys[buyer], labels[label]].add(keys[supplier])
    return {need: tuple(sorted(some)) for need, some in found.items()}


def _risks(stood: Stood) -> Mapping[str, FirmRisk]:
    keys = stood.graph.ids.tolist()
    return {keys[risk.row]: risk for risk in stood.measured.firms}


def _points(stood: Stood) -> set[str]:
    return {key for key, risk in _risks(stood).items() if risk.is_single_point}


def _pairs(stood: Stood) -> set[tuple[str, str]]:
    keys = stood.graph.ids.tolist()
    return {(min(keys[a], keys[b]), max(keys[a], keys[b])) for a, b in stood.measured.fatal_pairs}


def _movers(before: Stood, after: Stood) -> tuple[Mover, ...]:
    was, now = _risks(before), _risks(after)
    moved = [Mover(key, was.get(key), now.get(key)) for key in was.keys() | now.keys()]
    moved = [one for one in moved if abs(one.change) >= LEAST_MOVE]
    return tuple(sorted(moved, key=lambda one: (-abs(one.change), one.key))[:MOST_MOVERS])
