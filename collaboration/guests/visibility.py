"""A guest link and what was done by it are known to the two firms of its order."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.guests.tables import GuestAct, GuestLink
from kernel.access import Actor, Role, lies_under, seen_by


def guest_links_visible_to(actor: Actor) -> Select[GuestLink]:
    links = select(GuestLink)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, links)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, links.where(or_(col(GuestLink.inviter_id) == party, col(GuestLink.firm_id) == party)))


def guest_acts_visible_to(actor: Actor) -> Select[GuestAct]:
    acts = select(GuestAct)
    return seen_by(
        actor, acts.where(lies_under(col(GuestAct.link_id), guest_links_visible_to(actor), col(GuestLink.id)))
    )
