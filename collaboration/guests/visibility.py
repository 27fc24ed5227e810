"""A guest link and what was done by it are known to the two firms of its order.

The confirmed holder of a credit code is told which buyers wrote to it, before it takes anything over.
"""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import reached_visible_to
from collaboration.guests.tables import GuestAct, GuestLink
from collaboration.orders.lifecycle import OrderState
from collaboration.orders.tables import Order
from kernel.access import Actor, Role, lies_under, seen_by


def guest_links_visible_to(actor: Actor) -> Select[GuestLink]:
    links = select(GuestLink)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, links)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, links.where(or_(col(GuestLink.inviter_id) == party, col(GuestLink.firm_id) == party)))


def orders_reaching(actor: Actor) -> Select[int, str, OrderState, datetime]:
    """(note, number, state, when placed) of the orders sent by link to the credit code of the actor's own firm."""
    told = select(Order).where(lies_under(col(Order.seller_id), reached_visible_to(actor), col(Firm.id)))
    return seen_by(
        actor,
        told.with_only_columns(col(Order.seller_id), col(Order.number), col(Order.state), col(Order.placed_at)),
    )


def contacts_reaching(actor: Actor) -> Select[int, str]:
    """(note, contact) of the links these orders were sent with: whether it was one of the firm's own, it can tell."""
    links = select(GuestLink).where(lies_under(col(GuestLink.firm_id), reached_visible_to(actor), col(Firm.id)))
    return seen_by(actor, links.with_only_columns(col(GuestLink.firm_id), col(GuestLink.contact)).distinct())


def guest_acts_visible_to(actor: Actor) -> Select[GuestAct]:
    acts = select(GuestAct)
    return seen_by(
        actor, acts.where(lies_under(col(GuestAct.link_id), guest_links_visible_to(actor), col(GuestLink.id)))
    )
