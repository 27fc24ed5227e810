"""What people ask of causes: which misses have none agreed, what was agreed, summed by partner."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col

from collaboration.causes.decisions import standing
from collaboration.causes.lifecycle import CAUSE_LIFE, CauseState
from collaboration.causes.tables import CauseRecord, MissCause, MissParty, StatedCause
from collaboration.causes.visibility import cause_records_visible_to, side_of, stated_causes_visible_to
from kernel.access import Actor, Role, Side
from kernel.paging import Page, page
from kernel.work import UnitOfWork

DUTIES = {Side.BUYER: (Role.BUYER, Role.QUALITY), Side.SELLER: (Role.SALES, Role.QUALITY)}
"""Whose duty causes are."""
MOST_TOTALS = 500


@dataclass(frozen=True)
class CauseSought:
    """Which cause records."""

    side: Side | None = None
    partner_id: int | None = None
    order_id: int | None = None
    state: CauseState | None = None


def _filtered(actor: Actor, sought: CauseSought) -> Any:
    found = cause_records_visible_to(actor)
    ends = (col(CauseRecord.buyer_id), col(CauseRecord.seller_id))
    if sought.side is not None:
        mine, theirs = ends if sought.side is Side.BUYER else ends[::-1]
        found = found.where(mine == actor.party_id)
        if sought.partner_id is not None:
            found = found.where(theirs == sought.partner_id)
    elif sought.partner_id is not None:
        found = found.where((ends[0] == sought.partner_id) | (ends[1] == sought.partner_id))
    if sought.order_id is not None:
        found = found.where(col(CauseRecord.order_id) == sought.order_id)
    if sought.state is not None:
        found = found.where(col(CauseRecord.state) == sought.state)
    return found


def cause_records(work: UnitOfWork, actor: Actor, sought: CauseSought, *, first: int | None, after: str | None) -> Page:
    """Newest first."""
    return page(work, _filtered(actor, sought), CauseRecord, first=first, after=after)


def cause_records_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(cause_records_visible_to(actor).where(col(CauseRecord.id).in_(numbers)))


def stated_of(work: UnitOfWork, actor: Actor, record_ids: Collection[int]) -> Sequence[Any]:
    """What both firms stated, oldest first."""
    own = stated_causes_visible_to(actor).where(col(StatedCause.record_id).in_(record_ids))
    return work.rows(own.order_by(col(StatedCause.id)))


def stated_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(stated_causes_visible_to(actor).where(col(StatedCause.id).in_(numbers)))


def side(record: Any, actor: Actor) -> Side:
    return side_of(record, actor)


def side_by(record: Any, party_id: int) -> Side:
    """On which side of a record a firm stands."""
    return Side.BUYER if party_id == record.buyer_id else Side.SELLER


def open_verbs(actor: Actor, record: Any, stated: Sequence[Any]) -> list[str]:
    """What this person may do to a record now: the buttons of its page."""
    own = side_of(record, actor)
    if own not in DUTIES or not actor.has(*DUTIES[own]):
        return []
    closed = set()
    if all(one.by_party == actor.party_id for one in standing(stated).values()):
        closed.add("agree_to_cause")
    if record.reopening_by == actor.party_id:
        closed.add("reopen_cause")
    return [verb for verb in CAUSE_LIFE.verbs(record.state, own) if verb not in closed]


def count_causes(work: UnitOfWork, actor: Actor, sought: CauseSought) -> list[tuple[CauseState, int]]:
    """How many misses have no agreed cause, and how many have one."""
    found = _filtered(actor, sought).with_only_columns(col(CauseRecord.state), func.count())
    counted = {row.state: row[1] for row in work.session.connection().execute(found.group_by(col(CauseRecord.state)))}
    return [(state, counted.get(state, 0)) for state in CauseState]


@dataclass(frozen=True)
class CauseTotal:
    """So many misses of a partner with one agreed cause and party; both empty: none is agreed."""

    partner_id: int
    cause: MissCause | None
    party: MissParty | None
    misses: int


def cause_totals(work: UnitOfWork, actor: Actor, sought: CauseSought) -> list[CauseTotal]:
    """Per partner, most misses first. sought: its side says who is the partner."""
    theirs = col(CauseRecord.seller_id) if sought.side is Side.BUYER else col(CauseRecord.buyer_id)
    columns = (theirs, col(CauseRecord.cause), col(CauseRecord.party))
    found = _filtered(actor, sought).with_only_columns(*columns, func.count()).group_by(*columns)
    rows = work.session.connection().execute(found.order_by(func.count().desc(), *columns).limit(MOST_TOTALS))
    return [CauseTotal(*row) for row in rows]


def to_state(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Open records in which the other firm has stated a cause and the actor's has not answered since, oldest first."""
    last = (
        stated_causes_visible_to(actor)
        .where(col(StatedCause.record_id) == col(CauseRecord.id))
        .with_only_columns(func.max(col(StatedCause.id)))
        .correlate(CauseRecord)
        .scalar_subquery()
    )
    theirs = stated_causes_visible_to(actor).where(
        col(StatedCause.id) == last, col(StatedCause.by_party) != actor.party_id
    )
    own = _filtered(actor, CauseSought(state=CauseState.OPEN)).where(
        theirs.with_only_columns(col(StatedCause.id)).correlate(CauseRecord).exists()
    )
    asked = _filtered(actor, CauseSought(state=CauseState.AGREED)).where(
        col(CauseRecord.reopening_by).is_not(None), col(CauseRecord.reopening_by) != actor.party_id
    )
    rows = [*work.rows(own.order_by(col(CauseRecord.id)).limit(most)), *work.rows(asked.limit(most))]
    return sorted(rows, key=lambda row: int(row.id))[:most]
