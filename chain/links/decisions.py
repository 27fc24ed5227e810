"""How sure a supply link is: a pure function of its evidence and its age."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chain.links.tables import EvidenceKind


@dataclass(frozen=True)
class Weight:
    """How far one fresh observation of a kind convinces (0..1), and in how many days that halves."""

    trust: float
    half_life_days: int


WEIGHTS: Mapping[EvidenceKind, Weight] = {
    EvidenceKind.DECLARATION: Weight(0.40, 365),
    EvidenceKind.SURVEY: Weight(0.50, 365),
    EvidenceKind.ORDER: Weight(0.70, 180),
    EvidenceKind.DESPATCH: Weight(0.80, 180),
    EvidenceKind.RECEIPT: Weight(0.90, 180),
}
STALE_AFTER_DAYS = 365


class Basis(StrEnum):
    """What a link on the map rests on: the strongest kind of evidence it has."""

    DECLARED = "declared"
    SURVEYED = "surveyed"
    SEEN_IN_ORDERS = "seen_in_orders"


@dataclass(frozen=True)
class Observed:
    """All evidence of one kind for one link."""

    kind: EvidenceKind
    count: int
    latest_on: date


def confidence(observed: list[Observed], on: date) -> float:
    """How sure the link exists on a day, 0..1: kinds are taken as independent, each fading with its half-life.

    1 - prod(1 - trust * 2 ** (-age / half_life)), over the latest observation of each kind. The source is ours:
    noisy-or over witnesses. Counts are shown beside it, not mixed in: many old orders are still old.
    """
    doubt = 1.0
    for seen in observed:
        weight = WEIGHTS[seen.kind]
        age = max(0, (on - seen.latest_on).days)
        doubt *= 1 - weight.trust * 2 ** (-age / weight.half_life_days)
    return round(1 - doubt, 4)


SEEN_IN_TRADE = frozenset({EvidenceKind.ORDER, EvidenceKind.DESPATCH, EvidenceKind.RECEIPT})
"""Deeds: both ends had a part in them. The other kinds are words."""


def basis(observed: list[Observed]) -> Basis:
    kinds = {seen.kind for seen in observed}
    if kinds & SEEN_IN_TRADE:
        return Basis.SEEN_IN_ORDERS
    return Basis.SURVEYED if EvidenceKind.SURVEY in kinds else Basis.DECLARED


def is_stale(observed: list[Observed], on: date) -> bool:
    """No evidence of any kind for a year: the map lets such a link fade."""
    return all((on - seen.latest_on).days > STALE_AFTER_DAYS for seen in observed)
