"""A standing is known to the buyer who gives it and the supplier who has it; proposals and notes to the buyer alone."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from chain.qualification.tables import (
    CategorizedItem,
    Qualification,
    QualificationCategory,
    QualificationNote,
    QualificationProposal,
)
from kernel.access import Actor, Role, seen_by


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def categories_visible_to(actor: Actor) -> Select[QualificationCategory]:
    """A buyer's own, and those in which the firm has a standing: what it is called, what it needs."""
    categories = select(QualificationCategory)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, categories)
    standing = select(col(Qualification.category_id)).where(col(Qualification.supplier_id) == _party(actor))
    known = or_(col(QualificationCategory.buyer_id) == _party(actor), col(QualificationCategory.id).in_(standing))
    return seen_by(actor, categories.where(known))


def assigned_visible_to(actor: Actor) -> Select[CategorizedItem]:
    """How a buyer sorts what it buys is its own."""
    assigned = select(CategorizedItem)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, assigned)
    return seen_by(actor, assigned.where(col(CategorizedItem.buyer_id) == _party(actor)))


def qualifications_visible_to(actor: Actor) -> Select[Qualification]:
    qualifications = select(Qualification)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, qualifications)
    ends = (col(Qualification.buyer_id) == _party(actor), col(Qualification.supplier_id) == _party(actor))
    return seen_by(actor, qualifications.where(or_(*ends)))


def proposals_visible_to(actor: Actor) -> Select[QualificationProposal]:
    proposals = select(QualificationProposal)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, proposals)
    return seen_by(actor, proposals.where(col(QualificationProposal.buyer_id) == _party(actor)))


def notes_visible_to(actor: Actor) -> Select[QualificationNote]:
    return seen_by(actor, select(QualificationNote).where(col(QualificationNote.buyer_id) == _party(actor)))
