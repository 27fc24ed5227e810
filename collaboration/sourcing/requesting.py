"""A buyer drafts a request for quotation, has it approved by a colleague, issues it, amends it, cancels it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col

from chain.firms.verbs import partner
from chain.qualification.categories import category_of
from chain.qualification.decisions import BLOCKED_RULE, standing_on
from chain.qualification.lifecycle import Standing
from chain.qualification.tables import Qualification
from chain.qualification.visibility import qualifications_visible_to
from chain.sharing.verbs import require_terms
from collaboration.sourcing import auctioning, decisions
from collaboration.sourcing.clarifying import lapse_open
from collaboration.sourcing.events import RfqAmended, RfqApproved, RfqCancelled, RfqDrafted, RfqIssued
from collaboration.sourcing.forms import RfqAsked, RfqLineAsked
from collaboration.sourcing.lifecycle import INVITATION_LIFE, QUOTATION_LIFE, InvitationState, QuotationState, RfqState
from collaboration.sourcing.moving import rfq_to_move
from collaboration.sourcing.reads import APPROVERS, standing_lines
from collaboration.sourcing.tables import Quotation, Rfq, RfqAmendment, RfqInvitation, RfqLine
from collaboration.sourcing.visibility import (
    invitations_visible_to,
    quotations_visible_to,
    rfq_lines_visible_to,
    rfqs_visible_to,
)
from kernel import sealing
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.texts import words
from kernel.work import UnitOfWork

OTHER_PERSON = Rule("rfq.four_eyes", "本单位另一位采购员或主管审批", "another buyer or lead of your firm")


def draft_rfq(
    work: UnitOfWork, actor: Actor, asked: RfqAsked, *, rfq_id: int | None = None, expected_version: int | None = None,
    pooled: bool = False,
) -> Rfq:  # fmt: skip
    """A draft, or one said anew, which then waits for approval again. Nobody outside the firm learns of it.

    pooled: a new one, for several firms together; its lines stay.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    require(actor, Role.BUYER)
    if actor.party_id is None:
        raise NotFound
    decisions.check_asked(asked, today_of(work.now))
    decisions.check_days(asked.closes_at, asked.award_by, work.now, today_of(asked.closes_at))
    if asked.category_id is not None:
        category_of(work, actor, asked.category_id)
    if rfq_id is None:
        rfq = Rfq(
            buyer_id=actor.party_id, number=asked.number.strip(), title="", currency="", incoterm=asked.incoterm,
            closes_at=asked.closes_at, award_by=asked.award_by, written_by=actor.user_id, pooled=pooled,
        )  # fmt: skip
    else:
        rfq = rfq_to_move(work, actor, rfq_id, "draft_rfq", duty=(Role.BUYER,), expected_version=expected_version or 0)
        if rfq.pooled:
            decisions.check_pooled_lines(standing_lines(work, actor, rfq), asked.lines, rfq.currency, asked.currency)
    _check_number(work, actor, asked.number.strip(), rfq.id)
    rfq.number, rfq.title, rfq.note = asked.number.strip(), asked.title.strip(), asked.note.strip()
    rfq.currency, rfq.incoterm, rfq.category_id = asked.currency, asked.incoterm, asked.category_id
    rfq.closes_at, rfq.award_by = asked.closes_at, asked.award_by
    rfq.written_by, rfq.approved_by = actor.user_id, None
    work.add(rfq)
    assert rfq.id is not None
    _invite(work, actor, rfq.id, asked.invitee_ids)
    for line in work.all(rfq_lines_visible_to(actor).where(col(RfqLine.rfq_id) == rfq.id)):
        work.session.delete(line)
    work.session.flush()
    _ask(work, rfq, asked.lines)
    work.record(RfqDrafted(rfq_id=rfq.id))
    return rfq


def _check_number(work: UnitOfWork, actor: Actor, number: str, rfq_id: int | None) -> None:
    own = rfqs_visible_to(actor).where(col(Rfq.buyer_id) == actor.party_id, col(Rfq.number) == number)
    if any(row.id != rfq_id for row in work.rows(own)):
        raise Invalid("number", f"you have a request numbered {number} already", f"询价单号 {number} 已存在")


