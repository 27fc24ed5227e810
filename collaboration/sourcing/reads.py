"""What people ask about requests for quotation, and what a person may do to one now."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import col

from collaboration.sourcing.decisions import is_late
from collaboration.sourcing.lifecycle import (
    CLARIFICATION_LIFE,
    INVITATION_LIFE,
    RFQ_LIFE,
    ClarificationState,
    InvitationState,
    QuotationState,
    RfqState,
)
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
    RoundVisibility,
)
from collaboration.sourcing.visibility import (
    awards_visible_to,
    clarifications_visible_to,
    comparison_terms_visible_to,
    invitations_visible_to,
    price_breaks_visible_to,
    quotation_lines_visible_to,
    quotations_visible_to,
    rfq_amendments_visible_to,
    rfq_lines_visible_to,
    rfq_questions_visible_to,
    rfq_rounds_visible_to,
    rfqs_visible_to,
    side_of,
)
from kernel.access import Actor, Role, Side
from kernel.paging import Page, page
from kernel.work import UnitOfWork

APPROVERS = (Role.BUYER, Role.LEAD)
OF_A_STANDING_BID = ("withdraw_quotation", "confirm_quotation")
"""What who is not asked into a further round may still do: its former bid stands."""
DUTIES = {"approve_rfq": APPROVERS}
"""Who of the buyer's may; a buyer may the rest, and at an invitee its sales people all."""


def side(rfq: Any, actor: Actor) -> Side:
    return side_of(rfq, actor)


def rfqs(
    work: UnitOfWork, actor: Actor, *, side: Side | None, states: Collection[RfqState] | None, first: int | None,
    after: str | None,
) -> Page:  # fmt: skip
    """One's firm's own and those it is invited to, newest first."""
    visible = rfqs_visible_to(actor)
    if side is not None:
        mine = col(Rfq.buyer_id) == (-1 if actor.party_id is None else actor.party_id)
        visible = visible.where(mine if side is Side.BUYER else ~mine)
    if states:
        visible = visible.where(col(Rfq.state).in_(list(states)))
    return page(work, visible, Rfq, first=first, after=after)


def rfqs_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(rfqs_visible_to(actor).where(col(Rfq.id).in_(numbers)))


