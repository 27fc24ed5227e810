"""What people ask about qualification: whom they have qualified, where they stand themselves, what is missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import col

from chain.certificates.decisions import REMIND_DAYS, Needed
from chain.certificates.reads import proofs_between
from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.qualification.decisions import Evidence, evidence, needed_of, standing_on
from chain.qualification.lifecycle import PROPOSAL_LIFE, QUALIFICATION_LIFE, ProposalState, Standing
from chain.qualification.tables import (
    CategorizedItem,
    Qualification,
    QualificationCategory,
    QualificationNote,
    QualificationProposal,
)
from chain.qualification.visibility import (
    assigned_visible_to,
    categories_visible_to,
    notes_visible_to,
    proposals_visible_to,
    qualifications_visible_to,
)
from kernel.access import Actor, Role, Side
from kernel.clock import today_of
from kernel.paging import Page, page
from kernel.work import UnitOfWork

DUTIES = {
    "propose_qualification": {Role.QUALITY}, "approve_qualification": {Role.LEAD}, "decline_qualification": {Role.LEAD},
    "block_supplier": {Role.LEAD}, "unblock_supplier": {Role.LEAD},
}  # fmt: skip


class Sought(StrEnum):
    """What a list of standings is narrowed to."""

    EXPIRING = "expiring"  # something it rests on ends within 60 days
    EXPIRED = "expired"  # conditional because something ran out
    CONDITIONAL = "conditional"
    BLOCKED = "blocked"
    PROPOSED = "proposed"  # waits for a lead


def categories(work: UnitOfWork, actor: Actor) -> Sequence[Any]:
    """The firm's own list, at most 60, by code."""
    own = categories_visible_to(actor).where(col(QualificationCategory.buyer_id) == (actor.party_id or -1))
    return work.rows(own.order_by(col(QualificationCategory.code)))


def categories_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(categories_visible_to(actor).where(col(QualificationCategory.id).in_(numbers)))


def assigned(work: UnitOfWork, actor: Actor, *, category_id: int, first: int | None, after: str | None) -> Page:
    """The items of one of the firm's categories."""
    own = assigned_visible_to(actor).where(col(CategorizedItem.category_id) == category_id)
    return page(work, own, CategorizedItem, first=first, after=after, newest=False)


def qualifications(
    work: UnitOfWork, actor: Actor, *, side: Side | None, sought: Sought | None, first: int | None, after: str | None
) -> Page:
    """Standings the firm has given (BUYER), has itself (SELLER), or both; newest first."""
    return page(work, _sought(work, actor, side, sought), Qualification, first=first, after=after)


def suppliers(work: UnitOfWork, actor: Actor, *, sought: Sought | None, first: int | None, after: str | None) -> Page:
    """The suppliers the firm has given a standing: the rows of the matrix."""
    given = _sought(work, actor, Side.BUYER, sought).with_only_columns(col(Qualification.supplier_id))
    return page(
        work, firms_visible_to(actor).where(col(Firm.id).in_(given)), Firm, first=first, after=after, newest=False
    )


def _sought(work: UnitOfWork, actor: Actor, side: Side | None, sought: Sought | None) -> Any:
    statement = qualifications_visible_to(actor)
    if side is not None:
        end = col(Qualification.buyer_id) if side is Side.BUYER else col(Qualification.supplier_id)
        statement = statement.where(end == actor.party_id)
    today = today_of(work.now)
    state, lapses = col(Qualification.state), col(Qualification.lapses_on)
    past = (state == Standing.APPROVED) & (lapses < today)
    if sought is Sought.EXPIRING:
        statement = statement.where(
            state == Standing.APPROVED, lapses >= today, lapses <= today + timedelta(days=max(REMIND_DAYS))
        )
    elif sought is Sought.EXPIRED:
        statement = statement.where(past | col(Qualification.lapsed_on).is_not(None))
    elif sought is Sought.CONDITIONAL:
        statement = statement.where(past | (state == Standing.CONDITIONAL))
    elif sought is Sought.BLOCKED:
        statement = statement.where(state == Standing.BLOCKED)
    elif sought is Sought.PROPOSED:
        waiting = proposals_visible_to(actor).where(col(QualificationProposal.state) == ProposalState.OPEN)
        waiting = waiting.with_only_columns(col(QualificationProposal.qualification_id))
        statement = statement.where(col(Qualification.id).in_(waiting))
    return statement


