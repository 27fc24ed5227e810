"""What people do about the causes of missed deliveries: state one, agree to the other's, open an agreed one again together."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col

from collaboration.causes.decisions import LONGEST_WORDS, check_others, check_stated, is_excluded
from collaboration.causes.events import (
    CauseAgreed,
    CauseReopened,
    CauseReopeningAsked,
    CauseStated,
)
from collaboration.causes.lifecycle import CAUSE_LIFE, CauseState
from collaboration.causes.reads import DUTIES, stated_of
from collaboration.causes.tables import CauseRecord, MissCause, MissParty, StatedCause
from collaboration.causes.visibility import cause_records_visible_to, side_of, unrecorded_misses
from collaboration.orders.reads import schedules_by_id
from collaboration.scorecards.heeding import leave_out
from collaboration.scorecards.tables import Metric, ScorecardObservation
from kernel.access import SYSTEM, Actor, require
from kernel.errors import NotAllowedNow, Rule, Stale
from kernel.texts import words
from kernel.work import UnitOfWork

AT_ONCE = 500
ASKED = Rule("cause.reopened_by_both", "对方同意后重新打开", "the other firm, by agreeing to open it again")


def open_cause_records(work: UnitOfWork) -> int:
    """One record for each counted miss without any: a late or short day of an agreed line; how many were opened.

    For the platform's own clock. At most 500 at once; call again while any were. Safe to run twice.
    """
    missed: dict[int, Any] = {}
    for row in work.rows(unrecorded_misses().order_by(col(ScorecardObservation.id)).limit(AT_ONCE)):
        if row.subject_id not in missed or row.metric is Metric.OTIF_AGREED:
            missed[row.subject_id] = row
    lines = {s.id: s.line_id for s in schedules_by_id(work, SYSTEM, missed)}
    opened = [
        {
            "buyer_id": row.buyer_id, "seller_id": row.supplier_id, "order_id": row.order_id,
            "order_line_id": lines[number], "schedule_id": number, "due_on": row.due_on, "state": CauseState.OPEN, "version": 1,
            "opened_at": work.now,
        }
        for number, row in missed.items()
    ]  # fmt: skip
    if opened:
        work.add_many(CauseRecord, opened)
    return len(opened)


def _to_move(
    work: UnitOfWork, actor: Actor, record_id: int, expected_version: int, verb: str, outcome: str = ""
) -> CauseRecord:
    """Raises NotFound, Stale, NotAllowedNow in that order."""
    record = work.one(
        cause_records_visible_to(actor).where(col(CauseRecord.id) == record_id), lock=True, field="recordId"
    )
    if record.version != expected_version:
        raise Stale(record.version)
    side = side_of(record, actor)
    record.state = CAUSE_LIFE.after(record.state, verb, by=side, outcome=outcome)
    require(actor, *DUTIES[side])
    record.version += 1
    return record


def _written(
    work: UnitOfWork, actor: Actor, record: CauseRecord, cause: MissCause, party: MissParty, note: str, *, agrees: bool
) -> None:
    assert actor.party_id is not None and record.id is not None
    work.add(
        StatedCause(
            record_id=record.id, by_party=actor.party_id, by_user=actor.user_id, cause=cause, party=party, note=note.strip(),
            agrees=agrees, stated_at=work.now,
        )
    )  # fmt: skip


def state_cause(
    work: UnitOfWork, actor: Actor, *, record_id: int, expected_version: int, cause: MissCause, party: MissParty, note: str
) -> CauseRecord:  # fmt: skip
    """Say what one's own firm holds to be the cause; its newest stands. Raises NotFound, Stale, NotAllowedNow, Invalid."""
    record = _to_move(work, actor, record_id, expected_version, "state_cause")
    check_stated(cause, party, note)
    _written(work, actor, record, cause, party, note, agrees=False)
    work.record(CauseStated(record_id=record_id, cause=cause.value, party=party.value))
    return record


def agree_to_cause(
    work: UnitOfWork, actor: Actor, *, record_id: int, expected_version: int, stated_id: int, note: str = ""
) -> CauseRecord:  # fmt: skip
    """Agree to what the other firm states now: one cause, stated by both; the miss is left out where it is not the seller's.

    Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    record = _to_move(work, actor, record_id, expected_version, "agree_to_cause")
    words(note, "note", LONGEST_WORDS, least=0)
    assert actor.party_id is not None
    stated: Sequence[Any] = stated_of(work, actor, [record_id])
    theirs = check_others(stated, stated_id, actor.party_id)
    _written(work, actor, record, theirs.cause, theirs.party, note, agrees=True)
    record.cause, record.party, record.agreed_at = theirs.cause, theirs.party, work.now
    excluded = is_excluded(record.party)
    leave_out(work, schedule_id=record.schedule_id, is_left_out=excluded)
    work.record(CauseAgreed(record_id=record_id, cause=theirs.cause.value, party=theirs.party.value, excluded=excluded))
    return record


def reopen_cause(work: UnitOfWork, actor: Actor, *, record_id: int, expected_version: int) -> CauseRecord:
    """Ask to open an agreed cause again; once the other firm asks too it is open, and the miss counts as before.

    Raises NotFound, Stale, NotAllowedNow.
    """
    found = work.one(
        cause_records_visible_to(actor).where(col(CauseRecord.id) == record_id), lock=True, field="recordId"
    )
    waiting = found.reopening_by
    if waiting is not None and waiting == actor.party_id and found.version == expected_version:
        raise NotAllowedNow(
            "your firm has asked already; the other firm has to agree",
            "贵方已提出，须对方同意后才能重新打开",
            rule=ASKED,
        )
    outcome = "asked" if waiting is None else "agreed"
    record = _to_move(work, actor, record_id, expected_version, "reopen_cause", outcome)
    if outcome == "asked":
        record.reopening_by = actor.party_id
        work.record(CauseReopeningAsked(record_id=record_id))
        return record
    record.reopening_by = record.cause = record.party = record.agreed_at = None
    leave_out(work, schedule_id=record.schedule_id, is_left_out=False)
    work.record(CauseReopened(record_id=record_id))
    return record