def _ask(work: UnitOfWork, rfq: Rfq, lines: Sequence[RfqLineAsked]) -> None:
    assert rfq.id is not None
    for line in lines:
        work.add(
            RfqLine(
                rfq_id=rfq.id, amendment=rfq.amendment, number=line.number, title=line.title.strip(),
                quantity=line.quantity, unit=line.unit, wanted_on=line.wanted_on,
            )
        )  # fmt: skip


def _invite(work: UnitOfWork, actor: Actor, rfq_id: int, invitee_ids: Sequence[int]) -> None:
    """Whom a draft is meant for, in place of whom it was meant for."""
    for n, firm_id in enumerate(invitee_ids):
        if partner(work, actor, firm_id, field=f"inviteeIds.{n}").id == actor.party_id:
            raise Invalid(f"inviteeIds.{n}", "a firm does not invite itself", "不能邀请本单位")
    for row in work.all(invitations_visible_to(actor).where(col(RfqInvitation.rfq_id) == rfq_id)):
        work.session.delete(row)
    work.session.flush()
    for firm_id in invitee_ids:
        work.add(RfqInvitation(rfq_id=rfq_id, supplier_id=firm_id))


def approve_rfq(work: UnitOfWork, actor: Actor, *, rfq_id: int, expected_version: int) -> Rfq:
    """Another person of the buyer's team approves a draft as it stands. Raises NotFound, NotAllowedNow, Stale."""
    rfq = rfq_to_move(work, actor, rfq_id, "approve_rfq", duty=APPROVERS, expected_version=expected_version)
    if rfq.written_by == actor.user_id:
        raise NotAllowedNow(
            "who writes a request does not approve it: ask another buyer or your lead",
            "编写人不能审批自己的询价单，请由另一位采购员或主管审批", rule=OTHER_PERSON,
        )  # fmt: skip
    rfq.approved_by = actor.user_id
    work.record(RfqApproved(rfq_id=rfq_id))
    return rfq


def issue_rfq(work: UnitOfWork, actor: Actor, *, rfq_id: int, expected_version: int) -> Rfq:
    """All its invitees learn of an approved request, at once; from now on they bid. The key that seals bids is made here.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    rfq = rfq_to_move(work, actor, rfq_id, "issue_rfq", duty=(Role.BUYER,), expected_version=expected_version)
    decisions.check_days(rfq.closes_at, rfq.award_by, work.now, today_of(rfq.closes_at))
    invitees = work.rows(invitations_visible_to(actor).where(col(RfqInvitation.rfq_id) == rfq_id))
    firms = [row.supplier_id for row in invitees]
    for n, firm_id in enumerate(firms):
        partner(work, actor, firm_id, field=f"inviteeIds.{n}")
        require_terms(work, rfq.buyer_id, firm_id)
    check_qualified(work, actor, rfq, firms)
    made = sealing.new_key(decisions.key_bound_to(rfq_id, rfq.closes_at))
    rfq.public_key, rfq.wrapped_key, rfq.issued_at = made.public, made.wrapped, work.now
    work.record(RfqIssued(rfq_id=rfq_id))
    return rfq


def check_qualified(work: UnitOfWork, actor: Actor, rfq: Rfq, firms: Sequence[int]) -> None:
    """None is blocked and one at least is qualified in the request's category; without a category any partner will do."""
    mine = qualifications_visible_to(actor).where(
        col(Qualification.buyer_id) == rfq.buyer_id, col(Qualification.supplier_id).in_(firms),
        col(Qualification.category_id) == rfq.category_id,
    )  # fmt: skip
    on = today_of(work.now)
    standings = {q.supplier_id: standing_on(q.state, q.lapses_on, on) for q in work.rows(mine)}
    for n, firm_id in enumerate(firms):
        if standings.get(firm_id) is Standing.BLOCKED:
            raise NotAllowedNow(
                "you have blocked this supplier for this category; leave it out, or have the block lifted",
                "本单位已停用该供应商供应此类物料；请勿邀请，或请主管解除停用",
                fields=(f"inviteeIds.{n}",), rule=BLOCKED_RULE,
            )  # fmt: skip
    fit = {Standing.APPROVED, Standing.CONDITIONAL} & set(standings.values()) if rfq.category_id else firms
    if not fit:
        raise Invalid(
            "inviteeIds", "invite one qualified supplier at least", "请至少邀请一家合格供应商", rule=decisions.QUALIFIED
        )


