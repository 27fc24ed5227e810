"""A request is known to its buyer, and once issued to each invitee, which learns of no other; a bid to its bidder until opened."""

from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from collaboration.sourcing.lifecycle import QuotationState
from collaboration.sourcing.tables import (
    ComparisonTerm,
    PriceBreak,
    Quotation,
    QuotationLine,
    Rfq,
    RfqAmendment,
    RfqAward,
    RfqClarification,
    RfqInvitation,
    RfqLine,
    RfqQuestion,
    RfqRound,
)
from kernel.access import Actor, Role, Side, lies_under, seen_by

UNSEALED = (
    QuotationState.OPENED, QuotationState.AWARDED, QuotationState.PARTLY_AWARDED, QuotationState.NOT_AWARDED,
    QuotationState.LATE, QuotationState.FORMER,
)  # fmt: skip
"""What a buyer may know of after the close: of a late one that it came, and when."""


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def side_of(rfq: Any, actor: Actor) -> Side:
    """On which side of a request, known to be visible to it, an actor stands."""
    if actor.has(Role.SYSTEM):
        return Side.SYSTEM
    return Side.BUYER if rfq.buyer_id == actor.party_id else Side.SELLER


def rfqs_visible_to(actor: Actor) -> Select[Rfq]:
    rfqs = select(Rfq)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, rfqs)
    party = _party(actor)
    invited = select(col(RfqInvitation.id)).where(
        col(RfqInvitation.rfq_id) == col(Rfq.id), col(RfqInvitation.supplier_id) == party
    )
    told = and_(invited.correlate(Rfq).exists(), col(Rfq.issued_at).is_not(None))
    return seen_by(actor, rfqs.where(or_(col(Rfq.buyer_id) == party, told)))


def _of_own_rfq(actor: Actor, rfq_id: Any) -> Any:
    """Whether the request a row names is one the actor's firm makes."""
    own = select(col(Rfq.id)).where(col(Rfq.id) == rfq_id, col(Rfq.buyer_id) == _party(actor))
    return own.correlate(rfq_id.table).exists()


def rfq_lines_visible_to(actor: Actor) -> Select[RfqLine]:
    known = lies_under(col(RfqLine.rfq_id), rfqs_visible_to(actor), col(Rfq.id))
    return seen_by(actor, select(RfqLine).where(known))


def rfq_amendments_visible_to(actor: Actor) -> Select[RfqAmendment]:
    known = lies_under(col(RfqAmendment.rfq_id), rfqs_visible_to(actor), col(Rfq.id))
    return seen_by(actor, select(RfqAmendment).where(known))


def invitations_visible_to(actor: Actor) -> Select[RfqInvitation]:
    """The buyer's all; an invitee's own, once the request is issued."""
    invitations = select(RfqInvitation)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, invitations)
    known = lies_under(col(RfqInvitation.rfq_id), rfqs_visible_to(actor), col(Rfq.id))
    mine = and_(col(RfqInvitation.supplier_id) == _party(actor), known)
    return seen_by(actor, invitations.where(or_(_of_own_rfq(actor, col(RfqInvitation.rfq_id)), mine)))


def rfq_rounds_visible_to(actor: Actor) -> Select[RfqRound]:
    """The buyer's all; an invitee's those it was asked into: that a later one is extended tells who is left out nothing."""
    rounds = select(RfqRound)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, rounds)
    asked = select(col(RfqInvitation.id)).where(
        col(RfqInvitation.rfq_id) == col(RfqRound.rfq_id), col(RfqInvitation.supplier_id) == _party(actor),
        col(RfqInvitation.round) >= col(RfqRound.number),
    )  # fmt: skip
    known = lies_under(col(RfqRound.rfq_id), rfqs_visible_to(actor), col(Rfq.id))
    mine = and_(asked.correlate(RfqRound).exists(), known)
    return seen_by(actor, rounds.where(or_(_of_own_rfq(actor, col(RfqRound.rfq_id)), mine)))


def _of_own_invitation(actor: Actor, invitation_id: Any) -> Any:
    own = select(col(RfqInvitation.id)).where(
        col(RfqInvitation.id) == invitation_id, col(RfqInvitation.supplier_id) == _party(actor)
    )
    return own.correlate(invitation_id.table).exists()


def rfq_questions_visible_to(actor: Actor) -> Select[RfqQuestion]:
    """The buyer's and the asker's at once, everybody else's who was invited once it is answered."""
    known = lies_under(col(RfqQuestion.rfq_id), rfqs_visible_to(actor), col(Rfq.id))
    first = or_(
        _of_own_rfq(actor, col(RfqQuestion.rfq_id)), _of_own_invitation(actor, col(RfqQuestion.invitation_id)),
        col(RfqQuestion.answered_at).is_not(None),
    )  # fmt: skip
    return seen_by(actor, select(RfqQuestion).where(and_(known, first)))


def clarifications_visible_to(actor: Actor) -> Select[RfqClarification]:
    """The buyer's, and those about a bidder's own bid; no other bidder learns that anything was asked."""
    asked = select(RfqClarification)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, asked)
    mine = or_(
        _of_own_rfq(actor, col(RfqClarification.rfq_id)), _of_own_invitation(actor, col(RfqClarification.invitation_id))
    )
    return seen_by(actor, asked.where(mine))


def quotations_visible_to(actor: Actor) -> Select[Quotation]:
    """A bidder's own, every version; the buyer's those that are opened, and that others came late."""
    quotations = select(Quotation)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, quotations)
    opened = and_(_of_own_rfq(actor, col(Quotation.rfq_id)), col(Quotation.state).in_(UNSEALED))
    return seen_by(actor, quotations.where(or_(_of_own_invitation(actor, col(Quotation.invitation_id)), opened)))


def quotation_lines_visible_to(actor: Actor) -> Select[QuotationLine]:
    """Rows there are of opened bids alone."""
    known = lies_under(col(QuotationLine.quotation_id), quotations_visible_to(actor), col(Quotation.id))
    return seen_by(actor, select(QuotationLine).where(known))


def price_breaks_visible_to(actor: Actor) -> Select[PriceBreak]:
    known = lies_under(col(PriceBreak.quotation_line_id), quotation_lines_visible_to(actor), col(QuotationLine.id))
    return seen_by(actor, select(PriceBreak).where(known))


def comparison_terms_visible_to(actor: Actor) -> Select[ComparisonTerm]:
    """How a buyer reckons is its own."""
    return seen_by(actor, select(ComparisonTerm).where(_of_own_rfq(actor, col(ComparisonTerm.rfq_id))))


def awards_visible_to(actor: Actor) -> Select[RfqAward]:
    """The buyer's all, a bidder's own. Why it was not the lowest is shown to the buyer alone by whoever shows it."""
    won = lies_under(col(RfqAward.quotation_line_id), quotation_lines_visible_to(actor), col(QuotationLine.id))
    return seen_by(actor, select(RfqAward).where(won))
