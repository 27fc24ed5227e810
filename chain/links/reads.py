"""What people ask about supply links: what each rests on, how old, how sure, and whom one may name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, not_, or_
from sqlmodel import col

from chain.aliases.visibility import names_granted_to, names_revealed_to
from chain.links.decisions import (
    Basis,
    Observed,
    basis,
    confidence,
    convincing,
    end_of,
    is_stale,
    proposal_state,
)
from chain.links.declaring import DUTY, SOURCE
from chain.links.lifecycle import LINK_LIFE, PROPOSAL_LIFE, LinkEnd, LinkState, ProposalState
from chain.links.narrowing import LinkFilter, narrowed
from chain.links.resting import note_shown, shown_of
from chain.links.tables import (
    DisputeReason,
    EvidenceKind,
    LinkDisclosure,
    LinkEvidence,
    LinkProposal,
    ShareBand,
    SupplyLink,
)
from chain.links.visibility import (
    counted,
    disclosures_visible_to,
    evidence_visible_to,
    live_disclosures_to,
    open_proposals_of,
    proposals_visible_to,
    proposed_names,
    supply_links_by_reason,
    supply_links_visible_to,
    walked,
)
from chain.sharing.decisions import Reach, deciding
from chain.sharing.tables import Level
from kernel import ids
from kernel.access import Actor, Role, Side
from kernel.among import among
from kernel.clock import today_of
from kernel.paging import Page, checked_first, page, place_of
from kernel.work import UnitOfWork

SAID_BY = {name: side for side, name in SOURCE.items()} | {"SupplyLink": Side.SELLER}
"""Whose word a declaration is, by its source; at first only makers declared."""


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
    supplier_name: str | None
    buyer_alias: str | None
    stage_item_id: int
    evidence: list[Observed]
    confidence: float
    basis: Basis
    stale: bool
    as_of: date
    ended_on: date | None
    disclosed: bool
    version: int
    side: Side | None
    declared_by: Side | None
    buyer_number: str | None
    supplier_site_id: int | None
    buyer_site_id: int | None
    share_band: ShareBand | None
    share_shown: bool
    dispute_reason: DisputeReason | None
    dispute_note: str | None


def supply_links(
    work: UnitOfWork, actor: Actor, *, on: date, by: LinkFilter, first: int | None, after: str | None
) -> Page:
    """Links on a day, of those the actor may know today: its own, and, far ends aliased, disclosed ones. Oldest first."""
    size, place = checked_first(first), place_of(after, actor.party_id or 0)
    parts = _parts(work, actor, by, on)
    rows = work.rows(walked(actor, parts, after=place or 0, most=size + 1)) if parts else []
    return Page(
        seen(work, actor, rows[:size], on),
        len(rows) > size,
        place is not None,
        counted(actor, parts) if parts else None,
    )


def all_supply_links(work: UnitOfWork, actor: Actor, *, chain_id: int | None, on: date, most: int) -> list[LinkSeen]:
    """The links of a chain, or of all, without pages, for drawing; at most ``most``, oldest first."""
    parts = _parts(work, actor, LinkFilter(chain_id=chain_id), on)
    return seen(work, actor, work.rows(walked(actor, parts, after=0, most=most)), on)


def bought_links(work: UnitOfWork, actor: Actor, *, on: date, most: int) -> list[LinkSeen]:
    """The links of all chains by which the actor's firm buys and that have not ended; at most ``most``, oldest first."""
    own = supply_links_visible_to(actor).where(
        col(SupplyLink.buyer_id) == actor.party_id,
        col(SupplyLink.declared_on) <= on, or_(col(SupplyLink.ended_on).is_(None), col(SupplyLink.ended_on) > on),
    )  # fmt: skip
    return seen(work, actor, work.rows(own.order_by(col(SupplyLink.id)).limit(most)), on)


def _parts(work: UnitOfWork, actor: Actor, by: LinkFilter, on: date) -> list[Select[SupplyLink]]:
    given = work.rows(live_disclosures_to(actor, today_of(work.now)))
    shown = dict.fromkeys((one.owner_id, one.chain_id) for one in given)
    return narrowed(supply_links_by_reason(actor, shown), by, on)


def supply_link(work: UnitOfWork, actor: Actor, link_id: int, on: date) -> LinkSeen:
    row = work.one(supply_links_visible_to(actor, today_of(work.now)).where(col(SupplyLink.id) == link_id))
    return seen(work, actor, [row], on)[0]


def links_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> list[LinkSeen]:
    today = today_of(work.now)
    return seen(
        work, actor, work.rows(supply_links_visible_to(actor, today).where(among(col(SupplyLink.id), numbers))), today
    )


