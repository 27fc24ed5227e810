"""What people ask about proposals to merge."""

from typing import Any

from sqlmodel import col

from collaboration.merging.lifecycle import MERGER_LIFE, MergerSide
from collaboration.merging.tables import FirmMerger
from collaboration.merging.verbs import may_second
from collaboration.merging.visibility import mergers_visible_to, named_in_mergers
from kernel.access import Actor, Role
from kernel.paging import Page, page
from kernel.work import UnitOfWork


def mergers(work: UnitOfWork, actor: Actor, *, first: int | None, after: str | None) -> Page:
    """The proposals the actor may know of, newest first, with the names of both records."""
    return page(work, named_in_mergers(actor), FirmMerger, first=first, after=after)


def merger(work: UnitOfWork, actor: Actor, merger_id: int) -> Any:
    """One proposal with the names of both records. Raises NotFound."""
    work.one(mergers_visible_to(actor).where(col(FirmMerger.id) == merger_id))
    (found,) = work.rows(named_in_mergers(actor).where(col(FirmMerger.id) == merger_id))
    return found


def merger_verbs(actor: Actor, proposal: Any) -> list[str]:
    """What this person may do to a proposal now: the buttons beside it."""
    found = MERGER_LIFE.verbs(proposal.state, MergerSide.SECOND) if may_second(actor, proposal) else []
    return found + (MERGER_LIFE.verbs(proposal.state, MergerSide.PROPOSER) if actor.has(Role.OPERATOR) else [])
