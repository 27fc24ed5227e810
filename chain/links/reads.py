"""What people ask about supply links: what each rests on, how old, how sure, and whom one may name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from chain.links.decisions import Basis, Observed, basis, confidence, is_stale
from chain.links.lifecycle import LINK_LIFE, LinkState
from chain.links.tables import LinkDisclosure, LinkEvidence, SupplyLink
from chain.links.visibility import disclosures_visible_to, evidence_visible_to, supply_links_visible_to
from kernel import ids
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.paging import Page, page
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class LinkSeen:
    """A link as one viewer may see it on a day. Ids of ends and item are None where only an alias is shown."""

    id: int
    chain_id: int
    state: str
    supplier_id: int | None
    buyer_id: int | None
    item_id: int | None
    supplier_alias: str | None
    buyer_alias: str | None
    stage_item_id: int
    evidence: list[Observed]
    confidence: float
    basis: Basis
    stale: bool
    as_of: date
    ended_on: date | None
    disclosed: bool


def supply_links(
    work: UnitOfWork, actor: Actor, *, chain_id: int, on: date, first: int | None, after: str | None
) -> Page:
    """Links of a chain on a day, of those the actor may know today: its own, and, far ends aliased, disclosed ones."""
    visible = supply_links_visible_to(actor, today_of(work.now)).where(
        col(SupplyLink.chain_id) == chain_id, col(SupplyLink.declared_on) <= on
    )
    found = page(work, visible, SupplyLink, first=first, after=after, newest=False)
    return Page(seen(work, actor, found.rows, on), found.has_next, found.has_previous, visible)


def all_supply_links(work: UnitOfWork, actor: Actor, *, chain_id: int, on: date, most: int) -> list[LinkSeen]:
    """The same without pages, for drawing; at most ``most``, oldest first."""
    visible = supply_links_visible_to(actor, today_of(work.now)).where(
        col(SupplyLink.chain_id) == chain_id, col(SupplyLink.declared_on) <= on
    )
    return seen(work, actor, work.rows(visible.order_by(col(SupplyLink.id)).limit(most)), on)


def supply_link(work: UnitOfWork, actor: Actor, link_id: int, on: date) -> LinkSeen:
    row = work.one(supply_links_visible_to(actor, today_of(work.now)).where(col(SupplyLink.id) == link_id))
    return seen(work, actor, [row], on)[0]


def seen(work: UnitOfWork, actor: Actor, rows: Sequence[Any], on: date) -> list[LinkSeen]:
    observed = _observed(work, actor, [row.id for row in rows], on)
    return [_seen(actor, row, observed.get(row.id, []), on) for row in rows]


def _observed(work: UnitOfWork, actor: Actor, link_ids: Collection[int], on: date) -> dict[int, list[Observed]]:
    statement = (
        evidence_visible_to(actor, today_of(work.now))
        .where(col(LinkEvidence.link_id).in_(link_ids), col(LinkEvidence.occurred_on) <= on)
        .with_only_columns(
            col(LinkEvidence.link_id), col(LinkEvidence.kind), func.count(), func.max(col(LinkEvidence.occurred_on))
        )
        .group_by(col(LinkEvidence.link_id), col(LinkEvidence.kind))
    )
    found: dict[int, list[Observed]] = {}
    for link_id, kind, count, latest in work.session.connection().execute(statement):
        found.setdefault(link_id, []).append(Observed(kind, count, latest))
    for kinds in found.values():
        kinds.sort(key=lambda seen: seen.kind)
    return found


def _seen(actor: Actor, row: Any, observed: list[Observed], on: date) -> LinkSeen:
    own = actor.party_id in (row.supplier_id, row.buyer_id)
    viewer = actor.party_id or 0
    return LinkSeen(
        id=row.id, chain_id=row.chain_id, state=row.state,
        supplier_id=row.supplier_id if own else None, buyer_id=row.buyer_id,
        item_id=row.item_id if own else None, stage_item_id=row.item_id,
        supplier_alias=None if own else ids.pseudonym(viewer, row.supplier_id), buyer_alias=None,
        evidence=observed, confidence=confidence(observed, on), basis=basis(observed),
        stale=is_stale(observed, on), as_of=max((o.latest_on for o in observed), default=row.declared_on),
        ended_on=row.ended_on if row.ended_on and row.ended_on <= on else None, disclosed=not own,
    )  # fmt: skip


def disclosures(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """What the actor's firm lets others see, and what it is let see."""
    return page(work, disclosures_visible_to(actor), LinkDisclosure, first=first, after=after)


def disclosure(work: UnitOfWork, actor: Actor, disclosure_id: int) -> LinkDisclosure:
    return work.one(disclosures_visible_to(actor).where(col(LinkDisclosure.id) == disclosure_id))


def link_verbs(actor: Actor, link: LinkSeen) -> list[str]:
    """What this person may do to a link now: the buttons beside it."""
    if link.disclosed or not actor.has(Role.SALES, Role.BUYER):
        return []
    return LINK_LIFE.verbs(LinkState(link.state), Side.SELLER if link.supplier_id == actor.party_id else Side.BUYER)


def disclosure_verbs(actor: Actor, given: Any) -> list[str]:
    """Only who gave it takes it back, and once."""
    mine = given.owner_id == actor.party_id and given.revoked_at is None
    return ["revoke_disclosure"] if mine and actor.has(Role.SALES, Role.LEAD) else []
