"""What people do about requisitions: draft, submit, approve, reject, turn into a request or an order, finish; set the rules."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import col

from chain.firms.verbs import partner
from chain.qualification.categories import category_of
from collaboration.orders.forms import LineAsked, WantedDay
from collaboration.orders.verbs import place_order
from collaboration.requisitions import decisions
from collaboration.requisitions.decisions import Approval, Needed
from collaboration.requisitions.events import (
    ApprovalRulesSet,
    RequisitionApproved,
    RequisitionDrafted,
    RequisitionFinished,
    RequisitionOrdered,
    RequisitionRejected,
    RequisitionSettled,
    RequisitionSourced,
    RequisitionSubmitted,
)
from collaboration.requisitions.lifecycle import REQUISITION_LIFE, RequisitionSide
from collaboration.requisitions.reads import APPROVERS, REQUESTERS, approval_rules, lines_of, may_decide
from collaboration.requisitions.tables import ApprovalRule, Requisition, RequisitionLine
from collaboration.requisitions.visibility import (
    approval_rules_visible_to,
    requisition_lines_visible_to,
    requisitions_visible_to,
)
from collaboration.sourcing.forms import RfqAsked, RfqLineAsked
from collaboration.sourcing.lifecycle import RfqState
from collaboration.sourcing.reads import rfqs_by_id
from collaboration.sourcing.tables import Incoterm
from collaboration.sourcing.verbs import draft_rfq
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Stale
from kernel.texts import words
from kernel.work import UnitOfWork

AWARDED = (RfqState.AWARDED, RfqState.PARTLY_AWARDED)
GIVEN_UP = (RfqState.NOT_AWARDED, RfqState.CANCELLED)


def _to_move(work: UnitOfWork, actor: Actor, requisition_id: int, expected_version: int) -> Requisition:
    """One of the actor's firm, locked, in the version it read. Raises NotFound, Stale."""
    own = requisitions_visible_to(actor).where(col(Requisition.id) == requisition_id)
    requisition = work.one(own, lock=True, field="requisitionId")
    if requisition.version != expected_version:
        raise Stale(requisition.version)
    requisition.version += 1
    return requisition


def _check_requester(actor: Actor, requisition: Requisition) -> None:
    if requisition.requested_by != actor.user_id:
        raise NotAllowedNow(
            "this is done by whoever asked for it", "该操作由请购人本人办理",
            rule=decisions.OWN,
        )  # fmt: skip


def draft_requisition(
    work: UnitOfWork, actor: Actor, needed: Needed, *, requisition_id: int | None = None,
    expected_version: int | None = None,
) -> Requisition:  # fmt: skip
    """What somebody needs, or needs differently. Raises NotFound, NotAllowedNow, Invalid, Stale."""
    require(actor, *REQUESTERS)
    if actor.party_id is None:
        raise NotFound
    decisions.check_needed(needed, today_of(work.now))
    if needed.category_id is not None:
        category_of(work, actor, needed.category_id)
    if (
        needed.supplier_id is not None
        and partner(work, actor, needed.supplier_id, field="supplierId").id == actor.party_id
    ):
        raise Invalid("supplierId", "a firm buys nothing of itself", "不能向本单位请购")
    if requisition_id is None:
        found = Requisition(firm_id=actor.party_id, number="", title="", currency="", requested_by=actor.user_id)
    else:
        found = _to_move(work, actor, requisition_id, expected_version or 0)
        _check_requester(actor, found)
        found.state = REQUISITION_LIFE.after(found.state, "draft_requisition", by=RequisitionSide.REQUESTER)
    _check_number(work, actor, needed.number.strip(), found.id)
    found.number, found.title, found.note = needed.number.strip(), needed.title.strip(), needed.note.strip()
    found.currency, found.category_id, found.supplier_id = needed.currency, needed.category_id, needed.supplier_id
    found.approver_id, found.decided_by, found.decided_at, found.reason = None, None, None, ""
    work.add(found)
    assert found.id is not None
    for old in work.all(requisition_lines_visible_to(actor).where(col(RequisitionLine.requisition_id) == found.id)):
        work.session.delete(old)
    work.session.flush()
    work.session.add_all(
        RequisitionLine(
            requisition_id=found.id, number=line.number, title=line.title.strip(), quantity=line.quantity,
            unit=line.unit, unit_price=line.unit_price, wanted_on=line.wanted_on,
        )
        for line in needed.lines
    )  # fmt: skip
    work.record(RequisitionDrafted(requisition_id=found.id))
    return found


