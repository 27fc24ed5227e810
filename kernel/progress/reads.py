"""What people ask about long work."""

from sqlmodel import col

from kernel.access import Actor
from kernel.progress.tables import Job
from kernel.progress.visibility import jobs_visible_to
from kernel.work import UnitOfWork


def job(work: UnitOfWork, actor: Actor, job_id: int) -> Job:
    return work.one(jobs_visible_to(actor).where(col(Job.id) == job_id))
