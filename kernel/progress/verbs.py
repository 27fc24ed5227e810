"""Begin, advance and end a job's account of itself."""

from sqlmodel import col

from kernel.access import SYSTEM
from kernel.progress.tables import Job, JobState
from kernel.progress.visibility import jobs_visible_to
from kernel.work import UnitOfWork


def queue_job(work: UnitOfWork, *, party_id: int, kind: str, subject: tuple[str, int]) -> Job:
    return work.add(
        Job(party_id=party_id, kind=kind, subject_kind=subject[0], subject_id=subject[1], queued_at=work.now)
    )


def tell_progress(work: UnitOfWork, job_id: int, *, progress: int, total: int, message: str = "") -> None:
    """A running job says how far it is. A finished one stays finished: a second run tells nothing."""
    job = work.one(jobs_visible_to(SYSTEM).where(col(Job.id) == job_id), lock=True)
    if job.state in (JobState.DONE, JobState.FAILED):
        return
    job.state, job.progress, job.total, job.message = JobState.RUNNING, progress, total, message
    job.started_at = job.started_at or work.now


def finish_job(work: UnitOfWork, job_id: int, *, state: JobState, message: str = "") -> None:
    job = work.one(jobs_visible_to(SYSTEM).where(col(Job.id) == job_id), lock=True)
    job.state, job.message, job.finished_at = state, message, work.now
    job.started_at = job.started_at or work.now
    if state is JobState.DONE:
        job.progress = job.total = max(job.total, 1)
