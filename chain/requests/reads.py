"""What people ask about data requests: as the asker knows them, and as the asked does; neither learns more of the other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col

from chain.aliases.visibility import names_revealed_to
from chain.requests.lifecycle import DATA_REQUEST_LIFE, DataRequestState
from chain.requests.tables import DataAnswer, DataKind, DataRequest
from chain.requests.verbs import ASKERS, HOLDERS, OPEN
from chain.requests.visibility import data_answers_visible_to, data_requests_visible_to
from kernel.access import Actor, Side
from kernel.clock import today_of
from kernel.ledger.verbs import note
from kernel.paging import Page, page
from kernel.work import UnitOfWork


@dataclass(frozen=True)
class RequestSeen:
    """A request as one end may see it. ``partner_id``: the other end, where it may be named; else its alias, or nothing.

    ``veiled``: one end is hidden from the other, so that who did what is told to neither.
    """

    id: int
    side: Side
    partner_id: int | None
    alias: str | None
    revealed_name: str | None
    veiled: bool
    asker_named: bool
    reason: str
    item: str
    kinds: list[DataKind]
    criticality: Any
    starts_on: date
    ends_on: date
    message: str
    state: DataRequestState
    asked_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    version: int


def data_requests(
    work: UnitOfWork, actor: Actor, *, side: Side | None, states: Collection[DataRequestState] | None,
    first: int | None, after: str | None,
) -> Page:  # fmt: skip
    """Requests one's firm has sent or received, newest first. Past its last day an open one counts as expired."""
    visible = data_requests_visible_to(actor)
    if side is not None:
        end = DataRequest.asker_id if side is Side.BUYER else DataRequest.holder_id
        visible = visible.where(col(end) == (-1 if actor.party_id is None else actor.party_id))
    if states:
        visible = visible.where(_standing(states, today_of(work.now)))
    found = page(work, visible, DataRequest, first=first, after=after)
    return Page(_seen(work, actor, found.rows), found.has_next, found.has_previous, visible)


def _standing(states: Collection[DataRequestState], today: date) -> Any:
    over = col(DataRequest.state).in_(OPEN) & (col(DataRequest.ends_on) < today)
    standing = col(DataRequest.state).in_(list(states)) & ~over
    return standing | over if DataRequestState.EXPIRED in states else standing


def data_request(work: UnitOfWork, actor: Actor, request_id: int) -> RequestSeen:
    row = work.one(data_requests_visible_to(actor).where(col(DataRequest.id) == request_id))
    return _seen(work, actor, [row])[0]


def requests_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[RequestSeen]:
    return _seen(work, actor, work.rows(data_requests_visible_to(actor).where(col(DataRequest.id).in_(numbers))))


def _seen(work: UnitOfWork, actor: Actor, rows: Sequence[Any]) -> list[RequestSeen]:
    today = today_of(work.now)
    asked = {row.holder_id for row in rows if row.asker_id == actor.party_id and row.alias is not None}
    names: dict[int, str] = {}
    if asked:
        told = work.session.connection().execute(names_revealed_to(actor, asked, today))
        names = {row.firm_id: row.name for row in told}
    return [_as_asker(row, today, names) if row.asker_id == actor.party_id else _as_holder(row, today) for row in rows]


def _as_asker(row: Any, today: date, names: dict[int, str]) -> RequestSeen:
    by_alias = row.alias is not None
    return _of(
        row,
        today,
        Side.BUYER,
        None if by_alias else row.holder_id,
        row.alias,
        names.get(row.holder_id) if by_alias else None,
    )


def _as_holder(row: Any, today: date) -> RequestSeen:
    """Who asked without a name is no firm here, and no alias either: two requests of one asker are not joined."""
    return _of(row, today, Side.SELLER, row.asker_id if row.asker_named else None, None, None)


def _of(row: Any, today: date, side: Side, partner_id: int | None, alias: str | None, name: str | None) -> RequestSeen:
    over = row.state in OPEN and row.ends_on < today
    return RequestSeen(
        id=row.id, side=side, partner_id=partner_id, alias=alias, revealed_name=name,
        veiled=row.alias is not None, asker_named=row.asker_named, reason=row.reason, item=row.item_text,
        kinds=[DataKind(k) for k in row.kinds.split()], criticality=row.criticality, starts_on=row.starts_on,
        ends_on=row.ends_on, message=row.message,
        state=DataRequestState.EXPIRED if over else DataRequestState(row.state), asked_at=row.asked_at,
        answered_at=row.answered_at, ended_at=row.ended_at, version=row.version,
    )  # fmt: skip


def answers_of(work: UnitOfWork, actor: Actor, request_ids: Collection[int]) -> Sequence[Any]:
    """What the actor may read of the answers today; the asker's reading enters the asked firm's ledger."""
    today = today_of(work.now)
    rows = work.rows(
        data_answers_visible_to(actor, today)
        .where(col(DataAnswer.request_id).in_(request_ids))
        .order_by(col(DataAnswer.request_id), col(DataAnswer.id))
    )
    told: dict[int, int] = {}
    for row in rows:
        told[row.request_id] = told.get(row.request_id, 0) + 1
    if told:
        asked = data_requests_visible_to(actor).where(
            col(DataRequest.id).in_(told), col(DataRequest.asker_id) == actor.party_id
        )
        for request in work.rows(asked):
            about = ("DataRequest", request.id)
            note(
                work, owner_id=request.holder_id, viewer=actor, what="requested_data", subject=about, grant=about,
                rows=told[request.id], named=request.asker_named,
            )  # fmt: skip
    return rows


def request_verbs(actor: Actor, request: RequestSeen) -> list[str]:
    """What this person may do to a request now: the buttons beside it."""
    if not actor.has(*(ASKERS if request.side is Side.BUYER else HOLDERS)):
        return []
    return DATA_REQUEST_LIFE.verbs(request.state, request.side)
