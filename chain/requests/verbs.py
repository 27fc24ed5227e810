"""Ask a partner, or a firm one knows by its alias, for data; approve, refuse, end, let expire."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col

from chain.aliases.reads import firm_behind
from chain.aliases.verbs import conceal_of_request, reveal_by_request
from chain.firms.verbs import partner
from chain.requests.decisions import (
    DAYS,
    USUAL_DAYS,
    Answer,
    check_answers,
    check_days,
    check_kinds,
    check_none_open,
    check_often,
    item_key,
)
from chain.requests.events import (
    DataRequestApproved,
    DataRequestExpired,
    DataRequestRefused,
    DataRequestSent,
    DataRequestTerminated,
)
from chain.requests.lifecycle import DATA_REQUEST_LIFE, DataRequestState
from chain.requests.tables import Criticality, DataAnswer, DataKind, DataRequest
from chain.requests.visibility import data_requests_visible_to
from chain.sharing.verbs import require_terms
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotFound, Stale
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.texts import words
from kernel.work import UnitOfWork

ASKERS, HOLDERS = (Role.BUYER, Role.PLANNER, Role.LEAD), (Role.SALES, Role.LEAD)
OPEN = (DataRequestState.PENDING, DataRequestState.APPROVED)


@dataclass(frozen=True)
class Wish:
    """What is asked for. ``ends_on``: 30 days after the first day unless said."""

    item: str
    kinds: Sequence[DataKind]
    reason: str
    criticality: Criticality
    message: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def send_data_request(
    work: UnitOfWork, actor: Actor, wish: Wish, *, partner_id: int | None, alias: str | None, named: bool = True
) -> DataRequest:
    """Ask a partner, or the firm behind an alias of one's own. named: whether the asked is told who asks.

    Nothing tells whether an alias and a partner are one: open requests are counted by the address they were sent to.
    Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    require(actor, *ASKERS)
    assert actor.party_id is not None
    if (partner_id is None) == (alias is None):
        raise Invalid("partnerId", "name a partner or an alias, one of them", "请在伙伴与代号中填写其一")
    holder = _addressed(work, actor, partner_id, alias)
    today = today_of(work.now)
    starts_on = wish.starts_on or today
    ends_on = wish.ends_on or starts_on + timedelta(days=USUAL_DAYS)
    check_days(starts_on, ends_on, today)
    check_kinds(wish.kinds, by_alias=alias is not None)
    item = words(wish.item, "item", 120)
    own = data_requests_visible_to(actor).where(col(DataRequest.asker_id) == actor.party_id)
    check_often(work.count(own.where(col(DataRequest.asked_at) > work.now - timedelta(days=1))))
    sent_here = col(DataRequest.alias) == alias if alias else col(DataRequest.holder_id) == holder
    check_none_open(
        work.maybe(
            own.where(
                sent_here, col(DataRequest.alias).is_(None) if alias is None else sent_here,
                col(DataRequest.item_key) == item_key(item)[:240], col(DataRequest.state).in_(OPEN),
                col(DataRequest.ends_on) >= today,
            )
        ) is not None
    )  # fmt: skip
    made = work.add(
        DataRequest(
            asker_id=actor.party_id, holder_id=holder, alias=alias, asker_named=named or alias is None,
            reason=words(wish.reason, "reason", 400), item_text=item, item_key=item_key(item)[:240],
            kinds=" ".join(wish.kinds), criticality=wish.criticality, starts_on=starts_on, ends_on=ends_on,
            message=words(wish.message, "message", 1000, least=0), asked_at=work.now,
        )
    )  # fmt: skip
    assert made.id is not None
    work.record(DataRequestSent(request_id=made.id, kinds=tuple(wish.kinds), until=ends_on))
    tell(
        work, party_id=holder, roles=frozenset(HOLDERS), reason=InboxReason.MUST_ANSWER, due_on=ends_on,
        subject=("DataRequest", made.id), what="data_request.asked", once=f"data_request.asked:{made.id}",
    )  # fmt: skip
    return made


def _addressed(work: UnitOfWork, actor: Actor, partner_id: int | None, alias: str | None) -> int:
    """Terms are asked for between partners only: whether the two agreed on any would tell who an alias stands for."""
    if partner_id is not None:
        found = partner(work, actor, partner_id, field="partnerId").id
        if found is None or found == actor.party_id:
            raise Invalid("partnerId", "a firm has its own data", "无需向本单位请求数据")
        require_terms(work, actor.party_id or 0, found)
        return found
    behind = firm_behind(work, actor, alias or "")
    if behind is None:
        raise NotFound("alias")
    return behind


def approve_data_request(
    work: UnitOfWork, actor: Actor, *, request_id: int, expected_version: int, answers: Sequence[Answer]
) -> DataRequest:
    """Grant exactly what was asked for, with a figure meant for the asker alone, until the request's last day.

    Raises NotFound, NotAllowedNow, Invalid, Stale.
    """
    request = _to_answer(work, actor, request_id, expected_version, "approve_data_request")
    kinds = [DataKind(k) for k in request.kinds.split()]
    check_answers(kinds, answers)
    for answer in answers:
        work.add(
            DataAnswer(
                request_id=request_id, kind=answer.kind, value=answer.value, unit=answer.unit or DAYS,
                stated_on=today_of(work.now),
            )
        )  # fmt: skip
    if DataKind.IDENTITY in kinds:
        reveal_by_request(
            work, actor, viewer_id=request.asker_id, until=request.ends_on, request_id=request_id,
            named=request.asker_named,
        )  # fmt: skip
    work.record(DataRequestApproved(request_id=request_id, kinds=tuple(kinds), until=request.ends_on))
    _tell_asker(work, request, "data_request.approved")
    return request