def qualifications_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(qualifications_visible_to(actor).where(col(Qualification.id).in_(numbers)))


def standings_of(work: UnitOfWork, actor: Actor, supplier_ids: Collection[int]) -> Sequence[Any]:
    """What standings the actor's firm has given these suppliers."""
    given = qualifications_visible_to(actor).where(
        col(Qualification.buyer_id) == (actor.party_id or -1), col(Qualification.supplier_id).in_(supplier_ids)
    )
    return work.rows(given.order_by(col(Qualification.id)))


def standings_for(
    work: UnitOfWork, actor: Actor, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Standing | None]:
    """(supplier, item) -> today's standing in the category the actor's firm put the item in; absent where in none.

    None: the category is there, and the supplier has no standing in it.
    """
    own = assigned_visible_to(actor).where(
        col(CategorizedItem.item_id).in_({item for _, item in wanted}), col(CategorizedItem.category_id).is_not(None)
    )
    category = {row.item_id: row.category_id for row in work.rows(own)}
    today = today_of(work.now)
    standing = {
        (q.supplier_id, q.category_id): standing_today(q, today)
        for q in standings_of(work, actor, {supplier for supplier, _ in wanted})
    }
    return {(one, item): standing.get((one, category[item])) for one, item in wanted if item in category}


def approved_for(work: UnitOfWork, actor: Actor, wanted: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of (supplier, item) pairs those where the actor's firm has approved the supplier, today, in the item's category."""
    if not wanted:
        return set()
    return {pair for pair, given in standings_for(work, actor, wanted).items() if given is Standing.APPROVED}


@dataclass(frozen=True)
class Known:
    """A standing's number beside what its certificates come to today."""

    id: int
    evidence: Evidence
    needs: tuple[Needed, ...]


def evidence_of(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Known]:
    """What is missing of standings, and until when all is there, as far as the actor may know."""
    found = qualifications_by_id(work, actor, numbers)
    needs = {
        c.id: tuple(map(needed_of, c.needs)) for c in categories_by_id(work, actor, {q.category_id for q in found})
    }
    proofs = proofs_between(work, actor, {(q.buyer_id, q.supplier_id) for q in found})
    today = today_of(work.now)
    return [
        Known(
            q.id,
            evidence(needs[q.category_id], proofs[q.buyer_id, q.supplier_id], q.until, today),
            needs[q.category_id],
        )
        for q in found
    ]


def open_proposals_of(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    waiting = proposals_visible_to(actor).where(
        col(QualificationProposal.qualification_id).in_(numbers),
        col(QualificationProposal.state) == ProposalState.OPEN,
    )
    return work.rows(waiting.order_by(col(QualificationProposal.id)))


def proposals_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(proposals_visible_to(actor).where(col(QualificationProposal.id).in_(numbers)))


def notes_of(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    """What the buyer's people wrote beside standings, newest first."""
    own = notes_visible_to(actor).where(col(QualificationNote.qualification_id).in_(numbers))
    return work.rows(own.order_by(col(QualificationNote.id).desc()))


def standing_today(qualification: Any, today: date) -> Standing:
    return standing_on(qualification.state, qualification.lapses_on, today)


def qualification_verbs(actor: Actor, qualification: Any) -> list[str]:
    """What this person may do to a standing now: the buttons beside it."""
    side = Side.BUYER if qualification.buyer_id == actor.party_id else Side.SELLER
    offered = QUALIFICATION_LIFE.verbs(qualification.state, side)
    return [v for v in offered if v != "approve_qualification" and actor.has(*DUTIES[v])]


def proposal_verbs(actor: Actor, proposal: Any) -> list[str]:
    """A lead decides, unless he proposed it himself."""
    if proposal.by_user == actor.user_id:
        return []
    offered = PROPOSAL_LIFE.verbs(proposal.state, Side.BUYER)
    return [v for v in offered if v != "block_supplier" and actor.has(*DUTIES[v])]
