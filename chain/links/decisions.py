"""How sure a supply link is: a pure function of its evidence, its age and of who stands by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from chain.links.lifecycle import LinkEnd, LinkState, ProposalState
from chain.links.tables import EvidenceKind, LinkProposal
from kernel.access import Side


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
    """All evidence of one kind for one link; declarations apart by the end that made them. ``counts``: it convinces now."""

    kind: EvidenceKind
    count: int
    latest_on: date
    by: Side | None = None
    counts: bool = True


def convincing(observed: Sequence[Observed], state: LinkState, declared_by: Side) -> list[Observed]:
    """The evidence that counts: the word of an end only while it stands by it.

    A disputed declaration convinces nobody; what is declared anew rests on its declarer alone until it is confirmed.
    """
    standing = {
        LinkState.DECLARED: {declared_by},
        LinkState.DISPUTED: set(),
    }.get(state, {Side.BUYER, Side.SELLER})
    return [seen for seen in observed if seen.kind is not EvidenceKind.DECLARATION or seen.by in standing]


def confidence(observed: Sequence[Observed], on: date) -> float:
    """How sure the link exists on a day, 0..1: witnesses are taken as independent, each fading with its half-life.

    1 - prod(1 - trust * 2 ** (-age / half_life)), over the latest observation of each witness. The source is ours:
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


def basis(observed: Sequence[Observed]) -> Basis:
    kinds = {seen.kind for seen in observed}
    if kinds & SEEN_IN_TRADE:
        return Basis.SEEN_IN_ORDERS
    return Basis.SURVEYED if EvidenceKind.SURVEY in kinds else Basis.DECLARED


def is_stale(observed: Sequence[Observed], on: date) -> bool:
    """No evidence of any kind for a year: the map lets such a link fade."""
    return all((on - seen.latest_on).days > STALE_AFTER_DAYS for seen in observed)


def end_of(side: Side, declared_by: Side) -> LinkEnd:
    """Whether a side is the one that declared the link."""
    return LinkEnd.DECLARER if side is declared_by else LinkEnd.OTHER


def route(supplier_site_id: int | None, buyer_site_id: int | None) -> str:
    """From where to where, as one word; 0 for a place not named."""
    return f"{supplier_site_id or 0}-{buyer_site_id or 0}"


def proposal_state(proposal: LinkProposal, viewer: int | None, on: date) -> ProposalState:
    """How a proposal stands for a viewer on a day: who wrote to a code it does not know is not told of a refusal."""
    state = proposal.state
    if state is ProposalState.DECLINED and proposal.from_id == viewer and proposal.to_id is None:
        state = ProposalState.PROPOSED
    if state is ProposalState.PROPOSED and proposal.open_until < on:
        return ProposalState.EXPIRED
    return state


def buyer_stands_by(link: Any) -> bool:
    """Whether the buyer said that a link is there: by declaring it, or by confirming what its maker declared.

    link: a row, or a link as seen by one of its ends.
    """
    return link.state is LinkState.CONFIRMED or link.declared_by is Side.BUYER
