"""Write, open, update, resolve and forward a disruption notice; read and assess one; tie a data request to one."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from secrets import token_hex

from sqlmodel import col

from chain.firms.tables import Site
from chain.firms.verbs import partner
from chain.firms.visibility import sites_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.requests.tables import DataRequest
from chain.requests.verbs import end_with_their_reason
from chain.requests.visibility import data_requests_visible_to
from chain.sharing.verbs import require_terms
from collaboration.notices import decisions
from collaboration.notices.decisions import Content
from collaboration.notices.events import (
    DataRequestTied,
    DisruptionNoticeAssessed,
    DisruptionNoticeForwarded,
    DisruptionNoticeOpened,
    DisruptionNoticeRead,
    DisruptionNoticeResolved,
    DisruptionNoticeUpdated,
    DisruptionNoticeWritten,
)
from collaboration.notices.lifecycle import NOTICE_LIFE, RECEIPT_LIFE, NoticeSide, NoticeState
from collaboration.notices.reads import ASSESSORS, SENDERS, of_one_source, own_receipt, receipt_of, side_of
from collaboration.notices.tables import (
    DisruptionNotice,
    Impact,
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
    notice_items_visible_to,
    notice_requests_visible_to,
    notice_sites_visible_to,
    notices_visible_to,
)
from kernel.access import Actor, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule, Stale
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell, tell_person
from kernel.texts import words
from kernel.work import UnitOfWork

OPENED, UPDATED, RESOLVED, ACT = (f"disruption_notice.{word}" for word in ("opened", "updated", "resolved", "act"))
ITS_SENDER = Rule("notice.its_sender", "收到该通知的企业", "a firm that was sent this notice")


def write_disruption_notice(
    work: UnitOfWork, actor: Actor, content: Content, *, addressee_ids: Sequence[int],
    notice_id: int | None = None, expected_version: int | None = None, source: str | None = None,
) -> DisruptionNotice:  # fmt: skip
    """A draft, or a draft said anew; its addressees learn of it when it is opened.

    source: the id of the disruption; drawn by lot unless given, which only the replay of the demo chain does.
    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    require(actor, *SENDERS)
    if notice_id is None:
        return _drafted(work, actor, content, addressee_ids, source or token_hex(16))
    notice = _to_send(work, actor, notice_id, expected_version or 0, "write_disruption_notice")
    _say(work, actor, notice, content)
    _address(work, actor, notice, addressee_ids)
    work.record(DisruptionNoticeWritten(notice_id=notice_id))
    return notice


def forward_disruption_notice(
    work: UnitOfWork, actor: Actor, content: Content, *, notice_id: int, addressee_ids: Sequence[int]
) -> DisruptionNotice:
    """A draft of a new notice of the same disruption, in one's own words, to partners who have none of it from one's firm.

    Nothing of it leads to the notice it passes on but the disruption's id. Raises NotFound, NotAllowedNow, Invalid.
    """
    passed = work.one(notices_visible_to(actor).where(col(DisruptionNotice.id) == notice_id), field="noticeId")
    require(actor, *SENDERS)
    NOTICE_LIFE.after(passed.state, "forward_disruption_notice", by=side_of(actor, passed))
    _check_own_words(work, actor, passed.source, content.text)
    made = _drafted(work, actor, content, addressee_ids, passed.source)
    assert made.id is not None and actor.party_id is not None
    work.add(NoticeForwarding(firm_id=actor.party_id, notice_id=made.id, forwards_id=notice_id))
    work.record(DisruptionNoticeForwarded(notice_id=made.id, forwards_id=notice_id))
    return made


def _drafted(
    work: UnitOfWork, actor: Actor, content: Content, addressee_ids: Sequence[int], source: str
) -> DisruptionNotice:
    if actor.party_id is None:
        raise NotFound
    notice = DisruptionNotice(
        sender_id=actor.party_id, source=source, cause=content.cause, effect=content.effect,
        starts_on=content.starts_on, text="", started_at=work.now,
    )  # fmt: skip
    _check(work, content)
    work.add(notice)
    _say(work, actor, notice, content)
    _address(work, actor, notice, addressee_ids)
    assert notice.id is not None
    work.record(DisruptionNoticeWritten(notice_id=notice.id))
    return notice


