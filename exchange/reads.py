"""What an import or export asks of the firm's own world: partners, their items, agreed prices, the firm's own numbers."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.reads import called, called_by, names_of_items
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from collaboration.orders.decisions import DEAD, WAITING
from collaboration.orders.lifecycle import LineState
from collaboration.orders.tables import Order, OrderLine
from collaboration.orders.visibility import lines_visible_to, orders_visible_to
from collaboration.settlement.tables import Invoice
from collaboration.settlement.visibility import invoices_visible_to
from collaboration.sourcing.tables import Rfq
from collaboration.sourcing.visibility import rfqs_visible_to
from kernel.access import SYSTEM, Actor
from kernel.clock import today_of
from kernel.work import UnitOfWork

AGREED = frozenset(LineState) - DEAD - WAITING - {LineState.OPEN}


class Price(NamedTuple):
    """The price of one unit, and the order it was agreed in."""

    amount: Decimal
    unit: str
    order_number: str


def own_firm_and_partners(work: UnitOfWork, actor: Actor) -> tuple[Any, Sequence[Any]]:
    """The firm acted for, and the firms it deals with."""
    known = work.rows(firms_visible_to(actor).order_by(col(Firm.id)))
    own = next(firm for firm in known if firm.id == actor.party_id)
    return own, [firm for firm in known if firm.id != actor.party_id]


def items_to_order(
    work: UnitOfWork, actor: Actor, numbers: Collection[str]
) -> tuple[Sequence[Any], Mapping[tuple[int, str], set[int]]]:
    """The partners' items under one of these numbers, and which are meant by the firm's own numbers.

    Own numbers: (supplier id, the firm's own number) -> item ids.
    """
    mine = supply_links_visible_to(actor).where(col(SupplyLink.buyer_id) == actor.party_id)
    meant: dict[tuple[int, str], set[int]] = {}
    for link in work.rows(mine.where(col(SupplyLink.buyer_number).in_(numbers))):
        meant.setdefault((link.supplier_id, link.buyer_number), set()).add(link.item_id)
    meant |= {(r.supplier_id, r.buyer_number): {r.item_id} for r in called(work, actor, numbers, today_of(work.now))}
    linked = {item_id for found in meant.values() for item_id in found}
    offered = items_visible_to(actor).where(
        col(Item.firm_id) != actor.party_id, col(Item.number).in_(numbers) | col(Item.id).in_(linked)
    )
    return work.rows(offered.order_by(col(Item.id))), meant


def range_of(work: UnitOfWork, actor: Actor, seller_id: int) -> Sequence[Any]:
    """Everything a seller offers this firm, to say what would be right."""
    return work.rows(items_visible_to(actor).where(col(Item.firm_id) == seller_id).order_by(col(Item.number)))


def agreed_prices(
    work: UnitOfWork, actor: Actor, *, seller_id: int, currency: str, item_ids: Collection[int]
) -> dict[int, Price]:
    """Item id -> what was agreed for it in the newest order placed with this seller in this currency."""
    between = orders_visible_to(actor).where(
        col(Order.buyer_id) == actor.party_id, col(Order.seller_id) == seller_id, col(Order.currency) == currency
    )
    agreed = lines_visible_to(actor).where(
        col(OrderLine.order_id).in_(between.with_only_columns(col(Order.id))),
        col(OrderLine.item_id).in_(item_ids),
        col(OrderLine.state).in_(AGREED),
    )
    newest = {line.item_id: line for line in work.rows(agreed.order_by(col(OrderLine.order_id), col(OrderLine.number)))}
    order_ids = {line.order_id for line in newest.values()}
    numbers = {order.id: order.number for order in work.rows(between.where(col(Order.id).in_(order_ids)))}
    return {i: Price(line.unit_price, line.unit, numbers[line.order_id]) for i, line in newest.items()}


def orders_numbered(work: UnitOfWork, actor: Actor, number: str) -> Sequence[Any]:
    """The actor's orders of that number, newest first: a number is its buyer's own, so a seller may have several."""
    return work.rows(orders_visible_to(actor).where(col(Order.number) == number).order_by(col(Order.id).desc()))


def order_numbered_by_id(work: UnitOfWork, actor: Actor, order_id: int) -> Sequence[Any]:
    """The one order of that row number, if the actor may know of it."""
    return work.rows(orders_visible_to(actor).where(col(Order.id) == order_id))


def items_named(work: UnitOfWork, numbers: Collection[int]) -> dict[int, Any]:
    """Items by id, for both parties of an order that names them: who is offered an item is told which it is."""
    return {item.id: item for item in work.rows(items_visible_to(SYSTEM).where(col(Item.id).in_(numbers)))}


def buyers_numbers(work: UnitOfWork, actor: Actor, *, buyer_id: int, item_ids: Collection[int]) -> dict[int, str]:
    """Item id -> the buyer's own number for it, where there is one."""
    names = names_of_items(work, actor, item_ids)
    today = today_of(work.now)
    found = {i: called_by([n for n in names if n.item_id == i], buyer_id, today) for i in item_ids}
    return {item_id: name.number for item_id, name in found.items() if name is not None}


def own_items(work: UnitOfWork, actor: Actor, numbers: Collection[str]) -> Sequence[Any]:
    """The firm's own items under these numbers."""
    mine = items_visible_to(actor).where(col(Item.firm_id) == actor.party_id, col(Item.number).in_(numbers))
    return work.rows(mine.order_by(col(Item.id)))


def rfqs_numbered(work: UnitOfWork, actor: Actor, number: str) -> Sequence[Any]:
    """The requests of that number the actor makes or is invited to; it is its buyer's own, so several may have it."""
    return work.rows(rfqs_visible_to(actor).where(col(Rfq.number) == number).order_by(col(Rfq.id)))


def invoices_numbered(work: UnitOfWork, actor: Actor, number: str) -> Sequence[Any]:
    """The actor's invoices of that number; it is its seller's own for one buyer, so several may have it."""
    return work.rows(invoices_visible_to(actor).where(col(Invoice.number) == number).order_by(col(Invoice.id)))
