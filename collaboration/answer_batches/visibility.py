"""What was answered or decided in one act is known to the people of the firm that did it; the others know what came of it."""

from sqlalchemy import Select, select
from sqlmodel import col

from collaboration.answer_batches.tables import AnswerBatch, BatchedAnswer
from kernel.access import Actor, Role, lies_under, seen_by


def answer_batches_visible_to(actor: Actor) -> Select[AnswerBatch]:
    batches = select(AnswerBatch)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, batches)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, batches.where(col(AnswerBatch.firm_id) == party))


def batched_answers_visible_to(actor: Actor) -> Select[BatchedAnswer]:
    under = lies_under(col(BatchedAnswer.batch_id), answer_batches_visible_to(actor), col(AnswerBatch.id))
    return seen_by(actor, select(BatchedAnswer).where(under))