def _check_number(work: UnitOfWork, actor: Actor, number: str, requisition_id: int | None) -> None:
    own = requisitions_visible_to(actor).where(col(Requisition.number) == number)
    if any(row.id != requisition_id for row in work.rows(own)):
        raise Invalid("number", f"you have a requisition numbered {number} already", f"请购单号 {number} 已存在")


def submit_requisition(work: UnitOfWork, actor: Actor, *, requisition_id: int, expected_version: int) -> Requisition:
    """Hand it to whom the firm's rules name for its amount, category and supplier. Raises NotFound, NotAllowedNow, Invalid, Stale."""
    found = _to_move(work, actor, requisition_id, expected_version)
    require(actor, *REQUESTERS)
    _check_requester(actor, found)
    found.state = REQUISITION_LIFE.after(found.state, "submit_requisition", by=RequisitionSide.REQUESTER)
    here = {person.id for person in _people(work, actor)}
    rules = [
        Approval(r.from_amount, r.approver_id, r.currency, r.category_id, r.supplier_id)
        for r in approval_rules(work, actor) if r.approver_id in here
    ]  # fmt: skip
    found.approver_id = decisions.approver_of(
        rules, amount=decisions.worth(lines_of(work, actor, [requisition_id])), money=found.currency,
        category_id=found.category_id, supplier_id=found.supplier_id, requested_by=actor.user_id,
    )  # fmt: skip
    work.record(RequisitionSubmitted(requisition_id=requisition_id))
    return found


def _people(work: UnitOfWork, actor: Actor) -> list[Person]:
    """People of the firm who may be named as approvers today."""
    own = people_visible_to(SYSTEM).where(col(Person.party_id) == actor.party_id, col(Person.closed_at).is_(None))
    return [one for one in work.all(own) if not {role.value for role in APPROVERS}.isdisjoint(one.roles.split())]


def _decided(work: UnitOfWork, actor: Actor, requisition_id: int, expected_version: int, verb: str) -> Requisition:
    found = _to_move(work, actor, requisition_id, expected_version)
    require(actor, *APPROVERS)
    if found.requested_by == actor.user_id:
        raise NotAllowedNow(
            "nobody approves what he asked for himself", "不能审批本人的请购单", rule=decisions.NEVER_OWN
        )
    if not may_decide(actor, found):
        raise NotAllowedNow(
            "your firm's approval rules name somebody else for this one", "按本单位审批规则，该请购单由其他人员审批",
            rule=decisions.NAMED,
        )  # fmt: skip
    found.state = REQUISITION_LIFE.after(found.state, verb, by=RequisitionSide.APPROVER)
    found.decided_by, found.decided_at = actor.user_id, work.now
    return found


def approve_requisition(work: UnitOfWork, actor: Actor, *, requisition_id: int, expected_version: int) -> Requisition:
    """Whom the rules name, or a lead, approves it; never one's own. Raises NotFound, NotAllowedNow, Stale."""
    found = _decided(work, actor, requisition_id, expected_version, "approve_requisition")
    work.record(RequisitionApproved(requisition_id=requisition_id))
    return found


def reject_requisition(
    work: UnitOfWork, actor: Actor, *, requisition_id: int, expected_version: int, reason: str
) -> Requisition:
    """The same person says no, and why. Raises NotFound, NotAllowedNow, Invalid("reason"), Stale."""
    found = _decided(work, actor, requisition_id, expected_version, "reject_requisition")
    found.reason = words(reason, "reason", decisions.LONGEST_REASON)
    work.record(RequisitionRejected(requisition_id=requisition_id))
    return found


def source_requisition(
    work: UnitOfWork, actor: Actor, *, requisition_id: int, expected_version: int, number: str, incoterm: Incoterm,
    closes_at: datetime, award_by: date, invitee_ids: Sequence[int],
) -> Requisition:  # fmt: skip
    """An approved one becomes the draft of a request for quotation. Raises NotFound, NotAllowedNow, Invalid, Stale."""
    found = _to_move(work, actor, requisition_id, expected_version)
    require(actor, Role.BUYER)
    found.state = REQUISITION_LIFE.after(found.state, "source_requisition", by=RequisitionSide.BUYER)
    lines = [
        RfqLineAsked(line.number, line.title, line.quantity, line.unit, line.wanted_on)
        for line in lines_of(work, actor, [requisition_id])
    ]
    asked = RfqAsked(
        number=number, title=found.title, currency=found.currency, incoterm=incoterm, closes_at=closes_at,
        award_by=award_by, lines=lines, invitee_ids=invitee_ids, category_id=found.category_id,
    )  # fmt: skip
    rfq = draft_rfq(work, actor, asked)
    assert rfq.id is not None
    found.rfq_id = rfq.id
    work.record(RequisitionSourced(requisition_id=requisition_id, rfq_id=rfq.id))
    return found