def lines_of(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    """Of every amendment; those that stand have the request's own."""
    known = rfq_lines_visible_to(actor).where(col(RfqLine.rfq_id).in_(rfq_ids))
    return work.rows(known.order_by(col(RfqLine.rfq_id), col(RfqLine.amendment), col(RfqLine.number)))


def standing_lines(work: UnitOfWork, actor: Actor, rfq: Any) -> dict[int, Any]:
    """By number."""
    return {line.number: line for line in lines_of(work, actor, [rfq.id]) if line.amendment == rfq.amendment}


def amendments_of(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    known = rfq_amendments_visible_to(actor).where(col(RfqAmendment.rfq_id).in_(rfq_ids))
    return work.rows(known.order_by(col(RfqAmendment.rfq_id), col(RfqAmendment.number)))


def rounds_of(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    """To the buyer all, to an invitee those it was asked into; none before a second is opened."""
    known = rfq_rounds_visible_to(actor).where(col(RfqRound.rfq_id).in_(rfq_ids))
    return work.rows(known.order_by(col(RfqRound.rfq_id), col(RfqRound.number)))


def auction_among(rfq: Any, rounds: Iterable[Any]) -> Any:
    """Of a request's rounds, as one may know them, the auction it is in or ended with; None where its last is sealed."""
    auctions = (one for one in rounds if one.visibility is not RoundVisibility.NONE)
    return next((one for one in auctions if one.number == rfq.round), None)


def invitations_of(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    """To the buyer all, to an invitee its own."""
    known = invitations_visible_to(actor).where(col(RfqInvitation.rfq_id).in_(rfq_ids))
    return work.rows(known.order_by(col(RfqInvitation.id)))


def invitations_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(invitations_visible_to(actor).where(col(RfqInvitation.id).in_(numbers)))


def questions_of(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    known = rfq_questions_visible_to(actor).where(col(RfqQuestion.rfq_id).in_(rfq_ids))
    return work.rows(known.order_by(col(RfqQuestion.id)))


def questions_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(rfq_questions_visible_to(actor).where(col(RfqQuestion.id).in_(numbers)))


def clarifications_of(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    """To the buyer all, to a bidder those about its own bid."""
    known = clarifications_visible_to(actor).where(col(RfqClarification.rfq_id).in_(rfq_ids))
    return work.rows(known.order_by(col(RfqClarification.id)))


def clarifications_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(clarifications_visible_to(actor).where(col(RfqClarification.id).in_(numbers)))


def clarification_verbs(actor: Actor, rfq: Any, clarification: Any) -> list[str]:
    """What this person may do to a question about a bid now."""
    side = side_of(rfq, actor)
    duty = Role.BUYER if side is Side.BUYER else Role.SALES
    found = CLARIFICATION_LIFE.verbs(clarification.state, side) if actor.has(duty) else []
    return [verb for verb in found if verb not in {move.verb for move in RFQ_LIFE}]


def rfqs_to_clarify(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Requests whose buyer waits for an answer about one's firm's bid."""
    own = clarifications_visible_to(actor).where(
        col(RfqClarification.rfq_id) == col(Rfq.id), col(RfqClarification.state) == ClarificationState.OPEN
    )
    asked = rfqs_visible_to(actor).where(
        col(Rfq.buyer_id) != actor.party_id, own.with_only_columns(col(RfqClarification.id)).correlate(Rfq).exists()
    )
    return work.rows(asked.order_by(col(Rfq.award_by), col(Rfq.id)).limit(most))


_SHOWN = [column for column in Quotation.__table__.columns if column.name != "sealed"]  # type: ignore[attr-defined]
"""No read carries a sealed content; it may be long, and is nobody's to look at."""


def _quotations(work: UnitOfWork, known: Any) -> Sequence[Any]:
    return work.rows(known.with_only_columns(*_SHOWN, maintain_column_froms=True).order_by(col(Quotation.id)))


def quotations_of(work: UnitOfWork, actor: Actor, invitation_ids: Collection[int]) -> Sequence[Any]:
    """A bidder's own versions; to the buyer what is opened or came late."""
    return _quotations(work, quotations_visible_to(actor).where(col(Quotation.invitation_id).in_(invitation_ids)))


def quotations_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return _quotations(work, quotations_visible_to(actor).where(col(Quotation.id).in_(numbers)))


def offers_of(work: UnitOfWork, actor: Actor, quotation_ids: Collection[int]) -> Sequence[Any]:
    known = quotation_lines_visible_to(actor).where(col(QuotationLine.quotation_id).in_(quotation_ids))
    return work.rows(known.order_by(col(QuotationLine.id)))


def offers_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(quotation_lines_visible_to(actor).where(col(QuotationLine.id).in_(numbers)))


def breaks_of(work: UnitOfWork, actor: Actor, offer_ids: Collection[int]) -> Sequence[Any]:
    known = price_breaks_visible_to(actor).where(col(PriceBreak.quotation_line_id).in_(offer_ids))
    return work.rows(known.order_by(col(PriceBreak.id)))


def awaits_word(rfq: Any, quotation: Any) -> bool:
    """Whether a bid was made before an amendment and counts once its bidder confirms it."""
    if quotation.state is QuotationState.OPENED:
        return bool(quotation.amendment < rfq.amendment)
    return quotation.state is QuotationState.DRAFT and bool(quotation.round == rfq.round)


def is_open_award(award: Any) -> bool:
    """Whether neither an order nor a framework has come of an award yet."""
    return award.order_id is None and award.framework_id is None


def rfq_verbs(
    actor: Actor, rfq: Any, invitation: Any, drafted: bool, auction: bool, waits: bool, now: datetime
) -> list[str]:
    """What this person may do to a request now: the buttons of its page.

    invitation: the firm's own, of an invitee; drafted: a bid of it waits for its word on an amendment; auction: one runs;
    waits: something is awarded of which nothing has come yet.
    """
    over = is_late(rfq.state, rfq.closes_at, now)
    if side_of(rfq, actor) is Side.BUYER:
        found = RFQ_LIFE.verbs(rfq.state, Side.BUYER)
        if rfq.state is RfqState.ISSUED and over:
            found = [verb for verb in found if verb in ("close_rfq", "cancel_rfq")]
        if auction:
            found = [verb for verb in found if verb != "amend_rfq"]
        if not waits:
            found = [verb for verb in found if verb != "order_award"]
        if rfq.written_by == actor.user_id:
            found = [verb for verb in found if verb != "approve_rfq"]
        return [verb for verb in found if actor.has(*DUTIES.get(verb, (Role.BUYER,)))]
    if invitation is None or not actor.has(Role.SALES):
        return []
    open_now = RFQ_LIFE.verbs(rfq.state, Side.SELLER)
    found = [verb for verb in INVITATION_LIFE.verbs(invitation.state, Side.SELLER) if verb in open_now]
    if invitation.round < rfq.round:
        found = [verb for verb in found if verb in OF_A_STANDING_BID]
    if over:
        return [verb for verb in found if verb == "submit_quotation"]
    if auction:
        found = [verb for verb in found if verb != "withdraw_quotation"]
    if invitation.state is InvitationState.INTENDS and not drafted:
        return [verb for verb in found if verb not in ("confirm_quotation", "withdraw_quotation")]
    return found


def due_rfqs(work: UnitOfWork, actor: Actor, now: datetime) -> list[int]:
    """Requests whose closing time has come and whose bids are not opened yet."""
    due = rfqs_visible_to(actor).where(col(Rfq.state) == RfqState.ISSUED, col(Rfq.closes_at) <= now)
    return [row.id for row in work.rows(due.order_by(col(Rfq.closes_at), col(Rfq.id)))]


def terms_of_rfqs(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    """What the buyer's own comparisons rest on."""
    own = comparison_terms_visible_to(actor).where(col(ComparisonTerm.rfq_id).in_(rfq_ids))
    return work.rows(own.order_by(col(ComparisonTerm.id)))


def awards_of(work: UnitOfWork, actor: Actor, rfq_ids: Collection[int]) -> Sequence[Any]:
    """To the buyer all, to a bidder what it won."""
    known = awards_visible_to(actor).where(col(RfqAward.rfq_id).in_(rfq_ids))
    return work.rows(known.order_by(col(RfqAward.id)))


def rfqs_to_quote(work: UnitOfWork, actor: Actor, now: datetime, *, most: int) -> Sequence[Any]:
    """Requests one's firm is invited to and has neither bid for nor declined, until they close; and auctions it has not bid in."""
    waiting = (InvitationState.INVITED, InvitationState.VIEWED, InvitationState.INTENDS)
    bid = quotations_visible_to(actor).where(
        col(Quotation.invitation_id) == col(RfqInvitation.id), col(Quotation.round) == col(RfqInvitation.round)
    )
    auction = rfq_rounds_visible_to(actor).where(
        col(RfqRound.rfq_id) == col(RfqInvitation.rfq_id), col(RfqRound.number) == col(RfqInvitation.round),
        col(RfqRound.visibility) != RoundVisibility.NONE,
    )  # fmt: skip
    anew = and_(
        col(RfqInvitation.state) == InvitationState.QUOTED,
        auction.with_only_columns(col(RfqRound.id)).correlate(RfqInvitation).exists(),
        ~bid.with_only_columns(col(Quotation.id)).correlate(RfqInvitation).exists(),
    )
    own = invitations_visible_to(actor).where(
        col(RfqInvitation.supplier_id) == actor.party_id, or_(col(RfqInvitation.state).in_(waiting), anew)
    )
    open_now = rfqs_visible_to(actor).where(
        col(Rfq.state) == RfqState.ISSUED, col(Rfq.closes_at) > now,
        own.where(col(RfqInvitation.rfq_id) == col(Rfq.id), col(RfqInvitation.round) == col(Rfq.round))
        .with_only_columns(col(RfqInvitation.id)).correlate(Rfq).exists(),
    )  # fmt: skip
    return work.rows(open_now.order_by(col(Rfq.closes_at), col(Rfq.id)).limit(most))


def rfqs_to_award(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """One's firm's own whose bids are opened and wait for a decision."""
    mine = rfqs_visible_to(actor).where(col(Rfq.buyer_id) == actor.party_id, col(Rfq.state) == RfqState.CLOSED)
    return work.rows(mine.order_by(col(Rfq.award_by), col(Rfq.id)).limit(most))


def rfqs_to_order(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """One's firm's own of which something is awarded that is neither ordered nor agreed on in a framework yet."""
    waiting = awards_visible_to(actor).where(
        col(RfqAward.rfq_id) == col(Rfq.id), col(RfqAward.order_id).is_(None), col(RfqAward.framework_id).is_(None)
    )
    mine = rfqs_visible_to(actor).where(
        col(Rfq.buyer_id) == actor.party_id, col(Rfq.pooled).is_(False),
        col(Rfq.state).in_((RfqState.AWARDED, RfqState.PARTLY_AWARDED)),
        waiting.with_only_columns(col(RfqAward.id)).correlate(Rfq).exists(),
    )  # fmt: skip
    return work.rows(mine.order_by(col(Rfq.award_by), col(Rfq.id)).limit(most))


def rfqs_to_approve(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """One's firm's own that somebody else wrote and nobody approved yet."""
    mine = rfqs_visible_to(actor).where(
        col(Rfq.buyer_id) == actor.party_id, col(Rfq.state) == RfqState.DRAFT, col(Rfq.written_by) != actor.user_id
    )
    return work.rows(mine.order_by(col(Rfq.id)).limit(most))
