"""A requisition and the rules of approval are known to the people of their firm, and to nobody else."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.requisitions.tables import ApprovalRule, Requisition, RequisitionLine
from kernel.access import Actor, Role, lies_under, seen_by


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def requisitions_visible_to(actor: Actor) -> Select[Requisition]:
    requisitions = select(Requisition)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, requisitions)
    return seen_by(actor, requisitions.where(col(Requisition.firm_id) == _party(actor)))


def requisition_lines_visible_to(actor: Actor) -> Select[RequisitionLine]:
    known = lies_under(col(RequisitionLine.requisition_id), requisitions_visible_to(actor), col(Requisition.id))
    return seen_by(actor, select(RequisitionLine).where(known))


def approval_rules_visible_to(actor: Actor) -> Select[ApprovalRule]:
    return seen_by(actor, select(ApprovalRule).where(col(ApprovalRule.firm_id) == _party(actor)))