def open_disruption_notice(
    work: UnitOfWork, actor: Actor, *, notice_id: int, expected_version: int
) -> DisruptionNotice:
    """Tell its addressees, all at once: whoever is to be told later gets a notice of its own.

    Raises NotFound, NotAllowedNow, Invalid, Stale, Limit.
    """
    notice = _to_send(work, actor, notice_id, expected_version, "open_disruption_notice")
    own = notices_visible_to(actor).where(col(DisruptionNotice.sender_id) == actor.party_id)
    decisions.check_often(work.count(own.where(col(DisruptionNotice.opened_at) > work.now - timedelta(days=1))))
    addressees = _addressees(work, actor, notice_id)
    decisions.check_named(addressees, "addresseeIds", decisions.MOST_ADDRESSEES, least=1)
    _check_addressees(work, actor, notice, addressees)
    for addressee in addressees:
        require_terms(work, notice.sender_id, addressee)
    notice.opened_at = notice.content_at = work.now
    work.record(DisruptionNoticeOpened(notice_id=notice_id))
    _tell(work, notice, addressees, OPENED, InboxReason.MUST_ANSWER)
    return notice


def update_disruption_notice(
    work: UnitOfWork, actor: Actor, content: Content, *, notice_id: int, expected_version: int
) -> DisruptionNotice:
    """Say anew what an open notice says; its addressees are told, and have it unread again.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    notice = _to_send(work, actor, notice_id, expected_version, "update_disruption_notice")
    _say(work, actor, notice, content)
    notice.content_at = work.now
    _unread(work, actor, notice_id)
    work.record(DisruptionNoticeUpdated(notice_id=notice_id))
    _tell(work, notice, _addressees(work, actor, notice_id), UPDATED, InboxReason.MUST_ANSWER)
    return notice


def resolve_disruption_notice(
    work: UnitOfWork, actor: Actor, *, notice_id: int, expected_version: int, text: str
) -> DisruptionNotice:
    """Its sender alone says that it is over, and how. Nothing of it changes after; requests made on it end.

    Raises NotFound, NotAllowedNow, Invalid("text"), Stale.
    """
    notice = _to_send(work, actor, notice_id, expected_version, "resolve_disruption_notice")
    _check_own_words(work, actor, notice.source, text)
    notice.resolution = words(text, "text", decisions.LONGEST_TEXT)
    notice.resolved_at = work.now
    _unread(work, actor, notice_id)
    work.record(DisruptionNoticeResolved(notice_id=notice_id))
    settle_told(work, subject=("DisruptionNotice", notice_id), whats=[OPENED, UPDATED, ACT])
    _tell(work, notice, _addressees(work, actor, notice_id), RESOLVED, InboxReason.TOLD)
    tied = work.all(notice_requests_visible_to(actor).where(col(NoticeRequest.notice_id) == notice_id))
    end_with_their_reason(work, [tie.request_id for tie in tied])
    return notice


def read_disruption_notice(work: UnitOfWork, actor: Actor, *, notice_id: int) -> DisruptionNotice:
    """An addressee has read what the notice says now; its sender may know that. Raises NotFound, NotAllowedNow."""
    notice = work.one(notices_visible_to(actor).where(col(DisruptionNotice.id) == notice_id), field="noticeId")
    require(actor, *ASSESSORS)
    receipt = own_receipt(work, actor, notice_id, lock=True)
    RECEIPT_LIFE.after(receipt_of(work, actor, notice), "read_disruption_notice", by=side_of(actor, notice))
    assert receipt is not None
    receipt.read_at = work.now
    work.record(DisruptionNoticeRead(notice_id=notice_id))
    return notice


def assess_disruption_notice(
    work: UnitOfWork, actor: Actor, *, notice_id: int, expected_version: int, impact: Impact, note: str = ""
) -> DisruptionNotice:
    """What an addressee makes of an open notice, for its own people alone; ``ACT`` puts a task into their inboxes.

    Raises NotFound, NotAllowedNow, Invalid("note"), Stale.
    """
    notice = work.one(
        notices_visible_to(actor).where(col(DisruptionNotice.id) == notice_id), lock=True, field="noticeId"
    )
    require(actor, *ASSESSORS)
    side = side_of(actor, notice)
    NOTICE_LIFE.after(notice.state, "assess_disruption_notice", by=side)
    RECEIPT_LIFE.after(receipt_of(work, actor, notice), "assess_disruption_notice", by=side)
    if notice.version != expected_version:
        raise Stale(notice.version)
    said = words(note, "note", decisions.LONGEST_NOTE, least=0)
    receipt = own_receipt(work, actor, notice_id, lock=True)
    assert receipt is not None and actor.party_id is not None
    receipt.read_at = receipt.read_at or work.now
    own = assessments_visible_to(actor).where(col(NoticeAssessment.notice_id) == notice_id)
    found = work.maybe(own, lock=True) or NoticeAssessment(
        notice_id=notice_id, firm_id=actor.party_id, impact=impact, of_version=0, by_user=0, assessed_at=work.now
    )
    found.impact, found.note, found.of_version = impact, said, notice.version
    found.by_user, found.assessed_at = actor.user_id, work.now
    work.add(found)
    work.record(DisruptionNoticeAssessed(notice_id=notice_id))
    _set_task(work, actor, notice_id, found)
    return notice


def _set_task(work: UnitOfWork, actor: Actor, notice_id: int, assessment: NoticeAssessment) -> None:
    """A task for all who may assess, whoever assessed among them; or none any more."""
    about = ("DisruptionNotice", notice_id)
    acts = assessment.impact is Impact.ACT
    settle_told(work, subject=about, whats=[OPENED, UPDATED, *([] if acts else [ACT])], party_id=actor.party_id)
    if acts:
        once = f"{ACT}:{notice_id}:{assessment.of_version}:{work.now:%Y%m%d%H%M%S%f}"
        settle_told(work, subject=about, whats=[ACT], party_id=actor.party_id)
        tell(
            work, party_id=actor.party_id, roles=frozenset(ASSESSORS), reason=InboxReason.MUST_ANSWER, subject=about,
            what=ACT, once=once,
        )  # fmt: skip
        tell_person(work, person_id=actor.user_id, reason=InboxReason.MUST_ANSWER, subject=about, what=ACT, once=once)


def tie_request(work: UnitOfWork, actor: Actor, *, notice_id: int, request_id: int) -> None:
    """An addressee's request to the sender of an open notice is made because of it: it ends with the notice.

    Raises NotFound, NotAllowedNow, Invalid("noticeId").
    """
    notice = work.one(
        notices_visible_to(actor).where(col(DisruptionNotice.id) == notice_id), lock=True, field="noticeId"
    )
    request = work.one(data_requests_visible_to(actor).where(col(DataRequest.id) == request_id), field="dataRequestId")
    if notice.state is not NoticeState.OPEN or side_of(actor, notice) is NoticeSide.SENDER:
        raise NotAllowedNow(
            "only whoever was sent a notice asks because of it, and while it is open",
            "仅收件企业可在通知生效期间据此提出请求",
            rule=ITS_SENDER,
        )
    if request.holder_id != notice.sender_id or request.alias is not None:
        raise Invalid(
            "noticeId", "because of a notice one asks its sender, by name", "据通知提出的请求应发给通知的发出企业"
        )
    work.add(NoticeRequest(notice_id=notice_id, request_id=request_id))
    work.record(DataRequestTied(request_id=request_id, notice_id=notice_id))


def _to_send(work: UnitOfWork, actor: Actor, notice_id: int, expected_version: int, verb: str) -> DisruptionNotice:
    notice = work.one(
        notices_visible_to(actor).where(col(DisruptionNotice.id) == notice_id), lock=True, field="noticeId"
    )
    require(actor, *SENDERS)
    notice.state = NOTICE_LIFE.after(notice.state, verb, by=side_of(actor, notice))
    if notice.version != expected_version:
        raise Stale(notice.version)
    notice.version += 1
    return notice


def _check(work: UnitOfWork, content: Content) -> None:
    words(content.text, "text", decisions.LONGEST_TEXT)
    decisions.check_days(content, today_of(work.now))
    decisions.check_left(content.effect, content.left_percent)
    decisions.check_named(content.site_ids, "siteIds", decisions.MOST_SITES)
    decisions.check_named(content.item_ids, "itemIds", decisions.MOST_ITEMS)


def _say(work: UnitOfWork, actor: Actor, notice: DisruptionNotice, content: Content) -> None:
    """What a notice says, in place of what it said."""
    _check(work, content)
    assert notice.id is not None
    _check_own_words(work, actor, notice.source, content.text)
    notice.cause, notice.effect, notice.left_percent = content.cause, content.effect, content.left_percent
    notice.starts_on, notice.expected_end_on = content.starts_on, content.expected_end_on
    notice.text = content.text.strip()
    sites = _named_sites(work, actor, content.site_ids)
    _check_items(work, actor, content.item_ids)
    named = [
        *work.all(notice_sites_visible_to(actor).where(col(NoticeSite.notice_id) == notice.id)),
        *work.all(notice_items_visible_to(actor).where(col(NoticeItem.notice_id) == notice.id)),
    ]
    for row in named:
        work.session.delete(row)
    work.session.flush()
    for site in sites:
        work.add(NoticeSite(notice_id=notice.id, site_id=site.id or 0, name=site.name, prefecture=site.prefecture))
    for item_id in content.item_ids:
        work.add(NoticeItem(notice_id=notice.id, item_id=item_id))


def _check_own_words(work: UnitOfWork, actor: Actor, source: str, text: str) -> None:
    """Nothing that other firms sent of the same disruption, begun or resolved, is passed on. Raises Invalid("text")."""
    received = notices_visible_to(actor).where(
        col(DisruptionNotice.source) == source, col(DisruptionNotice.sender_id) != actor.party_id
    )
    for notice in work.all(received):
        for heard in (notice.text, notice.resolution or ""):
            decisions.check_own_words(text, heard)


def _named_sites(work: UnitOfWork, actor: Actor, site_ids: Sequence[int]) -> Sequence[Site]:
    """Own and open ones. Raises NotFound("siteIds.0")."""
    own = sites_visible_to(actor).where(col(Site.firm_id) == actor.party_id, col(Site.closed_on).is_(None))
    found = {site.id: site for site in work.all(own.where(col(Site.id).in_(site_ids)))}
    for place, number in enumerate(site_ids):
        if number not in found:
            raise NotFound(f"siteIds.{place}")
    return [found[number] for number in site_ids]


def _check_items(work: UnitOfWork, actor: Actor, item_ids: Collection[int]) -> None:
    """Items one makes or buys: capacity is of the first, demand of the second. Raises NotFound("itemIds.0")."""
    known = {row.id for row in work.rows(items_visible_to(actor).where(col(Item.id).in_(item_ids)))}
    for place, number in enumerate(item_ids):
        if number not in known:
            raise NotFound(f"itemIds.{place}")


def _address(work: UnitOfWork, actor: Actor, notice: DisruptionNotice, addressee_ids: Sequence[int]) -> None:
    """Whom a draft is meant for, in place of whom it was meant for."""
    decisions.check_named(addressee_ids, "addresseeIds", decisions.MOST_ADDRESSEES)
    _check_addressees(work, actor, notice, addressee_ids)
    for row in work.all(addressees_visible_to(actor).where(col(NoticeAddressee.notice_id) == notice.id)):
        work.session.delete(row)
    work.session.flush()
    for addressee in addressee_ids:
        work.add(NoticeAddressee(notice_id=notice.id or 0, addressee_id=addressee))


def _check_addressees(work: UnitOfWork, actor: Actor, notice: DisruptionNotice, addressee_ids: Sequence[int]) -> None:
    for place, addressee in enumerate(addressee_ids):
        field = f"addresseeIds.{place}"
        if partner(work, actor, addressee, field=field).id == actor.party_id:
            raise Invalid(field, "a notice goes to partners", "通知应发给往来单位")
    decisions.check_not_told(addressee_ids, of_one_source(work, actor, notice.source, but=notice.id or 0))


def _addressees(work: UnitOfWork, actor: Actor, notice_id: int) -> list[int]:
    own = addressees_visible_to(actor).where(col(NoticeAddressee.notice_id) == notice_id)
    return [row.addressee_id for row in work.rows(own.order_by(col(NoticeAddressee.id)))]


def _unread(work: UnitOfWork, actor: Actor, notice_id: int) -> None:
    for row in work.all(addressees_visible_to(actor).where(col(NoticeAddressee.notice_id) == notice_id), lock=True):
        row.read_at = None


def _tell(
    work: UnitOfWork, notice: DisruptionNotice, addressees: Sequence[int], what: str, reason: InboxReason
) -> None:
    assert notice.id is not None
    for addressee in addressees:
        tell(
            work, party_id=addressee, roles=frozenset(ASSESSORS), reason=reason, what=what,
            subject=("DisruptionNotice", notice.id), once=f"{what}:{notice.id}:{notice.version}",
        )  # fmt: skip