def seen(work: UnitOfWork, actor: Actor, rows: Sequence[Any], on: date) -> list[LinkSeen]:
    if not rows:
        return []
    visible = evidence_visible_to(actor, today_of(work.now))
    observed = observed_in(work, visible, [row.id for row in rows], on)
    shown = [row for row in rows if actor.party_id not in (row.supplier_id, row.buyer_id)]
    note_shown(work, actor, shown_of(shown), alone=shown[0].id if len(rows) == 1 and shown else None)
    names = _names(work, actor, shown)
    return [link_seen(actor, row, observed.get(row.id, []), on, names) for row in rows]


def _names(work: UnitOfWork, actor: Actor, shown: Sequence[Any]) -> dict[int, str]:
    """Link -> the name behind its alias, of those who say theirs to this viewer today, by a reveal or an identity grant."""
    hidden, today = {row.supplier_id for row in shown}, today_of(work.now)
    if not hidden:
        return {}
    told = work.session.connection().execute(names_revealed_to(actor, hidden, today))
    said = {row.firm_id: row.name for row in told}
    grants = work.rows(names_granted_to(actor, hidden, today))
    found: dict[int, str] = {row.id: said[row.supplier_id] for row in shown if row.supplier_id in said}
    for row in shown if grants else ():
        own = [grant for grant in grants if grant.owner_id == row.supplier_id]
        given = deciding(own, Reach(row.item_id, row.chain_id, row.id))
        if given is not None and given.level is Level.EXACT:
            found[row.id] = given.name
    return found


def observed_in(
    work: UnitOfWork, evidence: Select[LinkEvidence], link_ids: Collection[int], on: date
) -> dict[int, list[Observed]]:
    """Of these observations those of some links by a day: by link, kind and, of declarations, the end whose word it is: (kind, source, count, latest)."""
    said = case((col(LinkEvidence.kind) == EvidenceKind.DECLARATION, col(LinkEvidence.source_kind)), else_="")
    statement = (
        evidence.where(among(col(LinkEvidence.link_id), link_ids), col(LinkEvidence.occurred_on) <= on)
        .with_only_columns(
            col(LinkEvidence.link_id), col(LinkEvidence.kind), said, func.count(), func.max(col(LinkEvidence.occurred_on))
        )
        .group_by(col(LinkEvidence.link_id), col(LinkEvidence.kind), said)
    )  # fmt: skip
    found: dict[int, dict[tuple[EvidenceKind, Side | None], Observed]] = {}
    for link_id, kind, source, count, latest in work.session.connection().execute(statement):
        by = SAID_BY.get(source)
        one = found.setdefault(link_id, {})
        before = one.get((kind, by))
        one[kind, by] = Observed(
            kind, count + (before.count if before else 0), max(latest, before.latest_on if before else latest), by
        )
    return {link_id: [one[key] for key in sorted(one, key=str)] for link_id, one in found.items()}


def link_seen(actor: Actor, row: Any, observed: list[Observed], on: date, names: Mapping[int, str]) -> LinkSeen:
    """Of a disclosed link the viewer learns the buyer, an alias, the state and what it rests on; no more."""
    own = actor.party_id in (row.supplier_id, row.buyer_id)
    viewer = actor.party_id or 0
    side = None if not own else Side.SELLER if row.supplier_id == viewer else Side.BUYER
    told = own and (side is Side.BUYER or row.share_shown_on is not None)
    counting = convincing(observed, row.state, row.declared_by)
    shown = [replace(o, by=o.by if own else None, counts=o in counting) for o in observed]
    return LinkSeen(
        id=row.id, chain_id=row.chain_id, state=row.state,
        supplier_id=row.supplier_id if own else None, buyer_id=row.buyer_id,
        item_id=row.item_id if own else None, stage_item_id=row.item_id,
        supplier_alias=None if own else ids.pseudonym(viewer, row.supplier_id), buyer_alias=None,
        supplier_name=None if own else names.get(row.id),
        evidence=shown, confidence=confidence(counting, on), basis=basis(observed),
        stale=is_stale(observed, on), as_of=max((o.latest_on for o in observed), default=row.declared_on),
        ended_on=row.ended_on if row.ended_on and row.ended_on <= on else None, disclosed=not own,
        version=row.version if own else 1, side=side, declared_by=row.declared_by if own else None,
        buyer_number=row.buyer_number if own else None,
        supplier_site_id=row.supplier_site_id if own else None, buyer_site_id=row.buyer_site_id if own else None,
        share_band=row.share_band if told else None, share_shown=told and row.share_shown_on is not None,
        dispute_reason=row.dispute_reason if own else None, dispute_note=row.dispute_note if own else None,
    )  # fmt: skip


