"""A run and its pieces are known to the firm that asked, and to nobody else."""

from sqlalchemy import Select, select
from sqlmodel import col

from kernel.access import Actor, Role, seen_by
from oversight.runs.tables import ResilienceChunk, ResilienceRun


def runs_visible_to(actor: Actor) -> Select[ResilienceRun]:
    runs = select(ResilienceRun)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, runs)
    return seen_by(actor, runs.where(col(ResilienceRun.owner_id) == (actor.party_id or -1)))


def chunks_visible_to(actor: Actor) -> Select[ResilienceChunk]:
    chunks = select(ResilienceChunk)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, chunks)
    return seen_by(actor, chunks.where(col(ResilienceChunk.owner_id) == (actor.party_id or -1)))
