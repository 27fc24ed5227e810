"""What people of a firm ask about its requisitions and its rules of approval."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from collaboration.requisitions.lifecycle import REQUISITION_LIFE, RequisitionSide, RequisitionState
from collaboration.requisitions.tables import ApprovalRule, Requisition, RequisitionLine
from collaboration.requisitions.visibility import (
    approval_rules_visible_to,
    requisition_lines_visible_to,
    requisitions_visible_to,
)
from kernel.access import Actor, Role
from kernel.paging import Page, page
from kernel.work import UnitOfWork

REQUESTERS = (Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD)
APPROVERS = REQUESTERS
"""Roles a named approver may have; where none is named, a lead decides."""


def requisitions(
    work: UnitOfWork, actor: Actor, *, states: Collection[RequisitionState] | None, to_decide: bool, first: int | None,
    after: str | None,
) -> Page:  # fmt: skip
    """One's firm's, newest first. to_decide: those that wait for this very person."""
    visible = requisitions_visible_to(actor)
    if states:
        visible = visible.where(col(Requisition.state).in_(list(states)))
    if to_decide:
        visible = _waiting_for(actor, visible)
    return page(work, visible, Requisition, first=first, after=after)


def _waiting_for(actor: Actor, visible: Select[Requisition]) -> Select[Requisition]:
    mine = col(Requisition.approver_id) == actor.user_id
    if actor.has(Role.LEAD):
        mine = mine | col(Requisition.approver_id).is_(None)
    return visible.where(
        mine, col(Requisition.state) == RequisitionState.WAITING, col(Requisition.requested_by) != actor.user_id
    )


def requisitions_to_decide(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Those that wait for this very person."""
    waiting = _waiting_for(actor, requisitions_visible_to(actor))
    return work.rows(waiting.order_by(col(Requisition.id)).limit(most))


def requisitions_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(requisitions_visible_to(actor).where(col(Requisition.id).in_(numbers)))


def lines_of(work: UnitOfWork, actor: Actor, requisition_ids: Collection[int]) -> Sequence[Any]:
    own = requisition_lines_visible_to(actor).where(col(RequisitionLine.requisition_id).in_(requisition_ids))
    return work.rows(own.order_by(col(RequisitionLine.requisition_id), col(RequisitionLine.number)))


def requisitions_of_rfq(work: UnitOfWork, actor: Actor, rfq_id: int) -> Sequence[Any]:
    return work.rows(requisitions_visible_to(actor).where(col(Requisition.rfq_id) == rfq_id))


def approval_rules(work: UnitOfWork, actor: Actor) -> Sequence[Any]:
    """All there are, at most 200."""
    return work.rows(approval_rules_visible_to(actor).order_by(col(ApprovalRule.currency), col(ApprovalRule.id)))


def rules_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(approval_rules_visible_to(actor).where(col(ApprovalRule.id).in_(numbers)))


def may_decide(actor: Actor, requisition: Any) -> bool:
    """Whether this person decides on it: named by the rules, or a lead where nobody is; never the requester."""
    if requisition.requested_by == actor.user_id:
        return False
    if requisition.approver_id is None:
        return actor.has(Role.LEAD)
    return bool(requisition.approver_id == actor.user_id and actor.has(*APPROVERS))


def requisition_verbs(actor: Actor, requisition: Any) -> list[str]:
    """What this person may do to it now: the buttons of its page."""
    sides = []
    if requisition.requested_by == actor.user_id and actor.has(*REQUESTERS):
        sides.append(RequisitionSide.REQUESTER)
    if may_decide(actor, requisition):
        sides.append(RequisitionSide.APPROVER)
    if actor.has(Role.BUYER):
        sides.append(RequisitionSide.BUYER)
    return [verb for side in sides for verb in REQUISITION_LIFE.verbs(requisition.state, side)]
