"""A delivery is known to who sends it and who receives it."""

from sqlalchemy import Select, or_, select
from sqlmodel import col

from collaboration.logistics.tables import DespatchAdvice, DespatchLine, ReceiptAdvice, ReceiptLine
from kernel.access import Actor, Role, lies_under, seen_by


def despatch_advices_visible_to(actor: Actor) -> Select[DespatchAdvice]:
    advices = select(DespatchAdvice)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, advices)
    party = -1 if actor.party_id is None else actor.party_id
    both = or_(col(DespatchAdvice.seller_id) == party, col(DespatchAdvice.buyer_id) == party)
    return seen_by(actor, advices.where(both))


def despatch_lines_visible_to(actor: Actor) -> Select[DespatchLine]:
    return seen_by(
        actor,
        select(DespatchLine).where(
            lies_under(col(DespatchLine.advice_id), despatch_advices_visible_to(actor), col(DespatchAdvice.id))
        ),
    )


def receipts_visible_to(actor: Actor) -> Select[ReceiptAdvice]:
    return seen_by(
        actor,
        select(ReceiptAdvice).where(
            lies_under(col(ReceiptAdvice.advice_id), despatch_advices_visible_to(actor), col(DespatchAdvice.id))
        ),
    )


def receipt_lines_visible_to(actor: Actor) -> Select[ReceiptLine]:
    return seen_by(
        actor,
        select(ReceiptLine).where(
            lies_under(col(ReceiptLine.receipt_id), receipts_visible_to(actor), col(ReceiptAdvice.id))
        ),
    )
