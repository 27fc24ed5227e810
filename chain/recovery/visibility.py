"""What a buyer reckons of its link is known to that buyer's people alone."""

from sqlalchemy import Select, select
from sqlmodel import col

from chain.recovery.tables import LinkRecovery
from kernel.access import Actor, seen_by


def link_recovery_visible_to(actor: Actor) -> Select[LinkRecovery]:
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, select(LinkRecovery).where(col(LinkRecovery.buyer_id) == party))
