"""How a request and an invitation are found and moved: locked, of one's own side, in the version one read."""

from sqlmodel import col

from collaboration.sourcing import decisions
from collaboration.sourcing.lifecycle import INVITATION_LIFE, RFQ_LIFE, QuotationState
from collaboration.sourcing.reads import OF_A_STANDING_BID
from collaboration.sourcing.tables import Quotation, Rfq, RfqInvitation, RfqRound
from collaboration.sourcing.visibility import (
    invitations_visible_to,
    quotations_visible_to,
    rfq_rounds_visible_to,
    rfqs_visible_to,
    side_of,
)
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.errors import NotAllowedNow, NotFound, Rule, Stale
from kernel.work import UnitOfWork

LEFT_OUT = Rule("rfq.left_out", "采购方邀请参与新一轮", "the buyer, by asking you into a further round")


def rfq_to_move(
    work: UnitOfWork, actor: Actor, rfq_id: int, verb: str, *, duty: tuple[Role, ...],
    expected_version: int | None = None, outcome: str = "",
) -> Rfq:  # fmt: skip
    """A request for its buyer to act on. Raises NotFound, NotAllowedNow, Stale."""
    rfq = work.one(rfqs_visible_to(actor).where(col(Rfq.id) == rfq_id), lock=True, field="rfqId")
    require(actor, *duty)
    rfq.state = RFQ_LIFE.after(rfq.state, verb, by=side_of(rfq, actor), outcome=outcome)
    if expected_version is not None and rfq.version != expected_version:
        raise Stale(rfq.version)
    rfq.version += 1
    return rfq


def invited(work: UnitOfWork, actor: Actor, rfq_id: int, verb: str) -> tuple[Rfq, RfqInvitation]:
    """A request and one's own invitation to it, both locked, for an invitee to act on. Raises NotFound, NotAllowedNow."""
    rfq = work.one(rfqs_visible_to(actor).where(col(Rfq.id) == rfq_id), lock=True, field="rfqId")
    require(actor, Role.SALES)
    RFQ_LIFE.after(rfq.state, verb, by=side_of(rfq, actor))
    own = invitations_visible_to(actor).where(
        col(RfqInvitation.rfq_id) == rfq_id, col(RfqInvitation.supplier_id) == actor.party_id
    )
    found = work.maybe(own, lock=True)
    if found is None:
        raise NotFound("rfqId")
    if found.round < rfq.round and verb not in OF_A_STANDING_BID:
        raise NotAllowedNow(
            "you are not asked into this round; your former bid stands", "贵公司未受邀参与本轮；此前的报价仍然有效", rule=LEFT_OUT
        )  # fmt: skip
    return rfq, found


def invited_in_time(work: UnitOfWork, actor: Actor, rfq_id: int, verb: str) -> tuple[Rfq, RfqInvitation]:
    """The same before the close alone, and the invitation has moved."""
    rfq, invitation = invited(work, actor, rfq_id, verb)
    decisions.check_open(rfq.state, rfq.closes_at, work.now)
    invitation.state = INVITATION_LIFE.after(invitation.state, verb, by=Side.SELLER)
    return rfq, invitation


def round_to_move(work: UnitOfWork, rfq: Rfq) -> RfqRound | None:
    """The row of the round a request is in, locked; None in the first, whose row is written when a second is opened."""
    if rfq.round == 1:
        return None
    now = rfq_rounds_visible_to(SYSTEM).where(col(RfqRound.rfq_id) == rfq.id, col(RfqRound.number) == rfq.round)
    return work.one(now, lock=True)


def standing_bid(work: UnitOfWork, actor: Actor, invitation_id: int, round_: int) -> Quotation | None:
    """Of the bids made in a round the one that counts, or would if it were confirmed; locked."""
    own = quotations_visible_to(actor).where(
        col(Quotation.invitation_id) == invitation_id, col(Quotation.round) == round_,
        col(Quotation.state).in_((QuotationState.SUBMITTED, QuotationState.DRAFT, QuotationState.STANDING)),
    )  # fmt: skip
    return work.maybe(own, lock=True)


def former_bid(work: UnitOfWork, actor: Actor, invitation_id: int) -> Quotation | None:
    """The bid opened at the end of an earlier round that stands as long as no later one does; locked."""
    own = quotations_visible_to(actor).where(
        col(Quotation.invitation_id) == invitation_id, col(Quotation.state) == QuotationState.OPENED,
        col(Quotation.spoiled).is_(False),
    )  # fmt: skip
    return work.maybe(own, lock=True)
