"""What people ask about disruption notices: those their firm sent or was sent, and what hangs on them for it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import col

from collaboration.notices.decisions import receipt_state
from collaboration.notices.lifecycle import NOTICE_LIFE, RECEIPT_LIFE, NoticeSide, NoticeState, ReceiptState
from collaboration.notices.tables import (
    DisruptionNotice,
    NoticeAddressee,
    NoticeAssessment,
    NoticeForwarding,
    NoticeItem,
    NoticeRequest,
    NoticeSite,
)
from collaboration.notices.visibility import (
    addressees_visible_to,
    assessments_visible_to,
    forwardings_visible_to,
    notice_items_visible_to,
    notice_requests_visible_to,
    notice_sites_visible_to,
    notices_visible_to,
)
from kernel.access import Actor, Role
from kernel.paging import Page, page
from kernel.work import UnitOfWork

SENDERS = (Role.BUYER, Role.PLANNER, Role.SALES, Role.LEAD)
ASSESSORS = (*SENDERS, Role.QUALITY)


def side_of(actor: Actor, notice: Any) -> NoticeSide:
    return NoticeSide.SENDER if notice.sender_id == actor.party_id else NoticeSide.ADDRESSEE


def disruption_notices(
    work: UnitOfWork, actor: Actor, *, side: NoticeSide | None, states: Collection[NoticeState] | None,
    source: str | None, first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """Sent by one's firm or to it, newest first; ``source``: of one disruption."""
    visible = notices_visible_to(actor)
    if side is not None:
        mine = col(DisruptionNotice.sender_id) == (-1 if actor.party_id is None else actor.party_id)
        visible = visible.where(mine if side is NoticeSide.SENDER else ~mine)
    if states:
        visible = visible.where(col(DisruptionNotice.state).in_(list(states)))
    if source is not None:
        visible = visible.where(col(DisruptionNotice.source) == source)
    return page(work, visible, DisruptionNotice, first=first, after=after)


def notices_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(notices_visible_to(actor).where(col(DisruptionNotice.id).in_(numbers)))


def sites_of(work: UnitOfWork, actor: Actor, notice_ids: Collection[int]) -> Sequence[Any]:
    named = notice_sites_visible_to(actor).where(col(NoticeSite.notice_id).in_(notice_ids))
    return work.rows(named.order_by(col(NoticeSite.id)))


def items_of(work: UnitOfWork, actor: Actor, notice_ids: Collection[int]) -> Sequence[Any]:
    named = notice_items_visible_to(actor).where(col(NoticeItem.notice_id).in_(notice_ids))
    return work.rows(named.order_by(col(NoticeItem.id)))


def addressees_of(work: UnitOfWork, actor: Actor, notice_ids: Collection[int]) -> Sequence[Any]:
    """Of notices one's firm sends, whom it told; of others, one's own firm alone."""
    told = addressees_visible_to(actor).where(col(NoticeAddressee.notice_id).in_(notice_ids))
    return work.rows(told.order_by(col(NoticeAddressee.id)))


def assessments_of(work: UnitOfWork, actor: Actor, notice_ids: Collection[int]) -> Sequence[Any]:
    return work.rows(assessments_visible_to(actor).where(col(NoticeAssessment.notice_id).in_(notice_ids)))


def forwardings_of(work: UnitOfWork, actor: Actor, notice_ids: Collection[int]) -> Sequence[Any]:
    """What notices of one's firm pass on."""
    return work.rows(forwardings_visible_to(actor).where(col(NoticeForwarding.notice_id).in_(notice_ids)))


def notices_of_requests(work: UnitOfWork, actor: Actor, request_ids: Collection[int]) -> Sequence[Any]:
    """Because of which notice requests were made."""
    return work.rows(notice_requests_visible_to(actor).where(col(NoticeRequest.request_id).in_(request_ids)))


def own_receipt(work: UnitOfWork, actor: Actor, notice_id: int, *, lock: bool = False) -> NoticeAddressee | None:
    """One's own firm's line among the addressees."""
    told = addressees_visible_to(actor).where(
        col(NoticeAddressee.notice_id) == notice_id, col(NoticeAddressee.addressee_id) == actor.party_id
    )
    return work.maybe(told, lock=lock)


def receipt_of(work: UnitOfWork, actor: Actor, notice: Any) -> ReceiptState:
    """How far one's own firm is with a notice."""
    assert notice.id is not None
    own = own_receipt(work, actor, notice.id)
    assessed = next(iter(assessments_of(work, actor, [notice.id])), None)
    return receipt_state(own.read_at if own else None, assessed.of_version if assessed else None, notice.version)


def of_one_source(work: UnitOfWork, actor: Actor, source: str, *, but: int) -> set[int]:
    """The firms one's own has told of a disruption by other notices, and those that told it."""
    known = notices_visible_to(actor).where(
        col(DisruptionNotice.source) == source, col(DisruptionNotice.state) != NoticeState.DRAFT,
        col(DisruptionNotice.id) != but,
    )  # fmt: skip
    notices = work.rows(known)
    told = addressees_of(work, actor, [notice.id for notice in notices])
    return ({notice.sender_id for notice in notices} | {row.addressee_id for row in told}) - {actor.party_id}


def notice_verbs(actor: Actor, notice: Any, receipt: ReceiptState) -> list[str]:
    """What this person may do to a notice now: the buttons beside it."""
    side = side_of(actor, notice)
    found = NOTICE_LIFE.verbs(notice.state, side)
    if side is NoticeSide.ADDRESSEE:
        found += [v for v in RECEIPT_LIFE.verbs(receipt, side) if v not in found and v != "assess_disruption_notice"]
    may = {"read_disruption_notice": ASSESSORS, "assess_disruption_notice": ASSESSORS}
    return [verb for verb in found if actor.has(*may.get(verb, SENDERS))]
