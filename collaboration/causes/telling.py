"""Who is told what of a cause: the other firm that one was stated, agreed to, or is to be opened again."""

from collaboration.causes.lifecycle import CauseState
from collaboration.causes.reads import DUTIES, cause_records_by_id, side_by, stated_of
from kernel.access import SYSTEM
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.work import UnitOfWork

STATED, AGREED, REOPENING, REOPENED = "cause.stated", "cause.agreed", "cause.reopening", "cause.reopened"
WHAT = {
    "CauseStated": STATED, "CauseAgreed": AGREED, "CauseReopeningAsked": REOPENING, "CauseReopened": REOPENED,
}  # fmt: skip


def tell_of_cause(work: UnitOfWork, *, record_id: int, fact: str, by_party: int | None, event_id: int) -> None:
    """The firm that did not act is told; what waited for an answer is put away."""
    (record,) = cause_records_by_id(work, SYSTEM, [record_id])
    ended = fact in ("CauseAgreed", "CauseReopened")
    settle_told(
        work, subject=("CauseRecord", record_id), whats=(STATED, REOPENING), party_id=None if ended else by_party
    )
    other = record.seller_id if by_party == record.buyer_id else record.buyer_id
    answers = (fact == "CauseStated" and record.state is CauseState.OPEN and _stands(work, record_id, by_party)) or (
        fact == "CauseReopeningAsked" and record.reopening_by is not None
    )
    roles = frozenset(DUTIES[side_by(record, other)])
    tell(
        work, party_id=other, roles=roles, subject=("CauseRecord", record_id), what=WHAT[fact],
        reason=InboxReason.MUST_ANSWER if answers else InboxReason.TOLD, once=f"{WHAT[fact]}:{event_id}",
    )  # fmt: skip


def _stands(work: UnitOfWork, record_id: int, by_party: int | None) -> bool:
    """Whether nothing was stated since by the other firm."""
    stated = stated_of(work, SYSTEM, [record_id])
    return bool(stated) and stated[-1].by_party == by_party
