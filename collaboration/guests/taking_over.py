"""A firm that has joined takes over what a buyer sent to it by link: the same rows, now its own (decision 0022)."""

from collections.abc import Sequence

from sqlmodel import col

from chain.firms.tables import Firm, FirmStanding, Stage
from chain.firms.visibility import firms_visible_to, reached_visible_to, stages_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.links.decisions import end_of
from chain.links.declaring import entered, stand_by
from chain.links.lifecycle import LINK_LIFE
from chain.registration.tables import Application
from chain.registration.visibility import applications_visible_to
from collaboration.guests.events import OrdersTakenOver
from collaboration.merging.moving import hand_over
from collaboration.orders.tables import Order
from collaboration.orders.visibility import orders_visible_to
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.inbox.verbs import settle_told
from kernel.work import UnitOfWork

LONGEST_NUMBER = 60
TAKERS = (Role.LEAD, Role.SALES)
WAITING = "orders_wait"
"""What the inbox says of orders that wait to be taken over."""


def take_over_orders(work: UnitOfWork, actor: Actor, *, reached_id: int) -> Sequence[Order]:
    """A confirmed firm says that what a buyer wrote down under its credit code is meant for it; the orders, newest first.

    From now on the two know each other. Raises NotAllowedNow, NotFound.
    """
    require(actor, *TAKERS)
    assert actor.party_id is not None
    note = work.one(reached_visible_to(actor).where(col(Firm.id) == reached_id), lock=True, field="reachedId")
    return _taken_over(work, note, actor.party_id)


def take_over_from_inviter(work: UnitOfWork, *, application_id: int) -> None:
    """Who invited a firm knows that it has joined: what it sent there meanwhile is the firm's without asking."""
    application = work.one(applications_visible_to(SYSTEM).where(col(Application.id) == application_id))
    firm = work.maybe(firms_visible_to(SYSTEM).where(col(Firm.id) == application.firm_id))
    if firm is None or firm.id is None or firm.standing is not FirmStanding.CONFIRMED:
        return
    notes = reached_visible_to(SYSTEM).where(
        col(Firm.code) == firm.code, col(Firm.known_to_id) == application.inviter_id
    )
    note = work.maybe(notes, lock=True)
    if note is not None:
        _taken_over(work, note, firm.id)


def _taken_over(work: UnitOfWork, note: Firm, firm_id: int) -> Sequence[Order]:
    assert note.id is not None and note.known_to_id is not None
    number, buyer_id = note.id, note.known_to_id
    _free_numbers(work, number, firm_id)
    meant = [item.id for item in work.all(items_visible_to(SYSTEM).where(col(Item.firm_id) == number))]
    sent = [order.id for order in work.all(orders_visible_to(SYSTEM).where(col(Order.seller_id) == number))]
    hand_over(work, firm_id, number)
    _settle(work, note.code, firm_id)
    event = work.record(OrdersTakenOver(order_ids=tuple(i for i in sent if i is not None)))
    for item in work.all(items_visible_to(SYSTEM).where(col(Item.id).in_(meant))):
        _link(work, item, buyer_id, event.id or 0)
    return work.all(orders_visible_to(SYSTEM).where(col(Order.id).in_(sent)).order_by(col(Order.id).desc()))


def _settle(work: UnitOfWork, code: str, firm_id: int) -> None:
    if not work.count(reached_visible_to(SYSTEM).where(col(Firm.code) == code)):
        settle_told(work, subject=("Firm", firm_id), whats=(WAITING,))


def _free_numbers(work: UnitOfWork, note_id: int, firm_id: int) -> None:
    """What the buyer described under a number the firm gave something else goes on under one beside it."""
    own = {item.number for item in work.all(items_visible_to(SYSTEM).where(col(Item.firm_id) == firm_id))}
    meant = work.all(items_visible_to(SYSTEM).where(col(Item.firm_id) == note_id), lock=True)
    taken = own | {item.number for item in meant}
    for item in meant:
        if item.number in own:
            item.number = _beside(item.number, taken)
            taken.add(item.number)


def _beside(number: str, taken: set[str]) -> str:
    place = 2
    while (free := f"{number[: LONGEST_NUMBER - len(str(place)) - 1]}-{place}") in taken:
        place += 1
    return free


def _link(work: UnitOfWork, item: Item, buyer_id: int, event_id: int) -> None:
    """Both ends stand by it: the buyer said what it orders, the firm that this is its own."""
    stage = work.one(stages_visible_to(SYSTEM).where(col(Stage.id) == item.stage_id))
    link = entered(
        work, SYSTEM, item, Side.BUYER, buyer_id=buyer_id, chain_id=stage.chain_id, buyer_number=None, sites=(None, None),
        share_band=None,
    )  # fmt: skip
    link.state = LINK_LIFE.after(link.state, "confirm_supply_link", by=end_of(Side.SELLER, link.declared_by))
    stand_by(work, link, Side.SELLER, Side.BUYER, event_id=event_id)
