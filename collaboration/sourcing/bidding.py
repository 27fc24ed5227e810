"""An invitee hands in a quotation, which is sealed before it is written down; confirms it after an amendment; withdraws it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlmodel import col

from chain.items.reads import in_force_between, items_by_id
from collaboration.sourcing import auctioning, decisions
from collaboration.sourcing.events import QuotationConfirmed, QuotationSubmitted, QuotationWithdrawn
from collaboration.sourcing.forms import LineOffered, Offer
from collaboration.sourcing.lifecycle import INVITATION_LIFE, QUOTATION_LIFE, QuotationState
from collaboration.sourcing.moving import former_bid, invited, invited_in_time, standing_bid
from collaboration.sourcing.opening import write_out
from collaboration.sourcing.reads import awaits_word, standing_lines
from collaboration.sourcing.tables import Quotation, Rfq, RfqInvitation, RfqRound
from collaboration.sourcing.visibility import quotations_visible_to
from kernel import sealing
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule, Stale
from kernel.work import UnitOfWork

MOST_VERSIONS = 100
KNOWN_ITEM = Rule(
    "quotation.known_item", "报价方先就该物料申报与采购方的供应关系",
    "the bidder, by declaring a supply link of this item to the buyer",
)  # fmt: skip
CONFIRMABLE = Rule("quotation.none_to_confirm", "报价方提交报价", "the bidder, by handing in a quotation")


def submit_quotation(work: UnitOfWork, actor: Actor, offer: Offer, *, rfq_id: int, amendment: int) -> Quotation:
    """A bid, in place of the one handed in before. At the closing instant or later it is late, and stays sealed.

    In an auction it is in the open between its bidder and the platform, lower than the firm's last, and may extend the auction.

    amendment: of the request, as the bidder read it. Nothing the bid says is written anywhere but under the request's key,
    and no refusal repeats it. Raises NotFound, NotAllowedNow, Invalid, Stale, Limit.
    """
    rfq, invitation = invited(work, actor, rfq_id, "submit_quotation")
    assert invitation.id is not None and rfq.public_key is not None
    late = decisions.is_late(rfq.state, rfq.closes_at, work.now)
    if rfq.amendment != amendment:
        raise Stale(rfq.amendment)
    lines = standing_lines(work, actor, rfq)
    checked = _checked(work, actor, rfq, offer, lines)
    auction = None if late else auctioning.running(work, rfq)
    invitation.state = INVITATION_LIFE.after(
        invitation.state, "submit_quotation", by=Side.SELLER, outcome="late" if late else "in_time"
    )
    invitation.viewed_at, invitation.reason = invitation.viewed_at or work.now, ""
    number = _next_number(work, actor, invitation)
    before = None if late else standing_bid(work, actor, invitation.id, rfq.round)
    total = None
    if auction is not None:
        total = _lowered(rfq, auction, checked, before or former_bid(work, actor, invitation.id), lines)
    if before is not None:
        before.state = QUOTATION_LIFE.after(before.state, "submit_quotation", by=Side.SELLER)
    quotation = work.add(
        Quotation(
            rfq_id=rfq_id, invitation_id=invitation.id, number=number, amendment=amendment, round=rfq.round,
            state=_handed_in(late, auction), submitted_at=work.now, by_user=actor.user_id, total=total,
            sealed=b"" if auction else _sealed(rfq, decisions.written(checked), invitation.id, number, len(lines)),
        )
    )  # fmt: skip
    if auction:
        write_out(work, quotation, checked, set(lines))
        auctioning.extend(rfq, auction, work.now)
    work.record(QuotationSubmitted(invitation_id=invitation.id, late=late))
    return quotation


def _handed_in(late: bool, auction: RfqRound | None) -> QuotationState:
    if late:
        return QuotationState.LATE
    return QuotationState.STANDING if auction else QuotationState.SUBMITTED


def _lowered(rfq: Rfq, auction: RfqRound, offer: Offer, last: Quotation | None, lines: Mapping[int, Any]) -> Decimal:
    """What a bid in an auction comes to. Raises Invalid where it does not compare, or is not lower by the least step."""
    total = auctioning.total_of(rfq, offer, lines)
    decisions.check_step(total, None if last is None else last.total, auction.least_step)
    return total


def _next_number(work: UnitOfWork, actor: Actor, invitation: RfqInvitation) -> int:
    made = work.count(quotations_visible_to(actor).where(col(Quotation.invitation_id) == invitation.id))
    if made >= MOST_VERSIONS:
        raise Limit(
            f"a quotation has at most {MOST_VERSIONS} versions", f"报价最多 {MOST_VERSIONS} 版",
            rule=Rule("quotation.versions", "采购方发起新的询价", "the buyer, by a new request"),
        )  # fmt: skip
    return made + 1


def _sealed(rfq: Rfq, content: bytes, invitation_id: int, number: int, lines: int) -> bytes:
    assert rfq.public_key is not None
    try:
        return sealing.seal(
            rfq.public_key, content, bound_to=decisions.bid_bound_to(invitation_id, number),
            size=decisions.sealed_size(lines),
        )  # fmt: skip
    except ValueError:
        raise Limit(
            "the quotation says more than fits; shorten its notes", "报价内容过长，请缩短备注",
            fields=("note",), rule=Rule("quotation.length", "报价方缩短备注", "the bidder, by shorter notes"),
        ) from None  # fmt: skip


def _checked(work: UnitOfWork, actor: Actor, rfq: Rfq, offer: Offer, lines: Mapping[int, Any]) -> Offer:
    """The bid with every factor written out. Raises Invalid naming the field."""
    decisions.check_offer(offer, lines, rfq.award_by)
    if rfq.pooled:
        decisions.check_pooled_offer(offer, rfq.currency)
    wanted = {line.item_id for line in offer.lines}
    as_buyer = Actor(user_id=0, party_id=rfq.buyer_id, roles=frozenset({Role.BUYER}))
    mine = {item.id: item for item in items_by_id(work, actor, wanted) if item.firm_id == actor.party_id}
    known = {item.id for item in items_by_id(work, as_buyer, list(mine))}
    on = today_of(work.now)
    references = in_force_between(work, actor, buyer_id=rfq.buyer_id, item_ids=list(mine), on=on)
    checked = []
    for n, line in enumerate(offer.lines):
        item = mine.get(line.item_id)
        if item is None or item.id not in known or item.retired_on is not None:
            raise Invalid(
                f"lines.{n}.itemId", "offer an item of yours that you still make and this buyer knows",
                "请选择本单位在产、且采购方已知的物料", rule=KNOWN_ITEM,
            )  # fmt: skip
        checked.append(_with_factor(line, lines[line.line_number], item, references.get(item.id), f"lines.{n}"))
    return replace(offer, lines=checked)


def _with_factor(line: LineOffered, asked: Any, item: Any, reference: Any, place: str) -> LineOffered:
    agreed = reference is not None and reference.buyer_unit == asked.unit
    known = (reference.buyer_units, reference.item_units) if agreed else None
    factor = decisions.factor_of(asked.unit, item.unit, line, known, place)
    decisions.check_priced(line, asked.quantity, factor, place)
    return replace(line, line_units=factor[0], item_units=factor[1])


def confirm_quotation(work: UnitOfWork, actor: Actor, *, rfq_id: int, amendment: int) -> Quotation:
    """A bid made before an amendment holds after it as well; it stays sealed. Raises NotFound, NotAllowedNow, Stale."""
    rfq, invitation = invited_in_time(work, actor, rfq_id, "confirm_quotation")
    if rfq.amendment != amendment:
        raise Stale(rfq.amendment)
    number = invitation.id or 0
    quotation = standing_bid(work, actor, number, rfq.round) or former_bid(work, actor, number)
    if quotation is None or not awaits_word(rfq, quotation):
        raise _none_stands()
    quotation.state = QUOTATION_LIFE.after(quotation.state, "confirm_quotation", by=Side.SELLER)
    quotation.amendment = amendment
    work.record(QuotationConfirmed(invitation_id=invitation.id or 0))
    return quotation


def withdraw_quotation(work: UnitOfWork, actor: Actor, *, rfq_id: int) -> Quotation:
    """Take one's bid back, before the close alone and out of no auction; while sealed nobody ever reads it.

    In a further round the bid opened before it goes with it. Raises NotFound, NotAllowedNow.
    """
    rfq, invitation = invited_in_time(work, actor, rfq_id, "withdraw_quotation")
    auctioning.check_none_runs(work, rfq)
    number = invitation.id or 0
    sealed, opened = standing_bid(work, actor, number, rfq.round), former_bid(work, actor, number)
    for one in (sealed, opened):
        if one is not None:
            one.state = QUOTATION_LIFE.after(one.state, "withdraw_quotation", by=Side.SELLER)
    quotation = sealed or opened
    if quotation is None:
        raise _none_stands()
    work.record(QuotationWithdrawn(invitation_id=invitation.id or 0))
    return quotation


def _none_stands() -> NotAllowedNow:
    return NotAllowedNow("no bid of yours stands here", "贵公司目前没有有效报价", rule=CONFIRMABLE)