def disclosures(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """What the actor's firm lets others see, and what it is let see."""
    return page(work, disclosures_visible_to(actor), LinkDisclosure, first=first, after=after)


def disclosure(work: UnitOfWork, actor: Actor, disclosure_id: int) -> LinkDisclosure:
    return work.one(disclosures_visible_to(actor).where(col(LinkDisclosure.id) == disclosure_id))


def disclosures_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(disclosures_visible_to(actor).where(col(LinkDisclosure.id).in_(numbers)))


def link_verbs(actor: Actor, link: LinkSeen) -> list[str]:
    """What this person may do to a link now: the buttons beside it."""
    if link.side is None or link.declared_by is None or not actor.has(DUTY[link.side]):
        return []
    state = LinkState(link.state)
    anew = state is LinkState.ENDED  # whichever end declares it anew is its declarer then
    open_now = LINK_LIFE.verbs(state, LinkEnd.DECLARER if anew else end_of(link.side, link.declared_by))
    return open_now + (["state_share_band"] if link.side is Side.BUYER else [])


@dataclass(frozen=True)
class ProposalSeen:
    """A proposal as one viewer may know it. The proposer's name and item are told to whom it proposes, and that alone.

    ``to_id``: for who made it, the partner, or once it is taken up whoever it was. ``state``: as this viewer may know it.
    """

    id: int
    incoming: bool
    side: Side
    state: ProposalState
    from_name: str
    from_code: str
    from_prefecture: str
    to_id: int | None
    to_code: str | None
    item_number: str | None
    item_name: str | None
    item_text: str | None
    buyer_number: str | None
    chain_id: int
    share_band: ShareBand | None
    proposed_on: date
    open_until: date
    decline_reason: DisputeReason | None
    link_id: int | None


def link_proposals(
    work: UnitOfWork, actor: Actor, *, incoming: bool | None, open_only: bool, first: int | None, after: str | None
) -> Page:
    """Proposals the actor's firm made and those made to it, newest first."""
    today = today_of(work.now)
    known = proposals_visible_to(actor)
    if incoming is not None:
        mine = col(LinkProposal.from_id) == actor.party_id
        known = known.where(not_(mine) if incoming else mine)
    if open_only:
        known = known.where(
            col(LinkProposal.open_until) >= today,
            or_(
                col(LinkProposal.state) == ProposalState.PROPOSED,
                col(LinkProposal.id).in_(open_proposals_of(actor, today).with_only_columns(col(LinkProposal.id))),
            ),
        )
    found = page(work, known, LinkProposal, first=first, after=after)
    return Page(_proposals_seen(work, actor, found.rows), found.has_next, found.has_previous, known)


def link_proposal(work: UnitOfWork, actor: Actor, proposal_id: int) -> ProposalSeen:
    row = work.one(proposals_visible_to(actor).where(col(LinkProposal.id) == proposal_id))
    return _proposals_seen(work, actor, [row])[0]


def proposals_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> list[ProposalSeen]:
    return _proposals_seen(work, actor, work.rows(proposals_visible_to(actor).where(col(LinkProposal.id).in_(numbers))))


def _proposals_seen(work: UnitOfWork, actor: Actor, rows: Sequence[Any]) -> list[ProposalSeen]:
    told = proposed_names(actor).where(col(LinkProposal.id).in_([row.id for row in rows]))
    names = {number: more for number, *more in work.session.connection().execute(told)}
    return [_proposal_seen(actor, row, names[row.id], today_of(work.now)) for row in rows]


def _proposal_seen(actor: Actor, row: Any, names: Sequence[Any], on: date) -> ProposalSeen:
    incoming = row.from_id != actor.party_id
    state = proposal_state(row, actor.party_id, on)
    name, code, prefecture, item_number, item_name = names
    return ProposalSeen(
        id=row.id, incoming=incoming, side=row.side, state=state, from_name=name, from_code=code,
        from_prefecture=prefecture, to_id=actor.party_id if incoming else row.to_id, to_code=row.to_code,
        item_number=item_number, item_name=item_name, item_text=row.item_text, buyer_number=row.buyer_number,
        chain_id=row.chain_id, share_band=row.share_band if not incoming else None, proposed_on=row.proposed_on,
        open_until=row.open_until,
        decline_reason=row.decline_reason if state is ProposalState.DECLINED else None, link_id=row.link_id,
    )  # fmt: skip


def proposal_verbs(actor: Actor, proposal: ProposalSeen) -> list[str]:
    other = Side.BUYER if proposal.side is Side.SELLER else Side.SELLER
    end, side = (LinkEnd.OTHER, other) if proposal.incoming else (LinkEnd.DECLARER, proposal.side)
    return PROPOSAL_LIFE.verbs(proposal.state, end) if actor.has(DUTY[side]) else []


def disclosure_verbs(actor: Actor, given: Any) -> list[str]:
    """Only who gave it takes it back, and once."""
    mine = given.owner_id == actor.party_id and given.revoked_at is None
    return ["revoke_disclosure"] if mine and actor.has(Role.SALES, Role.LEAD) else []
