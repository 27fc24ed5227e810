"""A notice is known to its sender, and once open to each addressee, which learns of no other; all else to one firm alone."""

from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from chain.links.tables import SupplyLink
from chain.requests.tables import DataRequest
from chain.requests.visibility import data_requests_visible_to
from collaboration.notices.lifecycle import NoticeState
from collaboration.notices.tables import (
    DisruptionNotice,
    NoticeAddressee,
    NoticeAssessment,
    NoticeForwarding,
    NoticeItem,
    NoticeRequest,
    NoticeSite,
)
from kernel.access import Actor, Role, lies_under, seen_by


def _party(actor: Actor) -> int:
    return -1 if actor.party_id is None else actor.party_id


def notices_visible_to(actor: Actor) -> Select[DisruptionNotice]:
    notices = select(DisruptionNotice)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, notices)
    party = _party(actor)
    addressed = select(col(NoticeAddressee.id)).where(
        col(NoticeAddressee.notice_id) == col(DisruptionNotice.id), col(NoticeAddressee.addressee_id) == party
    )
    sent = and_(addressed.correlate(DisruptionNotice).exists(), col(DisruptionNotice.state) != NoticeState.DRAFT)
    return seen_by(actor, notices.where(or_(col(DisruptionNotice.sender_id) == party, sent)))


def _own(actor: Actor, notice_id: Any) -> Any:
    """Whether a notice is one the actor's firm sends."""
    own = select(col(DisruptionNotice.id)).where(
        col(DisruptionNotice.id) == notice_id, col(DisruptionNotice.sender_id) == _party(actor)
    )
    return own.correlate(notice_id.table).exists()


def notice_sites_visible_to(actor: Actor) -> Select[NoticeSite]:
    """Whoever reads the notice reads which places it names."""
    named = lies_under(col(NoticeSite.notice_id), notices_visible_to(actor), col(DisruptionNotice.id))
    return seen_by(actor, select(NoticeSite).where(named))


def notice_items_visible_to(actor: Actor) -> Select[NoticeItem]:
    """The sender's all; an addressee's those that one of the two supplies to the other, and no word of any more."""
    party = _party(actor)
    traded = (
        select(col(SupplyLink.id))
        .join(DisruptionNotice, col(DisruptionNotice.id) == col(NoticeItem.notice_id))
        .where(
            col(SupplyLink.item_id) == col(NoticeItem.item_id),
            or_(
                and_(col(SupplyLink.buyer_id) == party, col(SupplyLink.supplier_id) == col(DisruptionNotice.sender_id)),
                and_(col(SupplyLink.supplier_id) == party, col(SupplyLink.buyer_id) == col(DisruptionNotice.sender_id)),
            ),
        )
        .correlate(NoticeItem)
        .exists()
    )
    readable = lies_under(col(NoticeItem.notice_id), notices_visible_to(actor), col(DisruptionNotice.id))
    return seen_by(actor, select(NoticeItem).where(or_(_own(actor, col(NoticeItem.notice_id)), and_(readable, traded))))


def addressees_visible_to(actor: Actor) -> Select[NoticeAddressee]:
    """The sender's all; an addressee's own line, once the notice is open."""
    addressees = select(NoticeAddressee)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, addressees)
    readable = lies_under(col(NoticeAddressee.notice_id), notices_visible_to(actor), col(DisruptionNotice.id))
    mine = and_(col(NoticeAddressee.addressee_id) == _party(actor), readable)
    return seen_by(actor, addressees.where(or_(_own(actor, col(NoticeAddressee.notice_id)), mine)))


def assessments_visible_to(actor: Actor) -> Select[NoticeAssessment]:
    """What a firm makes of a notice is told to no other, the sender included."""
    return seen_by(actor, select(NoticeAssessment).where(col(NoticeAssessment.firm_id) == _party(actor)))


def forwardings_visible_to(actor: Actor) -> Select[NoticeForwarding]:
    """That a notice passes another on is known to the firm that did so alone."""
    return seen_by(actor, select(NoticeForwarding).where(col(NoticeForwarding.firm_id) == _party(actor)))


def notice_requests_visible_to(actor: Actor) -> Select[NoticeRequest]:
    """Whoever knows the request."""
    known = lies_under(col(NoticeRequest.request_id), data_requests_visible_to(actor), col(DataRequest.id))
    return seen_by(actor, select(NoticeRequest).where(known))
