"""A buyer sets limits; either end proposes what silence means, the other answers, either takes it back for the future."""

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from collaboration.answer_clocks.decisions import check_hours
from collaboration.answer_clocks.events import (
    AnswerLimitsSet,
    SilenceTermsAccepted,
    SilenceTermsDeclined,
    SilenceTermsProposed,
    SilenceTermsRevoked,
    SilenceTermsWithdrawn,
)
from collaboration.answer_clocks.forms import LimitsGiven
from collaboration.answer_clocks.lifecycle import SILENCE_LIFE, SilenceSide, SilenceState
from collaboration.answer_clocks.running import silence_in_force
from collaboration.answer_clocks.tables import AnswerLimits, SilenceMeaning, SilenceTerms
from collaboration.answer_clocks.visibility import answer_limits_visible_to, silence_terms_visible_to
from kernel.access import Actor, Role, Side, require
from kernel.errors import Invalid, NotAllowedNow, Rule, Stale
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

DUTY = {Side.BUYER: Role.BUYER, Side.SELLER: Role.SALES}
WAITS = "silence_terms_proposed"
ONE_OPEN = Rule(
    "silence_terms.one_open", "对方答复或提出方撤回", "the other firm by answering, or whoever proposed by withdrawing"
)


def set_answer_limits(work: UnitOfWork, actor: Actor, *, given: LimitsGiven) -> AnswerLimits:
    """The buyer says in how many working hours answers are due, of one seller or of all. What is running keeps its limits.

    Raises NotAllowedNow, NotFound, Invalid naming the field.
    """
    require(actor, Role.BUYER)
    assert actor.party_id is not None
    if given.seller_id is not None:
        _partner(work, actor, given.seller_id)
    check_hours(given.hours)
    own = answer_limits_visible_to(actor).where(
        col(AnswerLimits.buyer_id) == actor.party_id, col(AnswerLimits.kind) == given.kind,
        col(AnswerLimits.seller_id).is_not_distinct_from(given.seller_id),
    )  # fmt: skip
    limits = work.maybe(own, lock=True) or AnswerLimits(
        buyer_id=actor.party_id, seller_id=given.seller_id, kind=given.kind, set_at=work.now, **vars(given.hours)
    )
    for name, value in vars(given.hours).items():
        setattr(limits, name, value)
    limits.set_at = work.now
    work.add(limits)
    work.record(
        AnswerLimitsSet(
            buyer_id=actor.party_id, seller_id=given.seller_id, kind=given.kind,
            answer_within_hours=given.hours.answer_within_hours,
        )
    )  # fmt: skip
    return limits


def _partner(work: UnitOfWork, actor: Actor, firm_id: int) -> None:
    work.one(firms_visible_to(actor).where(col(Firm.id) == firm_id), field="partnerId")
    if firm_id == actor.party_id:
        raise Invalid("partnerId", "name another firm than your own", "请选择对方企业，而非本单位")


def propose_silence_terms(
    work: UnitOfWork, actor: Actor, *, partner_id: int, side: Side, meaning: SilenceMeaning
) -> SilenceTerms:
    """One end says what it shall mean that an order is not answered in time; nothing changes until the other accepts.

    side: on which the actor's firm stands in these orders. Raises NotAllowedNow, NotFound, Invalid.
    """
    if side is Side.SYSTEM:
        raise Invalid("side", "you stand on the buyer's or the seller's side", "请选择采购方或供应方")
    require(actor, DUTY[side])
    assert actor.party_id is not None
    _partner(work, actor, partner_id)
    buyer, seller = (actor.party_id, partner_id) if side is Side.BUYER else (partner_id, actor.party_id)
    pair = silence_terms_visible_to(actor).where(
        col(SilenceTerms.buyer_id) == buyer, col(SilenceTerms.seller_id) == seller
    )
    if work.maybe(pair.where(col(SilenceTerms.state) == SilenceState.PROPOSED), lock=True) is not None:
        raise NotAllowedNow(
            "a proposal of this link waits for an answer, one at a time", "该供应关系已有一项待答复的沉默约定，同一时间只能有一项",
            rule=ONE_OPEN,
        )  # fmt: skip
    standing = silence_in_force(work, buyer_id=buyer, seller_id=seller)
    if (SilenceMeaning.NOTHING if standing is None else standing.meaning) is meaning:
        raise Invalid("meaning", "this is what silence means between you already", "双方现行约定已是如此")
    terms = work.add(
        SilenceTerms(
            buyer_id=buyer, seller_id=seller, meaning=meaning, proposed_by=side, proposed_at=work.now
        )
    )  # fmt: skip
    assert terms.id is not None
    work.record(SilenceTermsProposed(terms_id=terms.id, meaning=meaning))
    other = Side.SELLER if side is Side.BUYER else Side.BUYER
    _tell(work, terms, other, WAITS, InboxReason.MUST_ANSWER)
    return terms


