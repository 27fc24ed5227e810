"""The bids of a request are opened, all together: at its closing time, or when its buyer closes it early."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.sourcing import decisions
from collaboration.sourcing.events import RfqClosed
from collaboration.sourcing.forms import Offer
from collaboration.sourcing.lifecycle import QUOTATION_LIFE, RFQ_LIFE, QuotationState
from collaboration.sourcing.moving import rfq_to_move, round_to_move
from collaboration.sourcing.reads import standing_lines
from collaboration.sourcing.tables import PriceBreak, Quotation, QuotationLine, Rfq, RoundVisibility
from collaboration.sourcing.visibility import quotations_visible_to, rfqs_visible_to
from kernel import sealing
from kernel.access import SYSTEM, Actor, Role, Side
from kernel.errors import NotAllowedNow, Rule
from kernel.texts import words
from kernel.work import UnitOfWork

KEY_LOST = Rule(
    "rfq.key_lost", "平台运营方恢复密钥文件与截止时间，或采购方取消询价",
    "the platform's operator restoring the secret and the closing time, or the buyer cancelling the request",
)  # fmt: skip


def close_rfq(work: UnitOfWork, actor: Actor, *, rfq_id: int, expected_version: int, reason: str = "") -> Rfq:
    """The buyer closes a request before its time, with a reason all invitees read; past its time, without one.

    Raises NotFound, NotAllowedNow, Invalid("reason"), Stale.
    """
    rfq = rfq_to_move(work, actor, rfq_id, "close_rfq", duty=(Role.BUYER,), expected_version=expected_version)
    early = work.now < rfq.closes_at
    rfq.closed_early = words(reason, "reason", decisions.LONGEST_REASON) if early else ""
    _open_bids(work, rfq, Side.BUYER)
    work.record(RfqClosed(rfq_id=rfq_id, early=early))
    return rfq


def close_due_rfq(work: UnitOfWork, *, rfq_id: int) -> bool:
    """The closing time has come; whether there was anything to do. Safe to run twice. Raises NotAllowedNow."""
    rfq = work.one(rfqs_visible_to(SYSTEM).where(col(Rfq.id) == rfq_id), lock=True)
    if "close_rfq" not in RFQ_LIFE.verbs(rfq.state, Side.SYSTEM) or work.now < rfq.closes_at:
        return False
    rfq.state = RFQ_LIFE.after(rfq.state, "close_rfq", by=Side.SYSTEM)
    rfq.version += 1
    _open_bids(work, rfq, Side.SYSTEM)
    work.record(RfqClosed(rfq_id=rfq_id, early=False))
    return True


def _open_bids(work: UnitOfWork, rfq: Rfq, by: Side) -> None:
    """Open what stands, and for its bidder alone what that superseded; then the key is gone, and the rest stays sealed.

    An auction's last bids are open, and become readable to the buyer.
    """
    assert rfq.id is not None
    round_ = round_to_move(work, rfq)
    if round_:
        round_.closed_at, round_.closed_early = work.now, rfq.closed_early
    former = _bids(work, rfq, QuotationState.OPENED)
    if round_ and round_.visibility is not RoundVisibility.NONE:
        _end_auction(work, rfq, by)
    else:
        _unseal(work, rfq, by)
    _lapse_former(work, rfq, former, by)
    rfq.closed_at, rfq.wrapped_key = work.now, None


def _end_auction(work: UnitOfWork, rfq: Rfq, by: Side) -> None:
    for quotation in _bids(work, rfq, QuotationState.STANDING):
        quotation.state = QUOTATION_LIFE.after(quotation.state, "close_rfq", by=by)


def _bids(work: UnitOfWork, rfq: Rfq, state: QuotationState) -> Sequence[Quotation]:
    own = quotations_visible_to(SYSTEM).where(col(Quotation.rfq_id) == rfq.id, col(Quotation.state) == state)
    return work.all(own, lock=True)


def _lapse_former(work: UnitOfWork, rfq: Rfq, former: Sequence[Quotation], by: Side) -> None:
    """A bid of an earlier round stands no longer beside a later one, nor after an amendment it was not confirmed for.

    former: those opened at the end of earlier rounds that stood until now.
    """
    opened = _bids(work, rfq, QuotationState.OPENED)
    later = {one.invitation_id for one in opened if one.round == rfq.round and not one.spoiled}
    for quotation in former:
        if quotation.invitation_id in later or quotation.amendment != rfq.amendment:
            quotation.state = QUOTATION_LIFE.after(quotation.state, "close_rfq", by=by)


def _unseal(work: UnitOfWork, rfq: Rfq, by: Side) -> None:
    private = _released(rfq)
    numbers = set(standing_lines(work, SYSTEM, rfq))
    kept = quotations_visible_to(SYSTEM).where(
        col(Quotation.rfq_id) == rfq.id, col(Quotation.round) == rfq.round,
        col(Quotation.state).in_((QuotationState.SUBMITTED, QuotationState.SUPERSEDED)),
    )  # fmt: skip
    for quotation in work.all(kept.order_by(col(Quotation.id)), lock=True):
        if quotation.state is QuotationState.SUBMITTED:
            quotation.state = QUOTATION_LIFE.after(quotation.state, "close_rfq", by=by)
        try:
            offer = decisions.read(_opened(private, quotation))
        except (sealing.Broken, ValueError, LookupError):
            quotation.spoiled = True  # one that somebody touched must not keep the others shut
            continue
        write_out(work, quotation, offer, numbers)


def _released(rfq: Rfq) -> bytes:
    """The private half of the request's key."""
    assert rfq.id is not None and rfq.wrapped_key is not None
    try:
        return sealing.unwrap(rfq.wrapped_key, decisions.key_bound_to(rfq.id, rfq.closes_at))
    except sealing.Broken:
        raise NotAllowedNow(
            "the key of this request does not open: its closing time or the installation's secret is not what it was",
            "询价密钥无法打开：截止时间或平台密钥与发布时不一致", rule=KEY_LOST,
        ) from None  # fmt: skip


def _opened(private: bytes, quotation: Quotation) -> bytes:
    bound = decisions.bid_bound_to(quotation.invitation_id, quotation.number)
    return sealing.open_sealed(private, quotation.sealed, bound_to=bound)


def write_out(work: UnitOfWork, quotation: Quotation, offer: Offer, numbers: set[int]) -> None:
    """numbers: of the lines still asked for; what was bid for a line an amendment dropped is not written."""
    assert quotation.id is not None
    quotation.currency, quotation.incoterm = offer.currency, offer.incoterm
    quotation.valid_until, quotation.note = offer.valid_until, offer.note
    for line in offer.lines:
        if line.line_number not in numbers:
            continue
        row = work.add(
            QuotationLine(
                quotation_id=quotation.id, line_number=line.line_number, kind=line.kind, item_id=line.item_id,
                line_units=line.line_units or 1, item_units=line.item_units or 1,
                minimum_quantity=line.minimum_quantity, lead_time_days=line.lead_time_days,
                tooling_cost=line.tooling_cost, freight=line.freight, note=line.note,
            )
        )  # fmt: skip
        work.session.add_all(
            PriceBreak(quotation_line_id=row.id or 0, from_quantity=b.from_quantity, unit_price=b.unit_price)
            for b in line.price_breaks
        )
    work.session.flush()
