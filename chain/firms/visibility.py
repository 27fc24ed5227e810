"""A firm is known to itself, to those it deals with, and to the operator who registers it; to nobody else."""

from datetime import date

from sqlalchemy import Select, false, func, or_, select, union
from sqlmodel import col

from chain.firms.tables import Chain, Firm, Stage, StageMember
from chain.links.tables import SupplyLink
from kernel.access import NOBODY, Actor, Role, seen_by


def firms_visible_to(actor: Actor) -> Select[Firm]:
    firms = select(Firm)
    if actor.has(Role.OPERATOR, Role.SYSTEM):
        return seen_by(actor, firms)
    if actor.party_id is None:
        return seen_by(actor, firms.where(col(Firm.id) == -1))
    return seen_by(actor, firms.where(or_(col(Firm.id) == actor.party_id, col(Firm.id).in_(_partners(actor.party_id)))))


def _partners(party: int) -> Select[int]:
    sells = select(col(SupplyLink.buyer_id)).where(col(SupplyLink.supplier_id) == party)
    buys = select(col(SupplyLink.supplier_id)).where(col(SupplyLink.buyer_id) == party)
    both = union(sells, buys).subquery()
    return select(both.c[0])


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


def firms_per_cell(actor: Actor, chain_id: int, on: date) -> Select[int, str, int]:
    """(stage id, prefecture, number of firms) of a chain on a day, of an official's own region; nothing to others.

    A figure leaves through ``oversight.maps.decisions.shown`` only, which withholds small groups.
    """
    counted = (
        select(col(StageMember.stage_id), col(Firm.prefecture), func.count())
        .join(Firm, col(Firm.id) == col(StageMember.firm_id))
        .join(Stage, col(Stage.id) == col(StageMember.stage_id))
        .where(col(Stage.chain_id) == chain_id, col(StageMember.since) <= on)
        .where(or_(col(StageMember.until).is_(None), col(StageMember.until) > on))
        .group_by(col(StageMember.stage_id), col(Firm.prefecture))
    )
    if not actor.has(Role.OFFICIAL, Role.SYSTEM):
        counted = counted.where(col(Firm.id) == -1)
    elif actor.region and not actor.region.endswith("0000"):
        counted = counted.where(col(Firm.prefecture) == actor.region)
    return seen_by(actor, counted)