def accept_silence_terms(work: UnitOfWork, actor: Actor, *, terms_id: int, expected_version: int) -> SilenceTerms:
    """The other end agrees: it holds for orders placed from now on. Raises NotFound, NotAllowedNow, Stale."""
    terms = _to_move(work, actor, terms_id, expected_version)
    after = SILENCE_LIFE.after(terms.state, "accept_silence_terms", by=_stands(terms, actor))
    before = silence_in_force(work, buyer_id=terms.buyer_id, seller_id=terms.seller_id)
    if before is not None:
        before.state = SILENCE_LIFE.after(before.state, "accept_silence_terms", by=Side.SYSTEM)
        before.ended_at = work.now
        before.version += 1
    _move(work, terms, after)
    terms.answered_at = work.now
    work.record(SilenceTermsAccepted(terms_id=terms_id, meaning=terms.meaning))
    _tell(work, terms, terms.proposed_by, "silence_terms_accepted", InboxReason.TOLD)
    return terms


def decline_silence_terms(work: UnitOfWork, actor: Actor, *, terms_id: int, expected_version: int) -> SilenceTerms:
    """The other end does not agree; what held before goes on. Raises NotFound, NotAllowedNow, Stale."""
    terms = _to_move(work, actor, terms_id, expected_version)
    _move(work, terms, SILENCE_LIFE.after(terms.state, "decline_silence_terms", by=_stands(terms, actor)))
    terms.answered_at = terms.ended_at = work.now
    work.record(SilenceTermsDeclined(terms_id=terms_id))
    _tell(work, terms, terms.proposed_by, "silence_terms_declined", InboxReason.TOLD)
    return terms


def withdraw_silence_terms(work: UnitOfWork, actor: Actor, *, terms_id: int, expected_version: int) -> SilenceTerms:
    """Whoever proposed takes it back before it is answered. Raises NotFound, NotAllowedNow, Stale."""
    terms = _to_move(work, actor, terms_id, expected_version)
    _move(work, terms, SILENCE_LIFE.after(terms.state, "withdraw_silence_terms", by=_stands(terms, actor)))
    terms.ended_at = work.now
    work.record(SilenceTermsWithdrawn(terms_id=terms_id))
    return terms


def revoke_silence_terms(work: UnitOfWork, actor: Actor, *, terms_id: int, expected_version: int) -> SilenceTerms:
    """Either end takes it back: from now on nothing follows from silence, also on orders that wait; what followed stays.

    Raises NotFound, NotAllowedNow, Stale.
    """
    terms = _to_move(work, actor, terms_id, expected_version)
    _move(work, terms, SILENCE_LIFE.after(terms.state, "revoke_silence_terms", by=_stands(terms, actor)))
    terms.ended_at = work.now
    work.record(SilenceTermsRevoked(terms_id=terms_id))
    other = Side.SELLER if actor.party_id == terms.buyer_id else Side.BUYER
    _tell(work, terms, other, "silence_terms_revoked", InboxReason.TOLD)
    return terms


def _to_move(work: UnitOfWork, actor: Actor, terms_id: int, version: int) -> SilenceTerms:
    own = silence_terms_visible_to(actor).where(col(SilenceTerms.id) == terms_id)
    terms = work.one(own, lock=True, field="termsId")
    if version != terms.version:
        raise Stale(terms.version)
    require(actor, DUTY[_side(terms, actor)])
    return terms


def _side(terms: SilenceTerms, actor: Actor) -> Side:
    return Side.BUYER if actor.party_id == terms.buyer_id else Side.SELLER


def _stands(terms: SilenceTerms, actor: Actor) -> SilenceSide:
    return SilenceSide.PROPOSER if _side(terms, actor) is terms.proposed_by else SilenceSide.ANSWERER


def _move(work: UnitOfWork, terms: SilenceTerms, state: SilenceState) -> None:
    terms.state = state
    terms.version += 1
    settle_told(work, subject=("SilenceTerms", terms.id or 0), whats=[WAITS])


def _tell(work: UnitOfWork, terms: SilenceTerms, side: Side, what: str, reason: InboxReason) -> None:
    tell(
        work, party_id=terms.buyer_id if side is Side.BUYER else terms.seller_id, roles=frozenset({DUTY[side]}),
        reason=reason, subject=("SilenceTerms", terms.id or 0), what=what, once=f"{what}:{terms.id}",
    )  # fmt: skip
