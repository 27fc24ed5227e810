"""A reverse auction: what a bid must be to stand in it, what of it a bidder or the buyer reads, and how its end moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import col

from collaboration.sourcing import costs, decisions
from collaboration.sourcing.comparing import breaks_by_offer, offered_of
from collaboration.sourcing.forms import Offer
from collaboration.sourcing.lifecycle import QuotationState
from collaboration.sourcing.moving import round_to_move
from collaboration.sourcing.reads import (
    auction_among,
    invitations_of,
    offers_of,
    quotations_of,
    rounds_of,
    side,
    standing_lines,
)
from collaboration.sourcing.tables import BidKind, Quotation, Rfq, RfqRound, RoundVisibility
from collaboration.sourcing.visibility import quotations_visible_to
from kernel.access import SYSTEM, Actor, Side
from kernel.errors import NotAllowedNow
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

RANKED = (
    QuotationState.STANDING, QuotationState.OPENED, QuotationState.AWARDED, QuotationState.PARTLY_AWARDED,
    QuotationState.NOT_AWARDED,
)  # fmt: skip


@dataclass(frozen=True)
class AuctionStanding:
    """What its reader may know of an auction, and no more. Totals are in the request's currency.

    ``own_total``, ``own_rank``: a bidder's, the rank under ``RANK`` alone; ``best_total`` under ``BEST_PRICE`` alone;
    ``bids``: to the buyer, how many firms stand in it.
    """

    own_total: Decimal | None = None
    own_rank: int | None = None
    best_total: Decimal | None = None
    bids: int | None = None


def running(work: UnitOfWork, rfq: Rfq) -> RfqRound | None:
    """The auction a request is in, locked; None in a sealed round."""
    found = round_to_move(work, rfq)
    return None if found is None or found.visibility is RoundVisibility.NONE else found


def check_none_runs(work: UnitOfWork, rfq: Rfq) -> None:
    """While an auction runs nothing that bids rest on changes, and none is taken back. Raises NotAllowedNow."""
    if running(work, rfq) is not None:
        raise NotAllowedNow(
            "an auction runs: what is asked for stays, and a bid binds until it has ended", "拍卖进行中：询价内容不变，已报价格在结束前有约束力",
            rule=decisions.AUCTION_BINDS,
        )  # fmt: skip


def total_of(rfq: Rfq, offer: Offer, lines: Mapping[int, Any]) -> Decimal:
    """What all lines cost from one bidder, freight and tooling in. Raises Invalid where it does not compare with others."""
    decisions.check_auctioned(offer, rfq.currency, rfq.incoterm, lines)
    terms = costs.Terms(rfq.currency, rfq.incoterm, {}, {})
    total = ZERO
    for line in offer.lines:
        offered = costs.Offered(
            currency=offer.currency, incoterm=offer.incoterm, line_units=line.line_units or 1,
            item_units=line.item_units or 1, breaks=line.price_breaks, minimum_quantity=line.minimum_quantity,
            tooling_cost=line.tooling_cost, freight=line.freight,
        )  # fmt: skip
        cost = costs.cost_of(lines[line.line_number].quantity, offered, terms)
        assert cost is not None  # its lowest price reaches the quantity asked for, or it had been refused before
        total += cost.total
    return total


def enter_former_bids(work: UnitOfWork, rfq: Rfq, invitation_ids: Sequence[int]) -> None:
    """Bids of earlier rounds stand in an auction too, where they are for all lines, in its currency and on its terms."""
    lines = standing_lines(work, SYSTEM, rfq)
    terms = costs.Terms(rfq.currency, rfq.incoterm, {}, {})
    opened = quotations_visible_to(SYSTEM).where(
        col(Quotation.invitation_id).in_(invitation_ids), col(Quotation.state) == QuotationState.OPENED
    )
    quotations = work.all(opened, lock=True)
    bids = [one for one in offers_of(work, SYSTEM, [q.id or 0 for q in quotations]) if one.kind is BidKind.BID]
    breaks = breaks_by_offer(work, SYSTEM, bids)
    for quotation in quotations:
        offers = {one.line_number: one for one in bids if one.quotation_id == quotation.id}
        found = [
            costs.cost_of(lines[number].quantity, offered_of(quotation, offer, breaks[offer.id]), terms)
            for number, offer in offers.items() if number in lines
        ]  # fmt: skip
        whole = len(found) == len(lines) and quotation.amendment == rfq.amendment
        totals = [cost.total for cost in found if cost is not None]
        quotation.total = sum(totals, ZERO) if whole and len(totals) == len(found) else None


def extend(rfq: Rfq, auction: RfqRound, now: datetime) -> None:
    """A bid in the last minutes gives the others as many to answer it, so often as was said."""
    minutes = timedelta(minutes=auction.extension_minutes)
    if auction.extensions < auction.most_extensions and rfq.closes_at - now <= minutes:
        auction.extensions += 1
        rfq.closes_at += minutes
        auction.closes_at = rfq.closes_at


def standing_of(work: UnitOfWork, actor: Actor, rfq: Any) -> AuctionStanding | None:
    """What an actor, who sees the request, may know of the auction it is in or ended with; None where it is in none."""
    now = auction_among(rfq, rounds_of(work, actor, [rfq.id]))
    if now is None:
        return None
    entered = [one.id for one in invitations_of(work, SYSTEM, [rfq.id]) if one.round == rfq.round]
    last: dict[int, Any] = {}
    for quotation in quotations_of(work, SYSTEM, entered):
        if quotation.state in RANKED and quotation.total is not None:
            last[quotation.invitation_id] = quotation
    placed = sorted(last.values(), key=lambda one: (one.total, one.submitted_at, one.id))
    best = placed[0].total if placed and now.visibility is RoundVisibility.BEST_PRICE else None
    if side(rfq, actor) is Side.BUYER:
        return AuctionStanding(best_total=best, bids=len(placed))
    mine = {one.id for one in invitations_of(work, actor, [rfq.id])}
    own = next(((n, one) for n, one in enumerate(placed, start=1) if one.invitation_id in mine), None)
    rank = own[0] if own and now.visibility is RoundVisibility.RANK else None
    return AuctionStanding(own_total=own[1].total if own else None, own_rank=rank, best_total=best)