def amend_rfq(
    work: UnitOfWork, actor: Actor, *, rfq_id: int, expected_version: int, text: str,
    closes_at: datetime | None = None, award_by: date | None = None, lines: Sequence[RfqLineAsked] | None = None,
) -> Rfq:  # fmt: skip
    """Change what is asked, or until when, before the close. All invitees are told; every sealed bid is a draft again.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    rfq = rfq_to_move(work, actor, rfq_id, "amend_rfq", duty=(Role.BUYER,), expected_version=expected_version)
    decisions.check_open(rfq.state, rfq.closes_at, work.now)
    auctioning.check_none_runs(work, rfq)
    said = words(text, "text", decisions.LONGEST_QUESTION)
    before = standing_lines(work, actor, rfq)
    closing, awarding = closes_at or rfq.closes_at, award_by or rfq.award_by
    decisions.check_days(closing, awarding, work.now, today_of(closing))
    asked = list(lines) if lines is not None else [
        RfqLineAsked(row.number, row.title, row.quantity, row.unit, row.wanted_on) for row in before.values()
    ]  # fmt: skip
    if lines is not None:
        decisions.check_lines(asked, today_of(work.now))
        decisions.check_kept_lines(before, asked)
        if rfq.pooled:
            decisions.check_pooled_lines(before, asked, rfq.currency, rfq.currency)
    rfq.amendment += 1
    _ask(work, rfq, asked)
    _bind_key(rfq, closing)
    rfq.closes_at, rfq.award_by = closing, awarding
    work.add(RfqAmendment(rfq_id=rfq_id, number=rfq.amendment, text=said, closes_at=closing, amended_at=work.now))
    _reopen_bids(work, rfq_id)
    work.record(RfqAmended(rfq_id=rfq_id, amendment=rfq.amendment))
    return rfq


def _bind_key(rfq: Rfq, closing: datetime) -> None:
    """The key serves the new closing time and no longer the old one."""
    assert rfq.id is not None and rfq.wrapped_key is not None
    was, becomes = (decisions.key_bound_to(rfq.id, instant) for instant in (rfq.closes_at, closing))
    rfq.wrapped_key = sealing.bind_anew(rfq.wrapped_key, was=was, becomes=becomes)


def _reopen_bids(work: UnitOfWork, rfq_id: int) -> None:
    standing = quotations_visible_to(SYSTEM).where(
        col(Quotation.rfq_id) == rfq_id, col(Quotation.state) == QuotationState.SUBMITTED
    )
    for quotation in work.all(standing, lock=True):
        quotation.state = QUOTATION_LIFE.after(quotation.state, "amend_rfq", by=Side.BUYER)
    quoted = invitations_visible_to(SYSTEM).where(
        col(RfqInvitation.rfq_id) == rfq_id, col(RfqInvitation.state) == InvitationState.QUOTED
    )
    for invitation in work.all(quoted, lock=True):
        invitation.state = INVITATION_LIFE.after(invitation.state, "amend_rfq", by=Side.BUYER)


def cancel_rfq(work: UnitOfWork, actor: Actor, *, rfq_id: int, expected_version: int, reason: str) -> Rfq:
    """The buyer gives a request up and tells all invitees why. Bids still sealed are never opened.

    Raises NotFound, NotAllowedNow, Invalid("reason"), Stale.
    """
    rfq = rfq_to_move(work, actor, rfq_id, "cancel_rfq", duty=(Role.BUYER,), expected_version=expected_version)
    lapse_open(work, rfq_id, "cancel_rfq")
    rfq.cancelled = words(reason, "reason", decisions.LONGEST_REASON)
    rfq.wrapped_key = None
    assert rfq.state is RfqState.CANCELLED
    work.record(RfqCancelled(rfq_id=rfq_id))
    return rfq
