"""What a bidder won is ordered: in the act of awarding, or later, where the award left open whether a framework comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col

from collaboration.orders.forms import LineAsked, WantedDay
from collaboration.orders.tables import Order
from collaboration.orders.verbs import place_order
from collaboration.orders.visibility import orders_visible_to
from collaboration.sourcing import costs, decisions
from collaboration.sourcing.comparing import breaks_by_offer
from collaboration.sourcing.events import AwardOrdered
from collaboration.sourcing.forms import Break, OrderAs
from collaboration.sourcing.lifecycle import RFQ_LIFE
from collaboration.sourcing.reads import offers_of, standing_lines
from collaboration.sourcing.tables import Quotation, Rfq, RfqAward, RfqInvitation
from collaboration.sourcing.visibility import (
    awards_visible_to,
    invitations_visible_to,
    quotations_visible_to,
    rfqs_visible_to,
    side_of,
)
from kernel.access import Actor, Role, require
from kernel.errors import Invalid, NotAllowedNow, Rule
from kernel.quantities import plain
from kernel.work import UnitOfWork

TURNED_ONCE = Rule(
    "rfq.award_turned_once", "采购方在该订单或框架协议中处理，或另下订单",
    "the buyer, in that order or framework, or by an order of its own",
)  # fmt: skip


@dataclass(frozen=True)
class Bought:
    """What of an offer was awarded: ``quantity`` and ``price`` in the item's unit, as ordered unless another day is said."""

    offer: Any
    quantity: Decimal
    price: Decimal
    wanted_on: date


@dataclass(frozen=True)
class Turned:
    """An award nothing has come of yet: the awards of one bid, its lines by award, and their price breaks."""

    rfq: Rfq
    quotation: Quotation
    supplier_id: int
    awards: Sequence[RfqAward]
    offers: dict[int, Any]
    breaks: dict[int, list[Break]]

    def quantity_of(self, award: RfqAward) -> Decimal:
        """What was awarded, in the item's unit; that six decimals can say it was seen to in awarding."""
        offer = self.offers[award.quotation_line_id]
        return costs.exactly(decisions.in_item_unit(award.quantity, offer.line_units, offer.item_units))

    def bought(self, award: RfqAward, wanted_on: date) -> Bought:
        """What an award comes to, at the price of that quantity."""
        offer, quantity = self.offers[award.quotation_line_id], self.quantity_of(award)
        price = costs.price_at(self.breaks[offer.id], quantity)
        assert price is not None
        return Bought(offer, quantity, price, wanted_on)


def place_awarded(
    work: UnitOfWork, actor: Actor, rfq: Rfq, quotation: Any, *, supplier_id: int, won: Sequence[Bought], number: str,
    how: OrderAs,
) -> Order:  # fmt: skip
    """The order of what one bid won, at its prices. Raises what ``place_order`` does."""
    lines = [
        LineAsked(
            number=k, item_id=one.offer.item_id, quantity=one.quantity, unit_price=one.price,
            schedules=[WantedDay(how.wanted_on or one.wanted_on, one.quantity)],
        )
        for k, one in enumerate(won, start=1)
    ]  # fmt: skip
    return place_order(
        work, actor, seller_id=supplier_id, number=number, currency=quotation.currency, lines=lines,
        note=note_of(rfq, quotation, [one.offer for one in won]), conditional_reason=how.conditional_reason,
    )  # fmt: skip


def note_of(rfq: Rfq, quotation: Any, offers: Sequence[Any]) -> str:
    """Where prices come from, and what the quotation asks beside them."""
    said = [source_of(rfq, quotation)]
    for k, offer in enumerate(offers, start=1):
        if beside := charges_of(offer, quotation.currency):
            said.append(f"第 {k} 行：{'，'.join(beside)}")
    return "\n".join(said)[:4000]


def source_of(rfq: Rfq, quotation: Any) -> str:
    return f"询价单 {rfq.number} · 报价第 {quotation.number} 版 · {quotation.incoterm.value.upper()}"


def charges_of(offer: Any, currency: str) -> list[str]:
    """What is asked beside the price, each in words."""
    asked = (("模具费", offer.tooling_cost), ("运费", offer.freight))
    return [f"{word} {plain(amount)} {currency}" for word, amount in asked if amount]