def order_requisition(
    work: UnitOfWork, actor: Actor, *, requisition_id: int, expected_version: int, seller_id: int, number: str,
    items: Mapping[int, tuple[int, Decimal]], conditional_reason: str | None = None,
) -> Requisition:  # fmt: skip
    """An approved one becomes an order for no more than was approved.

    items: line number -> (the seller's item, price per unit asked for). Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    found = _to_move(work, actor, requisition_id, expected_version)
    require(actor, Role.BUYER)
    found.state = REQUISITION_LIFE.after(found.state, "order_requisition", by=RequisitionSide.BUYER)
    if found.supplier_id not in (None, seller_id):
        raise Invalid("sellerId", "this was approved for another supplier", "该请购单批准的是另一家供应商")
    needed = lines_of(work, actor, [requisition_id])
    if {line.number for line in needed} != set(items):
        raise Invalid("lines", "say item and price of every line, once", "请为每一行填写物料与价格")
    lines = [
        LineAsked(
            number=line.number, item_id=items[line.number][0], quantity=line.quantity, unit_price=items[line.number][1],
            schedules=[WantedDay(line.wanted_on, line.quantity)], unit=line.unit,
        )
        for line in needed
    ]  # fmt: skip
    decisions.check_within(decisions.worth(lines), decisions.worth(needed))
    order = place_order(
        work, actor, seller_id=seller_id, number=number, currency=found.currency, lines=lines,
        conditional_reason=conditional_reason,
    )  # fmt: skip
    found.order_id = order.id
    work.record(RequisitionOrdered(requisition_id=requisition_id))
    return found


def settle_requisition(work: UnitOfWork, *, requisition_id: int) -> None:
    """Its request for quotation is decided: ordered, or approved again where nothing came of it. Safe to run twice."""
    found = work.one(requisitions_visible_to(SYSTEM).where(col(Requisition.id) == requisition_id), lock=True)
    (rfq,) = rfqs_by_id(work, SYSTEM, [found.rfq_id or 0])
    if rfq.state not in (*AWARDED, *GIVEN_UP) or not REQUISITION_LIFE.verbs(found.state, Side.SYSTEM):
        return
    outcome = "awarded" if rfq.state in AWARDED else "not_awarded"
    found.state = REQUISITION_LIFE.after(found.state, "settle_requisition", by=Side.SYSTEM, outcome=outcome)
    if outcome == "not_awarded":
        found.rfq_id = None
    found.version += 1
    work.record(RequisitionSettled(requisition_id=requisition_id, state=found.state.value))


def finish_requisition(work: UnitOfWork, actor: Actor, *, requisition_id: int, expected_version: int) -> Requisition:
    """Whoever asked has what was asked for. Raises NotFound, NotAllowedNow, Stale."""
    found = _to_move(work, actor, requisition_id, expected_version)
    require(actor, *REQUESTERS)
    _check_requester(actor, found)
    found.state = REQUISITION_LIFE.after(found.state, "finish_requisition", by=RequisitionSide.REQUESTER)
    work.record(RequisitionFinished(requisition_id=requisition_id))
    return found


def set_approval_rules(work: UnitOfWork, actor: Actor, rules: Sequence[Approval]) -> None:
    """A lead says who approves what from now on, in place of what held; what waits, waits for whom it waited.

    Raises NotFound, NotAllowedNow, Invalid.
    """
    require(actor, Role.LEAD)
    assert actor.party_id is not None
    decisions.check_rules(rules)
    here = {person.id for person in _people(work, actor)}
    for n, rule in enumerate(rules):
        if rule.approver_id not in here:
            raise NotFound(f"rules.{n}.approverId")
        if rule.category_id is not None:
            category_of(work, actor, rule.category_id)
        if rule.supplier_id is not None:
            partner(work, actor, rule.supplier_id, field=f"rules.{n}.supplierId")
    for old in work.all(approval_rules_visible_to(actor)):
        work.session.delete(old)
    work.session.flush()
    work.session.add_all(
        ApprovalRule(
            firm_id=actor.party_id, currency=rule.currency, from_amount=rule.from_amount, category_id=rule.category_id,
            supplier_id=rule.supplier_id, approver_id=rule.approver_id,
        )
        for rule in rules
    )  # fmt: skip
    work.session.flush()
    work.record(ApprovalRulesSet(rules=len(rules)))
