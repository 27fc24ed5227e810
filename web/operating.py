"""The operator's page: whether the installation can work, what waits, which jobs are dead. No trade data."""

from flask import Blueprint, render_template
from redis import RedisError

from kernel import clock, health, outbox
from kernel.access import Role, require
from kernel.accounts.verbs import actor_of
from kernel.errors import NotFound
from web import seated


def blueprint() -> Blueprint:
    made = Blueprint("operating", __name__)

    @made.get("/jobs")
    def jobs() -> str:
        sitting = seated.person()
        if sitting is None or seated.audience(sitting) != "operator":
            raise NotFound
        require(actor_of(sitting), Role.OPERATOR)
        settings = seated.settings()
        problems = health.readiness(settings)
        try:
            dead = health.dead_jobs(settings)
        except RedisError:
            dead = []
        unsent, going = outbox.counts()
        return render_template(
            "jobs.html", problems=problems, dead=dead, unsent=unsent, going=going, as_of=clock.now(),
        )  # fmt: skip

    return made
