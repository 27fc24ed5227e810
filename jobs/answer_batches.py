"""Many orders are answered, or decided on, one by one: others write between two of them."""

from collaboration.answer_batches.reads import batches_by_id, waiting_answers
from collaboration.answer_batches.verbs import finish_batch, refuse_answer, settle_answer
from jobs.acting import as_person
from kernel.access import SYSTEM
from kernel.errors import DomainError, Rule
from kernel.progress.verbs import tell_progress
from kernel.work import unit_of_work

GONE = Rule("answer_batch.person", "由其他同事重新提交", "a colleague, by doing it anew")
TOLD_EVERY = 20


def settle_answer_batch(event_id: int) -> None:
    """Do what a batch says of each order, each in a transaction of its own. Safe to run twice: what has its outcome is left."""
    with unit_of_work(writes=False) as work:
        event = work.unclaimed(event_id, by="settle_answer_batch")
        if event is None:
            return
        (batch,) = batches_by_id(work, SYSTEM, [event.facts["batch_id"]])
        waiting = waiting_answers(work, batch.id)
    if batch.job_id is None:
        with unit_of_work() as work:
            work.claim(event_id, by="settle_answer_batch")  # all of it was done while somebody waited
        return
    for position, answer_id in enumerate(waiting, start=batch.orders - len(waiting)):
        if position % TOLD_EVERY == 0:
            with unit_of_work() as work:
                tell_progress(work, batch.job_id, progress=position, total=batch.orders, message="answering")
        try:
            with as_person(batch.by_user, GONE, writes=True) as work:
                settle_answer(work, work.actor, answer_id=answer_id)
        except DomainError as refused:
            with unit_of_work() as work:
                refuse_answer(work, answer_id=answer_id, refused=refused)
    with unit_of_work() as work:
        if work.claim(event_id, by="settle_answer_batch"):
            finish_batch(work, batch_id=batch.id)
