"""Several chains beside one another, as one firm sees each: their measures, and the firms it meets in more than one."""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.access import Actor
from kernel.work import UnitOfWork
from oversight.resilience.gathering import all_gathered
from oversight.resilience.reads import ResilienceSeen, RiskSeen, measured_in

MOST_SHARED = 200


@dataclass(frozen=True)
class Place:
    """What a firm means in one chain."""

    chain_id: int
    risk: RiskSeen


@dataclass(frozen=True)
class SharedFirm:
    """A firm met in two chains or more under one key: its id, or the one alias its viewer has for it in all chains."""

    key: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class SideBySide:
    """``chains`` by row number; ``shared``: who is in most of them first, then who ranks highest in one; at most MOST_SHARED."""

    chains: tuple[ResilienceSeen, ...]
    shared: tuple[SharedFirm, ...]


def chains_side_by_side(work: UnitOfWork, actor: Actor) -> SideBySide | None:
    """Every chain in which the actor's firm sees a link, measured over what it may see there. None for who belongs to no firm."""
    gathered = all_gathered(work, actor)
    if gathered is None:
        return None
    chains = tuple(measured_in(source) for source in gathered if source.graph.m)
    return SideBySide(chains, shared_by(chains))


def shared_by(chains: Sequence[ResilienceSeen]) -> tuple[SharedFirm, ...]:
    """Firms are joined by what their viewer calls them alone: one it knows by name here and by alias there stays two."""
    at: dict[str, list[Place]] = {}
    for chain in chains:
        for risk in chain.firms:
            at.setdefault(risk.key, []).append(Place(chain.source.chain_id, risk))
    shared = [SharedFirm(key, tuple(places)) for key, places in at.items() if len(places) > 1]
    shared.sort(key=lambda one: (-len(one.places), min(place.risk.risk.rank for place in one.places), one.key))
    return tuple(shared[:MOST_SHARED])


def fewest_days(chain: ResilienceSeen) -> float | None:
    """Until the viewer stops, at least, whoever stops first; None where nobody's stop stops it."""
    return min((one.risk.days for one in chain.firms if one.risk.days is not None), default=None)