def award_of(work: UnitOfWork, actor: Actor, quotation_id: int) -> Turned:
    """What one bid won, its awards locked. Raises NotFound."""
    quotation = work.one(quotations_visible_to(actor).where(col(Quotation.id) == quotation_id), field="quotationId")
    rfq = work.one(rfqs_visible_to(actor).where(col(Rfq.id) == quotation.rfq_id), lock=True, field="quotationId")
    offers = {offer.id: offer for offer in offers_of(work, actor, [quotation_id])}
    own = awards_visible_to(actor).where(col(RfqAward.quotation_line_id).in_(list(offers)))
    awards = work.all(own.order_by(col(RfqAward.line_number), col(RfqAward.id)), lock=True)
    invitation = work.one(invitations_visible_to(actor).where(col(RfqInvitation.id) == quotation.invitation_id))
    breaks = breaks_by_offer(work, actor, list(offers.values()))
    return Turned(rfq, quotation, invitation.supplier_id, awards, offers, breaks)


def award_to_turn(work: UnitOfWork, actor: Actor, quotation_id: int) -> Turned:
    """The same for its buyer to order it, or to draft a framework from it: one of the two, once. Raises NotFound, NotAllowedNow."""
    turned = award_of(work, actor, quotation_id)
    rfq = turned.rfq
    RFQ_LIFE.after(rfq.state, "order_award", by=side_of(rfq, actor))
    require(actor, Role.BUYER)
    if rfq.pooled:
        raise NotAllowedNow(
            "this was asked for several firms together, and each orders its share itself", "该询价为联合采购，由各成员自行下单",
            rule=decisions.POOLED,
        )  # fmt: skip
    _check_to_be_turned(work, actor, turned.awards)
    return turned


def _check_to_be_turned(work: UnitOfWork, actor: Actor, awards: Sequence[RfqAward]) -> None:
    if not awards:
        raise NotAllowedNow("nothing of this bid was awarded", "该报价未中标", rule=TURNED_ONCE)
    ordered = [one.order_id for one in awards if one.order_id is not None]
    if ordered:
        number = work.one(orders_visible_to(actor).where(col(Order.id) == ordered[0])).number
        raise NotAllowedNow(
            f"what this bid won became order {number}; it becomes one order or one framework, once",
            f"该报价中标的部分已转为订单 {number}；同一中标只能转为一张订单或一份框架协议", rule=TURNED_ONCE,
        )  # fmt: skip
    if any(one.framework_id is not None for one in awards):
        raise NotAllowedNow(
            "what this bid won became a framework, drafted from it; it becomes one order or one framework, once",
            "该报价中标的部分已转为框架协议；同一中标只能转为一张订单或一份框架协议", rule=TURNED_ONCE,
        )  # fmt: skip


def check_later(how: OrderAs, place: str) -> None:
    """What is ordered later says nothing of its order yet. Raises Invalid."""
    if how.number or how.conditional_reason or how.wanted_on:
        raise Invalid(
            f"{place}.later", "say number, day and reason once it is ordered, not where it is ordered later",
            "选择稍后处理时，请勿填写订单号、日期与理由",
        )  # fmt: skip


def order_award(work: UnitOfWork, actor: Actor, *, quotation_id: int, how: OrderAs) -> Order:
    """Order what one bid won, where the award left that for later; at the prices it was awarded at.

    Answers no version: the award itself is turned once, under a lock, and a version would tell the losers of it.
    Raises NotFound, NotAllowedNow, and what ``place_order`` does.
    """
    turned = award_to_turn(work, actor, quotation_id)
    rfq = turned.rfq
    wanted = {number: line.wanted_on for number, line in standing_lines(work, actor, rfq).items()}
    every = work.rows(awards_visible_to(actor).where(col(RfqAward.rfq_id) == rfq.id))
    placed = {one.order_id for one in every if one.order_id is not None}
    order = place_awarded(
        work, actor, rfq, turned.quotation, supplier_id=turned.supplier_id, how=how,
        won=[turned.bought(award, wanted[award.line_number]) for award in turned.awards],
        number=how.number or f"{rfq.number}-{len(placed) + 1}",
    )  # fmt: skip
    assert order.id is not None
    for award in turned.awards:
        award.order_id = order.id
    work.record(AwardOrdered(invitation_id=turned.quotation.invitation_id, order_id=order.id))
    return order
