"""Jobs the broker knows of but nobody works on: taken by a worker that died, due for a retry, or gone."""

import logging

from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.executions import Execution
from rq.job import Job, JobStatus
from rq.job_lifecycle import record_job_failure
from rq.serializers import JSONSerializer

ALIVE_SECONDS = 15
"""A worker renews its sign of life well within this; RQ's own would take the job's whole timeout and a minute."""

log = logging.getLogger("chainmaster.relay")


def sign_of_life(worker: str) -> str:
    return f"chainmaster:worker:{worker}"


def held(at: Queue) -> set[str]:
    """Ids of all jobs that need nothing from us: waiting, running, due later, or dead and kept for a person."""
    registries = (at.started_job_registry, at.scheduled_job_registry, at.failed_job_registry)
    return set(at.job_ids).union(*(registry.get_job_ids(cleanup=False) for registry in registries))


def forget(at: Queue, job_id: str) -> None:
    """Remove what is left of a job that stands in no queue, so that its id is free again."""
    try:
        Job.fetch(job_id, connection=at.connection, serializer=JSONSerializer).delete()
    except NoSuchJobError:
        return


def enqueue_due(at: Queue) -> None:
    """Put retries whose time has come back on the queue. RQ's own scheduler would be a process per worker."""
    registry = at.scheduled_job_registry
    for job_id in registry.get_jobs_to_schedule():
        if at.connection.zrem(registry.key, job_id):
            job = _job(at, job_id)
            if job is not None:
                at.enqueue_job(job)


def revive(at: Queue) -> None:
    """Give jobs of dead workers back to the queue; a job that kills its workers is dead after its last try."""
    registry = at.started_job_registry
    for job_id, execution_id in registry.get_job_and_execution_ids(cleanup=False):
        if _is_worked_on(at, job_id, execution_id):
            continue
        if not at.connection.zrem(registry.key, f"{job_id}:{execution_id}"):
            continue  # another relay was faster
        job = _job(at, job_id)
        status = job and job.get_status(refresh=False)
        if job is None or status not in (JobStatus.STARTED, JobStatus.QUEUED):
            continue
        log.warning("%s was left by a worker that died", job_id)
        if status == JobStatus.QUEUED:  # taken, not begun
            at.enqueue_job(job)
            continue
        with at.connection.pipeline() as pipeline:
            if job.should_retry:
                job.retry(at, pipeline)
            else:
                record_job_failure(job, "the worker died during every try", pipeline)
            pipeline.execute()


def _is_worked_on(at: Queue, job_id: str, execution_id: str) -> bool:
    try:
        worker = Execution.fetch(execution_id, job_id, connection=at.connection).worker_name
    except ValueError:  # rq's word for an execution that is no more
        return False
    return bool(at.connection.exists(sign_of_life(worker)))


def _job(at: Queue, job_id: str) -> Job | None:
    try:
        return Job.fetch(job_id, connection=at.connection, serializer=JSONSerializer)
    except NoSuchJobError:
        return None
