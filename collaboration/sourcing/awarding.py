"""The buyer states what a comparison rests on, awards lines or shares of them; orders are placed in the same act, or later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlmodel import col

from collaboration.sourcing import costs, decisions
from collaboration.sourcing.clarifying import check_none_open
from collaboration.sourcing.comparing import ComparedLine, ComparedOffer, compared, offered_of, terms_of
from collaboration.sourcing.events import ComparisonTermsStated, RfqAwarded
from collaboration.sourcing.forms import DeliveryStated, OrderAs, RateStated, Share
from collaboration.sourcing.lifecycle import INVITATION_LIFE, QUOTATION_LIFE, RFQ_LIFE, QuotationState, RfqState
from collaboration.sourcing.moving import rfq_to_move
from collaboration.sourcing.ordering import Bought, check_later, place_awarded
from collaboration.sourcing.tables import (
    ComparisonTerm,
    Quotation,
    QuotationLine,
    Rfq,
    RfqAward,
    RfqInvitation,
    TermKind,
)
from collaboration.sourcing.visibility import (
    comparison_terms_visible_to,
    invitations_visible_to,
    quotation_lines_visible_to,
    quotations_visible_to,
)
from kernel import codes
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound
from kernel.quantities import ZERO, not_negative, plain, positive
from kernel.texts import words
from kernel.work import UnitOfWork

LARGEST_PERCENT, LARGEST_RATE, OLDEST_RATE_DAYS = Decimal(1000), Decimal(1_000_000), 366


@dataclass(frozen=True)
class Won:
    """``quantity`` in the request's unit, ``bought`` and ``price`` in the item's; ``total``: what it costs the buyer."""

    line: ComparedLine
    offer: ComparedOffer
    quantity: Decimal
    bought: Decimal
    price: Decimal
    total: Decimal
    reason: str


def state_comparison_terms(
    work: UnitOfWork, actor: Actor, *, rfq_id: int, expected_version: int, rates: Sequence[RateStated],
    deliveries: Sequence[DeliveryStated],
) -> Rfq:  # fmt: skip
    """What a comparison rests on, in place of what was stated before: rates with their day, other terms of delivery.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    rfq = rfq_to_move(
        work, actor, rfq_id, "state_comparison_terms", duty=(Role.BUYER,), expected_version=expected_version
    )
    terms = [*_rates(work, rfq, rates), *_deliveries(rfq, deliveries)]
    for old in work.all(comparison_terms_visible_to(actor).where(col(ComparisonTerm.rfq_id) == rfq_id)):
        work.session.delete(old)
    work.session.flush()
    work.session.add_all(terms)
    work.record(ComparisonTermsStated(rfq_id=rfq_id))
    return rfq


def _rates(work: UnitOfWork, rfq: Rfq, rates: Sequence[RateStated]) -> list[ComparisonTerm]:
    today, seen, found = today_of(work.now), {rfq.currency}, []
    for n, one in enumerate(rates):
        if codes.currency(one.currency, f"rates.{n}.currency") in seen:
            raise Invalid(f"rates.{n}.currency", "state each other currency once", "每个外币填写一次汇率")
        seen.add(one.currency)
        if positive(one.rate, f"rates.{n}.rate") > LARGEST_RATE:
            raise Invalid(f"rates.{n}.rate", "a rate is at most 1000000", "汇率最大为 1000000")
        if not today - timedelta(days=OLDEST_RATE_DAYS) <= one.as_on <= today:
            raise Invalid(
                f"rates.{n}.asOn",
                "the day of a rate is today or within the year before",
                "汇率日期应在今天或之前一年之内",
            )
        found.append(
            ComparisonTerm(rfq_id=rfq.id or 0, kind=TermKind.RATE, word=one.currency, amount=one.rate, as_on=one.as_on)
        )
    return found


def _deliveries(rfq: Rfq, deliveries: Sequence[DeliveryStated]) -> list[ComparisonTerm]:
    seen, found = {rfq.incoterm}, []
    for n, one in enumerate(deliveries):
        if one.incoterm in seen:
            raise Invalid(
                f"deliveries.{n}.incoterm", "state each other term of delivery once", "每种其他交货方式填写一次加价"
            )
        seen.add(one.incoterm)
        if not_negative(one.percent, f"deliveries.{n}.percent") > LARGEST_PERCENT:
            raise Invalid(f"deliveries.{n}.percent", "a percentage is at most 1000", "百分比最大为 1000")
        found.append(
            ComparisonTerm(rfq_id=rfq.id or 0, kind=TermKind.DELIVERY, word=one.incoterm.value, amount=one.percent)
        )
    return found


