"""A firm is known to itself, to those it deals with, and to the operator who registers it; to nobody else.

What a buyer wrote down of a firm that has not joined is that buyer's alone, the operator not excepted; the firm that
holds the code is told who wrote, once it is confirmed.

A merged firm's old number is known to its people, to the record it was merged into, and to those who knew it before.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from chain.firms.tables import Chain, Firm, FirmStanding, FormerPartner, Site, Stage, StageMember
from chain.links.tables import SupplyLink
from kernel.access import NOBODY, Actor, Role, seen_by
from kernel.among import among


def firms_visible_to(actor: Actor) -> Select[Firm]:
    firms = select(Firm)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, firms)
    if actor.has(Role.OPERATOR):
        return seen_by(actor, firms.where(col(Firm.known_to_id).is_(None)))
    if actor.has(Role.GUEST):
        return seen_by(actor, firms.where(col(Firm.id).in_(actor.only_of("Firm"))), guests=True)
    if actor.party_id is None:
        return seen_by(actor, firms.where(col(Firm.id) == -1))
    party = actor.party_id
    merged = select(col(FormerPartner.firm_id)).where(col(FormerPartner.partner_id) == party)
    known = (col(Firm.id) == party, *_deals_with(party), col(Firm.id).in_(merged), col(Firm.known_to_id) == party)
    return seen_by(actor, firms.where(or_(*known)))


def reached_visible_to(actor: Actor) -> Select[Firm]:
    """What buyers wrote down under the credit code of the actor's own firm: the confirmed holder reads its post."""
    notes = select(Firm).where(col(Firm.standing) == FirmStanding.REACHED)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, notes)
    own = aliased(Firm)
    party = -1 if actor.party_id is None else actor.party_id
    code = select(col(own.code)).where(col(own.id) == party, col(own.standing) == FirmStanding.CONFIRMED)
    return seen_by(actor, notes.where(col(Firm.code) == code.scalar_subquery()))


def reaching_buyers(actor: Actor) -> Select[int | None, str, str, str]:
    """(note, name, code, prefecture of who wrote it) of these: told by writing."""
    buyer = aliased(Firm)
    told = reached_visible_to(actor).with_only_columns(
        col(Firm.id), col(buyer.name), col(buyer.code), col(buyer.prefecture), maintain_column_froms=True
    )
    return seen_by(actor, told.join(buyer, col(buyer.id) == col(Firm.known_to_id)))


def records_for(actor: Actor, numbers: Collection[int]) -> Select[*tuple[Any, ...]]:
    """(asked for, every column of the record that stands for it) of the firms one may know of by these numbers."""
    asked = firms_visible_to(actor).where(among(col(Firm.id), numbers)).subquery()
    standing = func.coalesce(asked.c.merged_into_id, asked.c.id)
    records = select(asked.c.id.label("asked"), *Firm.__table__.columns)  # type: ignore[attr-defined]
    return seen_by(actor, records.join(asked, standing == col(Firm.id)), guests=True)


def former_partners_visible_to(actor: Actor) -> Select[FormerPartner]:
    """Who knew a merged firm: each knows that it did; nobody is told of others."""
    rows = select(FormerPartner)
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return seen_by(actor, rows)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, rows.where(col(FormerPartner.partner_id) == party))


def sites_visible_to(actor: Actor) -> Select[Site]:
    """A firm's own sites, and of its partners' those that are named on a link it is the other end of."""
    sites = select(Site)
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return seen_by(actor, sites)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, sites.where(or_(col(Site.firm_id) == party, *_named_on_links(party))))


def _named_on_links(party: int) -> Sequence[ColumnElement[bool]]:
    """Whether a site is named on a link this firm is the other end of, asked site by site."""
    ends = (
        (col(SupplyLink.supplier_site_id), col(SupplyLink.buyer_id)),
        (col(SupplyLink.buyer_site_id), col(SupplyLink.supplier_id)),
    )
    return [
        select(col(SupplyLink.id)).where(named == col(Site.id), mine == party).correlate(Site).exists()
        for named, mine in ends
    ]


def _deals_with(party: int) -> Sequence[ColumnElement[bool]]:
    """Whether a firm has a link with this one, asked firm by firm: a chain master's links outnumber its partners by far."""
    ends = (
        (col(SupplyLink.supplier_id), col(SupplyLink.buyer_id)),
        (col(SupplyLink.buyer_id), col(SupplyLink.supplier_id)),
    )
    return [
        select(col(SupplyLink.id)).where(mine == party, other == col(Firm.id)).correlate(Firm).exists()
        for mine, other in ends
    ]


def chains_visible_to(actor: Actor) -> Select[Chain]:
    """The taxonomy is public: every signed-in person sees every chain."""
    chains = select(Chain)
    return seen_by(actor, chains.where(false()) if actor == NOBODY else chains)


def stages_visible_to(actor: Actor) -> Select[Stage]:
    stages = select(Stage)
    return seen_by(actor, stages.where(false()) if actor == NOBODY else stages)


def members_visible_to(actor: Actor) -> Select[StageMember]:
    """Where the firms one may know of work."""
    members = select(StageMember)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, members)
    known = firms_visible_to(actor).with_only_columns(col(Firm.id))
    return seen_by(actor, members.where(col(StageMember.firm_id).in_(known)))
