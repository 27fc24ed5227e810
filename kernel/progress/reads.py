"""What people ask about long work."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from kernel.access import Actor
from kernel.progress.tables import Job
from kernel.progress.visibility import jobs_visible_to
from kernel.work import UnitOfWork


def job(work: UnitOfWork, actor: Actor, job_id: int) -> Job:
    return work.one(jobs_visible_to(actor).where(col(Job.id) == job_id))


def jobs_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(jobs_visible_to(actor).where(col(Job.id).in_(numbers)))
