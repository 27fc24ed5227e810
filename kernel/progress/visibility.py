"""A job is known to the firm that asked for it."""

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, Role, seen_by
from kernel.progress.tables import Job


def jobs_visible_to(actor: Actor) -> Select[Job]:
    jobs = select(Job)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, jobs)
    party = -1 if actor.party_id is None else actor.party_id
    return seen_by(actor, jobs.where(col(Job.party_id) == party))
