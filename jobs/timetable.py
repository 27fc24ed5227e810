"""What happens because it is time: when (UTC, cron) and which job."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from redis import Redis
from rq.cron import CronJob, CronScheduler
from rq.exceptions import DuplicateJobError

from jobs import data_requests, nightly
from jobs.answer_clocks import watch_answer_clocks
from jobs.certificates import watch_certificates
from jobs.frameworks import expire_frameworks
from jobs.lapses import lapse_due_responses
from jobs.pooling import close_due_pools
from jobs.publishing import publish_officials_figures
from jobs.queues import NOTICES, queue
from jobs.scorecards import score_what_was_due
from jobs.sharing_notices import tell_of_ended_grants
from jobs.sourcing import close_due_rfqs
from jobs.statements import propose_statements

log = logging.getLogger("chainmaster.timetable")


@dataclass(frozen=True)
class At:
    """``when`` is a cron line in UTC; China is eight hours ahead."""

    when: str
    queue: str
    job: Callable[[], None]


TIMETABLE: tuple[At, ...] = (
    #  when          queue    job
    At("* * * * *", NOTICES, close_due_rfqs),
    At("* * * * *", NOTICES, close_due_pools),
    At("10 22 * * *", NOTICES, watch_certificates),
    At("30 17 * * *", NOTICES, score_what_was_due),
    At("20 16 * * *", NOTICES, publish_officials_figures),
    At("5 16 * * *", NOTICES, data_requests.expire_data_requests),
    At("15 16 * * *", NOTICES, tell_of_ended_grants),
    At("2 16 * * *", NOTICES, expire_frameworks),
    At("25 16 * * *", NOTICES, propose_statements),
    At("*/10 * * * *", NOTICES, lapse_due_responses),
    At("*/5 * * * *", NOTICES, watch_answer_clocks),
    At("10 18 * * *", NOTICES, nightly.verify_audit_trail),
    At("40 18 * * *", NOTICES, nightly.forget_what_has_ended),
)


class _Entry(CronJob):
    """rq's own entry would pickle its job, and two timetables would enqueue it twice."""

    def enqueue(self, connection: Redis) -> None:  # type: ignore[override]
        assert self.func is not None and self.next_enqueue_time is not None
        job_id = f"{self.func.__name__}-{self.next_enqueue_time:%Y%m%dT%H%M}"
        try:
            # The result is kept for a day: until then the id tells a second timetable that this time is taken.
            queue(self.queue_name, connection).enqueue(self.func_name, job_id=job_id, unique=True, result_ttl=86_400)
        except DuplicateJobError:
            log.debug("%s was enqueued by another timetable", job_id)


def run(broker: Redis) -> None:
    """Watch the clock until SIGTERM."""
    scheduler(broker).start()  # type: ignore[no-untyped-call]


def scheduler(broker: Redis, timetable: tuple[At, ...] = TIMETABLE) -> CronScheduler:
    made = CronScheduler(broker, logging_level="WARNING")
    made.get_jobs().extend(_Entry(at.queue, func=at.job, cron=at.when) for at in timetable)
    return made
