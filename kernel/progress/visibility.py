"""A job is known to the firm that asked for it, the installation's own to its operators."""

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, Role, own_party, seen_by
from kernel.progress.tables import Job


def jobs_visible_to(actor: Actor) -> Select[Job]:
    jobs = select(Job)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, jobs)
    return seen_by(actor, jobs.where(col(Job.party_id) == own_party(actor)))
