"""A delivery is known to who sends it and who receives it."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.logistics.tables import DespatchAdvice, DespatchLine, ReceiptAdvice, ReceiptLine
from kernel.access import Actor, Role, seen_by


def despatch_advices_visible_to(actor: Actor) -> Select[DespatchAdvice]:
    advices = select(DespatchAdvice)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, advices)
    party = -1 if actor.party_id is None else actor.party_id
    both = or_(col(DespatchAdvice.seller_id) == party, col(DespatchAdvice.buyer_id) == party)
    return seen_by(actor, advices.where(both))


def despatch_lines_visible_to(actor: Actor) -> Select[DespatchLine]:
    advices = despatch_advices_visible_to(actor).with_only_columns(col(DespatchAdvice.id))
    return seen_by(actor, select(DespatchLine).where(col(DespatchLine.advice_id).in_(advices)))


def receipts_visible_to(actor: Actor) -> Select[ReceiptAdvice]:
    advices = despatch_advices_visible_to(actor).with_only_columns(col(DespatchAdvice.id))
    return seen_by(actor, select(ReceiptAdvice).where(col(ReceiptAdvice.advice_id).in_(advices)))


def receipt_lines_visible_to(actor: Actor) -> Select[ReceiptLine]:
    receipts = receipts_visible_to(actor).with_only_columns(col(ReceiptAdvice.id))
    return seen_by(actor, select(ReceiptLine).where(col(ReceiptLine.receipt_id).in_(receipts)))
