"""A chain's table is public as the chain is; what a buyer says of its link is known to that buyer's people alone."""

from sqlalchemy import Select, false, select
from sqlmodel import col

from chain.essentiality.tables import LinkEssentiality, StageEssentiality
from kernel.access import NOBODY, Actor, seen_by


def stage_essentiality_visible_to(actor: Actor) -> Select[StageEssentiality]:
    rows = select(StageEssentiality)
    return seen_by(actor, rows.where(false()) if actor == NOBODY else rows)


def link_essentiality_visible_to(actor: Actor) -> Select[LinkEssentiality]:
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, select(LinkEssentiality).where(col(LinkEssentiality.buyer_id) == party))