def refuse_data_request(work: UnitOfWork, actor: Actor, *, request_id: int, expected_version: int) -> DataRequest:
    """Grant nothing, and say no more. Raises NotFound, NotAllowedNow, Stale."""
    request = _to_answer(work, actor, request_id, expected_version, "refuse_data_request")
    work.record(DataRequestRefused(request_id=request_id))
    _tell_asker(work, request, "data_request.refused")
    return request


def _tell_asker(work: UnitOfWork, request: DataRequest, what: str) -> None:
    assert request.id is not None
    settle_told(work, subject=("DataRequest", request.id), whats=["data_request.asked"])
    tell(
        work, party_id=request.asker_id, roles=frozenset(ASKERS), reason=InboxReason.TOLD,
        subject=("DataRequest", request.id), what=what, once=f"{what}:{request.id}",
    )  # fmt: skip


def _to_answer(work: UnitOfWork, actor: Actor, request_id: int, expected_version: int, verb: str) -> DataRequest:
    request = work.one(
        data_requests_visible_to(actor).where(col(DataRequest.id) == request_id), lock=True, field="dataRequestId"
    )
    require(actor, *HOLDERS)
    _lapse(work, request)
    request.state = DATA_REQUEST_LIFE.after(request.state, verb, by=side_of(actor, request))
    if request.version != expected_version:
        raise Stale(request.version)
    request.version += 1
    request.answered_at = work.now
    return request


def terminate_data_request(work: UnitOfWork, actor: Actor, *, request_id: int) -> DataRequest:
    """Either end ends it: the asker because the reason is no more, the asked to take back what it granted.

    The next request reads nothing. Raises NotFound, NotAllowedNow.
    """
    request = work.one(
        data_requests_visible_to(actor).where(col(DataRequest.id) == request_id), lock=True, field="dataRequestId"
    )
    side = side_of(actor, request)
    require(actor, *(ASKERS if side is Side.BUYER else HOLDERS))
    _lapse(work, request)
    request.state = DATA_REQUEST_LIFE.after(request.state, "terminate_data_request", by=side)
    request.ended_at = work.now
    request.version += 1
    work.record(DataRequestTerminated(request_id=request_id, side=side))
    if side is Side.BUYER:
        settle_told(work, subject=("DataRequest", request_id), whats=["data_request.asked"])
    else:
        _tell_asker(work, request, "data_request.terminated")
    conceal_of_request(work, Actor(user_id=actor.user_id, party_id=request.holder_id), request_id)
    return request


def end_with_their_reason(work: UnitOfWork, request_ids: Collection[int]) -> None:
    """What these were asked for is over, and so are they; those already over stay as they ended."""
    standing = data_requests_visible_to(SYSTEM).where(
        col(DataRequest.id).in_(request_ids), col(DataRequest.state).in_(OPEN),
        col(DataRequest.ends_on) >= today_of(work.now),
    )  # fmt: skip
    for request in work.all(standing.order_by(col(DataRequest.id)), lock=True):
        request.state = DATA_REQUEST_LIFE.after(request.state, "terminate_data_request", by=Side.SYSTEM)
        request.ended_at = work.now
        request.version += 1
        assert request.id is not None
        work.record(DataRequestTerminated(request_id=request.id, side=Side.SYSTEM))
        _tell_asker(work, request, "data_request.reason_over")
        conceal_of_request(work, Actor(user_id=SYSTEM.user_id, party_id=request.holder_id), request.id)


def expire_data_request(work: UnitOfWork, request: DataRequest) -> None:
    """Its last day has passed: it is over, answered or not."""
    request.state = DATA_REQUEST_LIFE.after(request.state, "expire_data_request", by=Side.SYSTEM)
    request.ended_at = work.now
    request.version += 1
    assert request.id is not None
    work.record(DataRequestExpired(request_id=request.id))
    settle_told(work, subject=("DataRequest", request.id), whats=["data_request.asked"])


def expire_due_requests(work: UnitOfWork) -> int:
    """All whose last day has passed; how many."""
    over = data_requests_visible_to(SYSTEM).where(
        col(DataRequest.state).in_(OPEN), col(DataRequest.ends_on) < today_of(work.now)
    )
    due = work.all(over, lock=True)
    for request in due:
        expire_data_request(work, request)
    return len(due)


def _lapse(work: UnitOfWork, request: DataRequest) -> None:
    """Past its last day a request is over, whether the night's job has said so or not."""
    if request.state in OPEN and request.ends_on < today_of(work.now):
        raise DATA_REQUEST_LIFE.refusal(DataRequestState.EXPIRED, "terminate_data_request", Side.BUYER)


def side_of(actor: Actor, request: DataRequest) -> Side:
    return Side.BUYER if request.asker_id == actor.party_id else Side.SELLER
