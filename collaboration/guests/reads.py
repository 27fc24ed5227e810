"""What the two firms ask about links for guests, and as whom a verified guest acts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import false
from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import reached_visible_to, reaching_buyers
from collaboration.guests.decisions import user_of
from collaboration.guests.tables import Channel, GuestAct, GuestLink
from collaboration.guests.taking_over import TAKERS
from collaboration.guests.visibility import (
    contacts_reaching,
    guest_acts_visible_to,
    guest_links_visible_to,
    orders_reaching,
)
from collaboration.orders import reads as orders
from collaboration.orders.lifecycle import OrderState
from collaboration.orders.tables import Order
from kernel.access import SYSTEM, Actor, Role
from kernel.paging import Page, page
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class Guest:
    """A verified guest in the place of a person: no account, one order, one firm."""

    link_id: int
    order_id: int
    email: str
    form_token: str
    actor: Actor

    @property
    def name(self) -> str:
        return self.email

    @property
    def party_id(self) -> int | None:
        return self.actor.party_id

    region = None
    language = None


def guest_of(work: UnitOfWork, link: GuestLink) -> Guest:
    """As whom the verified holder of a link acts: for the firm it was opened for, on that order alone."""
    lines = orders.lines_of_orders(work, SYSTEM, [link.order_id])
    known = {("Order", link.order_id), ("Firm", link.firm_id), ("Firm", link.inviter_id)}
    known |= {("Item", line.item_id) for line in lines}
    assert link.id is not None
    actor = Actor(user_of(link.id), link.firm_id, frozenset({Role.GUEST}), None, frozenset(known))
    return Guest(link.id, link.order_id, link.contact, link.form_token or "", actor)


def is_by_mail(link: GuestLink) -> bool:
    return link.channel is Channel.MAIL


def guest_links(work: UnitOfWork, actor: Actor, *, order_id: int, first: int | None, after: str | None) -> Page:
    """The links opened to an order. Raises NotFound for a hidden order."""
    orders.order(work, actor, order_id)
    own = guest_links_visible_to(actor).where(col(GuestLink.order_id) == order_id)
    return page(work, own, GuestLink, first=first, after=after)


def guest_link(work: UnitOfWork, actor: Actor, link_id: int) -> Any:
    return work.one(guest_links_visible_to(actor).where(col(GuestLink.id) == link_id))


def guest_links_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(guest_links_visible_to(actor).where(col(GuestLink.id).in_(numbers)))


def guest_acts(work: UnitOfWork, actor: Actor, *, link_id: int, first: int | None, after: str | None) -> Page:
    """What was done by a link, newest first. Raises NotFound."""
    guest_link(work, actor, link_id)
    return page(
        work, guest_acts_visible_to(actor).where(col(GuestAct.link_id) == link_id), GuestAct, first=first, after=after
    )


@dataclass(frozen=True)
class OrderReaching:
    """An order sent by link to a firm that had not joined, as that firm is told of it."""

    number: str
    state: OrderState
    placed_at: datetime


@dataclass(frozen=True)
class Reach:
    """A buyer that wrote to the actor's firm by its credit code. ``id``: of what it wrote down."""

    id: int
    buyer_name: str
    buyer_code: str
    orders: Sequence[OrderReaching]
    contacts: Sequence[str]


def orders_to_take_over(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """Who wrote to the actor's firm by its credit code before it joined, with what; the newest first.

    Those who would take them over are told; of a firm not confirmed, nobody.
    """
    notes = reached_visible_to(actor)
    found = page(work, notes if actor.has(*TAKERS) else notes.where(false()), Firm, first=first, after=after)
    numbers = [row.id for row in found.rows]
    buyers = {row[0]: row for row in work.rows(reaching_buyers(actor).where(col(Firm.id).in_(numbers)))}
    orders_of, contacts_of = defaultdict(list), defaultdict(list)
    for note, number, state, placed_at in work.rows(orders_reaching(actor).where(col(Order.seller_id).in_(numbers))):
        orders_of[note].append(OrderReaching(number, state, placed_at))
    for note, contact in work.rows(contacts_reaching(actor).where(col(GuestLink.firm_id).in_(numbers))):
        contacts_of[note].append(contact)
    rows = [Reach(n, buyers[n][1], buyers[n][2], orders_of[n], sorted(contacts_of[n])) for n in numbers]
    return replace(found, rows=rows)


def verbs_of(actor: Actor, link: Any, now: datetime) -> list[str]:
    """What this person may do to a link now: the buttons beside it."""
    if link.revoked_at is not None or link.until <= now:
        return []
    found = ["revoke_guest_link"] if actor.has(Role.BUYER, Role.SALES) else []
    calls = link.channel is Channel.PHONE and link.inviter_id == actor.party_id and actor.has(Role.BUYER)
    return found + (["read_out_code"] if calls else [])
