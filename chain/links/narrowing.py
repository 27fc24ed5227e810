"""What a list of supply links may be narrowed by: only what the viewer may see of each, by the reason it sees it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_
from sqlmodel import col

from chain.links.decisions import SEEN_IN_TRADE, STALE_AFTER_DAYS, Basis
from chain.links.lifecycle import LinkState
from chain.links.tables import EvidenceKind, LinkEvidence, SupplyLink
from chain.links.visibility import Reason, evidence_under
from kernel.access import Side


@dataclass(frozen=True)
class LinkFilter:
    """All that is given must hold. awaits_me: declared by the other end, and not answered yet."""

    chain_id: int | None = None
    states: Collection[LinkState] | None = None
    bases: Collection[Basis] = ()
    side: Side | None = None
    partner_id: int | None = None
    item_id: int | None = None
    site_id: int | None = None
    stale: bool | None = None
    awaits_me: bool | None = None


_SIDE = {Side.SELLER: Reason.SOLD, Side.BUYER: Reason.BOUGHT}
_OTHER_END = {Reason.SOLD: Side.BUYER, Reason.BOUGHT: Side.SELLER}
_PARTNER = {Reason.SOLD: col(SupplyLink.buyer_id), Reason.BOUGHT: col(SupplyLink.supplier_id), Reason.DISCLOSED: col(SupplyLink.buyer_id)}  # fmt: skip


def narrowed(parts: Iterable[tuple[Reason, Select[SupplyLink]]], by: LinkFilter, on: date) -> list[Select[SupplyLink]]:
    """The parts a filter leaves, each narrowed. Of a disclosed link neither side, item, site nor supplier can be asked."""
    left = []
    for reason, part in parts:
        own = reason is not Reason.DISCLOSED
        inner = by.side is not None or by.item_id is not None or by.site_id is not None or by.awaits_me is not None
        if (inner and not own) or (by.side is not None and _SIDE.get(by.side) is not reason):
            continue
        left.append(part.where(col(SupplyLink.declared_on) <= on, *_common(by, on), *_own(by, reason)))
    return left


def _common(by: LinkFilter, on: date) -> Iterable[ColumnElement[bool]]:
    if by.chain_id is not None:
        yield col(SupplyLink.chain_id) + 0 == by.chain_id  # not by the chain's index: a part has a better one
    if by.states is not None:
        yield col(SupplyLink.state).in_(by.states)
    if by.bases:
        yield or_(*(_rests_on(basis, on) for basis in by.bases))
    if by.stale is not None:
        fresh = evidence_under(col(LinkEvidence.occurred_on) > on - timedelta(days=STALE_AFTER_DAYS + 1), _by(on))
        yield not_(fresh) if by.stale else fresh


def _own(by: LinkFilter, reason: Reason) -> Iterable[ColumnElement[bool]]:
    if by.partner_id is not None:
        yield _PARTNER[reason] == by.partner_id
    if by.item_id is not None:
        yield col(SupplyLink.item_id) == by.item_id
    if by.site_id is not None:
        yield or_(col(SupplyLink.supplier_site_id) == by.site_id, col(SupplyLink.buyer_site_id) == by.site_id)
    if by.awaits_me is not None:
        asked = and_(col(SupplyLink.state) == LinkState.DECLARED, col(SupplyLink.declared_by) == _OTHER_END[reason])
        yield asked if by.awaits_me else not_(asked)


def _rests_on(basis: Basis, on: date) -> ColumnElement[bool]:
    """The same as ``decisions.basis``, asked of the database."""
    traded = evidence_under(col(LinkEvidence.kind).in_(SEEN_IN_TRADE), _by(on))
    surveyed = evidence_under(col(LinkEvidence.kind) == EvidenceKind.SURVEY, _by(on))
    return {
        Basis.SEEN_IN_ORDERS: traded,
        Basis.SURVEYED: and_(surveyed, not_(traded)),
        Basis.DECLARED: and_(not_(surveyed), not_(traded)),
    }[basis]


def _by(on: date) -> Any:
    return col(LinkEvidence.occurred_on) <= on
