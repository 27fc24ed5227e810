"""The runs there are and how far they are; what they found stands in ``reads.py``, which loads what computes."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from chain.links.resting import Shown, all_stand
from kernel.access import Actor
from kernel.paging import Page, page
from kernel.work import UnitOfWork
from oversight.runs.lifecycle import RUN_LIFE, RunSide, RunState
from oversight.runs.tables import ResilienceRun
from oversight.runs.verbs import MEASURERS
from oversight.runs.visibility import runs_visible_to


def runs(work: UnitOfWork, actor: Actor, *, chain_id: int, first: int | None, after: str | None) -> Page:
    """The runs of the actor's firm over a chain, newest first."""
    known = runs_visible_to(actor).where(col(ResilienceRun.chain_id) == chain_id)
    return page(work, known, ResilienceRun, first=first, after=after)


def runs_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(runs_visible_to(actor).where(col(ResilienceRun.id).in_(numbers)))


def run_verbs(actor: Actor, run: Any) -> list[str]:
    """What this person may do to a run now."""
    return RUN_LIFE.verbs(run.state, RunSide.OWNER) if actor.has(*MEASURERS) and run.owner_id == actor.party_id else []


def is_concealed(work: UnitOfWork, actor: Actor, run: Any) -> bool:
    """Whether a disclosure that what it found rests on has ended: then it is not told any more."""
    return run.state is RunState.DONE and not all_stand(work, actor, rests_on(run))


def rests_on(run: Any) -> Shown:
    return {(int(owner), run.chain_id): count for owner, count in run.rests_on.items()}