def award_rfq(
    work: UnitOfWork, actor: Actor, *, rfq_id: int, expected_version: int, shares: Sequence[Share],
    orders: Sequence[OrderAs] = (), reason: str = "",
) -> Rfq:  # fmt: skip
    """Decide once: lines or shares of them to offers, and the order of each bidder that won is placed. None: no award.

    orders: how they are placed; those that come later are ordered by ``order_award``, or a framework is drafted from them.
    reason: why nothing is awarded; each share that is not the lowest has its own. Prices are the quoted ones for the awarded
    quantity. A refused order refuses the whole. Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    rfq = rfq_to_move(
        work, actor, rfq_id, "award_rfq", duty=(Role.BUYER,), expected_version=expected_version, outcome="none"
    )
    if rfq.pooled and shares:
        raise NotAllowedNow(
            "this was asked for several firms together: award their pool, and each orders its share", "该询价为联合采购：请在联合采购中定标，由各成员下单",
            rule=decisions.POOLED,
        )  # fmt: skip
    check_none_open(work, rfq_id)
    lines = compared(work, actor, rfq)
    won = _won(work, actor, rfq, lines, shares)
    rfq.not_awarded = words(reason, "reason", decisions.LONGEST_REASON, least=0 if won else 1)
    placed = _place_orders(work, actor, rfq, won, orders)
    _decide(work, actor, rfq, lines, won, placed)
    return rfq


def award_pooled(work: UnitOfWork, actor: Actor, share: Share, *, rfq_id: int) -> Won:
    """Decide a pooled request for one offer; no order is placed, for the members of the pool order themselves.

    Raises NotFound, NotAllowedNow, Invalid naming the field of the share.
    """
    rfq = rfq_to_move(work, actor, rfq_id, "award_rfq", duty=(Role.BUYER,), outcome="none")
    check_none_open(work, rfq_id)
    lines = compared(work, actor, rfq)
    won = _won(work, actor, rfq, lines, [share], place="")
    _decide(work, actor, rfq, lines, won, {})
    return won[0]


def _decide(
    work: UnitOfWork, actor: Actor, rfq: Rfq, lines: Sequence[ComparedLine], won: Sequence[Won], placed: Mapping[int, int]
) -> None:  # fmt: skip
    """placed: quotation -> the order placed for what it won."""
    assert rfq.id is not None
    for one in won:
        work.add(
            RfqAward(
                rfq_id=rfq.id, quotation_line_id=one.offer.offer.id, line_number=one.line.line.number,
                quantity=one.quantity, total_cost=one.total, reason=one.reason,
                order_id=placed.get(one.offer.quotation.id),
            )
        )  # fmt: skip
    _settle_offers(work, actor, rfq, lines, won)
    outcome = _outcome([(line.line.quantity, _awarded(won, line.line.number)) for line in lines])
    rfq.state = RFQ_LIFE.after(RfqState.CLOSED, "award_rfq", by=Side.BUYER, outcome=outcome)
    work.record(RfqAwarded(rfq_id=rfq.id))


def _awarded(won: Sequence[Won], number: int, quotation_id: int | None = None) -> Decimal:
    """How much of a line goes to anybody, or to one bidder."""
    mine = [w for w in won if quotation_id in (None, w.offer.quotation.id)]
    return sum((w.quantity for w in mine if w.line.line.number == number), ZERO)


def _outcome(lines: Sequence[tuple[Decimal, Decimal]]) -> str:
    """lines: (asked, awarded)."""
    if all(awarded == asked for asked, awarded in lines):
        return "all"
    return "some" if any(awarded for _, awarded in lines) else "none"


def _won(
    work: UnitOfWork, actor: Actor, rfq: Rfq, lines: Sequence[ComparedLine], shares: Sequence[Share], place: str = "shares.{}."
) -> list[Won]:  # fmt: skip
    """Each share as it will be ordered. place: what stands before the field of a refusal. Raises NotFound, Invalid."""
    known = {offer.offer.id: (line, offer) for line in lines for offer in line.offers}
    terms, today = terms_of(work, actor, rfq), today_of(work.now)
    won: list[Won] = []
    for n, share in enumerate(shares):
        here = place.format(n)
        if share.quotation_line_id not in known:
            raise NotFound(f"{here}quotationLineId")
        line, offer = known[share.quotation_line_id]
        if any(one.offer is offer for one in won):
            raise Invalid(f"{here}quotationLineId", "award an offer once", "每个报价行只能定标一次")
        won.append(_share(line, offer, share, terms, today, here))
        if _awarded(won, line.line.number) > line.line.quantity:
            raise Invalid(
                f"{here}quantity", f"no more than the {plain(line.line.quantity)} asked for can be awarded",
                f"定标数量合计不得超过询价数量 {plain(line.line.quantity)}",
            )  # fmt: skip
    return won


def _share(line: ComparedLine, offer: ComparedOffer, share: Share, terms: costs.Terms, today: date, place: str) -> Won:
    if offer.quotation.valid_until < today:
        raise Invalid(
            f"{place}quotationLineId", "this offer holds no longer", "该报价已过有效期", rule=decisions.EXPIRED
        )
    if offer.cost is None:
        raise Invalid(
            f"{place}quotationLineId", "this offer is not compared yet: state its rate or terms of delivery",
            "该报价尚未参与比较：请先填写汇率或交货方式加价", rule=decisions.NOT_COMPARED,
        )  # fmt: skip
    quantity = _quantity(line, share, place)
    try:
        bought = costs.exactly(decisions.in_item_unit(quantity, offer.offer.line_units, offer.offer.item_units))
    except ValueError:
        raise Invalid(
            f"{place}quantity", "this much is no exact quantity in the item's unit; award a multiple",
            "该数量无法精确换算为物料单位，请改为整倍数量",
        ) from None  # fmt: skip
    price = costs.price_at(offer.breaks, bought)
    if price is None or bought < offer.offer.minimum_quantity:
        raise Invalid(
            f"{place}quantity", "this is less than the bidder sells; award more, or nothing",
            "低于报价方的最小订货量或起订数量，请增加数量或不授予",
        )  # fmt: skip
    reason = words(share.reason, f"{place}reason", decisions.LONGEST_REASON, least=0)
    if offer.rank != 1 and not reason:
        raise Invalid(
            f"{place}reason", "this is not the lowest total cost: say why it is taken", "该报价总成本不是最低，请写明选择理由",
            rule=decisions.NOT_LOWEST,
        )  # fmt: skip
    cost = costs.cost_of(quantity, offered_of(offer.quotation, offer.offer, offer.breaks), terms)
    assert cost is not None
    return Won(line, offer, quantity, bought, price, cost.total, reason)


def _quantity(line: ComparedLine, share: Share, place: str) -> Decimal:
    if (share.quantity is None) == (share.share_percent is None):
        raise Invalid(
            f"{place}quantity", "say a quantity or a percentage, one of the two", "请填写数量或份额百分比，二者择一"
        )
    if share.quantity is not None:
        return positive(share.quantity, f"{place}quantity")
    assert share.share_percent is not None
    percent = positive(share.share_percent, f"{place}sharePercent")
    try:
        return costs.exactly(Fraction(line.line.quantity) * Fraction(percent) / 100)
    except ValueError:
        raise Invalid(
            f"{place}sharePercent",
            "this share is no exact quantity (6 decimals)",
            "该份额无法得出精确数量（6 位小数）",
        ) from None


def _place_orders(
    work: UnitOfWork, actor: Actor, rfq: Rfq, won: Sequence[Won], orders: Sequence[OrderAs]
) -> Mapping[int, int]:
    """One order to each bidder that won, but for those said to come later; quotation -> order. Raises what ``place_order`` does."""
    said = {one.quotation_id: (n, one) for n, one in enumerate(orders)}
    placed: dict[int, int] = {}
    for quotation_id in dict.fromkeys(one.offer.quotation.id for one in won):
        mine = [one for one in won if one.offer.quotation.id == quotation_id]
        n, how = said.pop(quotation_id, (None, OrderAs(quotation_id)))
        if how.later:
            check_later(how, f"orders.{n}")
            continue
        order = place_awarded(
            work, actor, rfq, mine[0].offer.quotation, supplier_id=mine[0].offer.invitation.supplier_id, how=how,
            won=[Bought(one.offer.offer, one.bought, one.price, one.line.line.wanted_on) for one in mine],
            number=how.number or f"{rfq.number}-{len(placed) + 1}",
        )  # fmt: skip
        assert order.id is not None
        placed[quotation_id] = order.id
    for n, _ in said.values():
        raise Invalid(f"orders.{n}.quotationId", "nothing of this quotation is awarded", "该报价未被授予")
    return placed


def _settle_offers(work: UnitOfWork, actor: Actor, rfq: Rfq, lines: Sequence[ComparedLine], won: Sequence[Won]) -> None:
    """Every bidder reads what became of its own bid, and its own rank."""
    offers = [offer for line in lines for offer in line.offers]
    places = {offer.offer.id: offer.rank for offer in offers}
    for row in work.all(quotation_lines_visible_to(actor).where(col(QuotationLine.id).in_(places)), lock=True):
        row.rank = places[row.id]
    bidders = set()
    opened = quotations_visible_to(actor).where(
        col(Quotation.rfq_id) == rfq.id, col(Quotation.state) == QuotationState.OPENED
    )
    for quotation in work.all(opened, lock=True):
        asked = {line.line.number: line.line.quantity for line in lines for offer in line.offers
                 if offer.quotation.id == quotation.id}  # fmt: skip
        got = [(quantity, _awarded(won, number, quotation.id)) for number, quantity in asked.items()]
        outcome = _outcome(got) if got else "none"
        quotation.state = QUOTATION_LIFE.after(quotation.state, "award_rfq", by=Side.BUYER, outcome=outcome)
        bidders.add(quotation.invitation_id)
    winners = {one.offer.invitation.id for one in won}
    for invitation in work.all(invitations_visible_to(actor).where(col(RfqInvitation.id).in_(bidders)), lock=True):
        outcome = "won" if invitation.id in winners else "lost"
        invitation.state = INVITATION_LIFE.after(invitation.state, "award_rfq", by=Side.BUYER, outcome=outcome)
