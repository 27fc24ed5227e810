"""What a proposed tolerance would have made of the answers a buyer got: gathered in a few statements, and judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from collaboration.logistics.tables import DespatchLine, ReceiptAdvice, ReceiptLine
from collaboration.logistics.visibility import (
    despatch_lines_visible_to,
    receipt_lines_visible_to,
    receipts_visible_to,
)
from collaboration.orders.answers import allowed_by, allowed_of
from collaboration.orders.decisions import DONE, UNBOUND, Promise, Terms, Wanted, match_promises
from collaboration.orders.forms import ToleranceGiven
from collaboration.orders.revisions import days_of
from collaboration.orders.tables import (
    LineAnswer,
    Order,
    OrderLine,
    OrderLineRevision,
    OrderResponse,
    ResponseLine,
    ResponseSchedule,
    Tolerance,
)
from collaboration.orders.tolerating import check_tolerance
from collaboration.orders.visibility import (
    line_revisions_visible_to,
    lines_visible_to,
    response_lines_visible_to,
    response_schedules_visible_to,
    responses_visible_to,
    tolerances_visible_to,
)
from collaboration.replay.decisions import Answered, Outcome, Part, replay
from kernel.access import Actor, Role, require
from kernel.bulk import by_column
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

MOST_DAYS = 731
USUAL_DAYS = 365
MOST_ANSWERS = 20_000
OWN_ANSWERS = Rule("replay.own_answers", "采购方回放其收到的答复", "the buyer, by replaying the answers it was given")
TOO_MANY = Rule("replay.answers", "采购方缩小范围", "you, by naming a seller, an item or fewer days")


@dataclass(frozen=True)
class Replay:
    """The outcome, and what it leaves out.

    ``not_kept``: answers to lines of which it was not kept how they stood when answered. ``ruled_apart``: of items that
    have a tolerance of their own, which goes before one for all items.
    """

    outcome: Outcome
    since: date
    until: date
    not_kept: int
    ruled_apart: int


def replay_tolerance(
    work: UnitOfWork, actor: Actor, *, proposed: ToleranceGiven, seller_id: int | None = None,
    item_id: int | None = None, days: int = USUAL_DAYS,
) -> Replay:  # fmt: skip
    """The buyer's own people try a tolerance on the answers of one seller, one item of it, or all; nothing is kept.

    Raises NotAllowedNow, NotFound, Invalid, Limit.
    """
    require(actor, Role.BUYER, Role.LEAD)
    _check(work, actor, proposed, seller_id, item_id, days)
    since = work.now - timedelta(days=days)
    answers = _answers(work, actor, since, seller_id)
    gathered = _Gathered.of(work, actor, answers)
    told, not_kept, apart = [], 0, 0
    for row in answers:
        asked = gathered.asked(row)
        if asked is None:
            not_kept += 1
        elif item_id is None and (row.seller_id, asked.item_id) in gathered.tolerances:
            apart += 1
        elif item_id is None or asked.item_id == item_id:
            told.append(gathered.answered(row, asked))
    today = today_of(work.now)
    outcome = replay(told, allowed_of(proposed, "proposed"), today)
    return Replay(outcome, today_of(since), today, not_kept, apart)


def _check(
    work: UnitOfWork, actor: Actor, proposed: ToleranceGiven, seller_id: int | None, item_id: int | None, days: int
) -> None:  # fmt: skip
    if actor.of_firm is not None or seller_id == actor.party_id:
        raise NotAllowedNow(
            "a tolerance is tried by the buyer, on answers its sellers gave it", "容差回放仅由采购方对其收到的答复进行",
            fields=("sellerId",), rule=OWN_ANSWERS,
        )  # fmt: skip
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("days", f"replay the last 1 to {MOST_DAYS} days", f"回放范围为最近 1 至 {MOST_DAYS} 天")
    if seller_id is not None:
        work.one(firms_visible_to(actor).where(col(Firm.id) == seller_id), field="sellerId")
    if item_id is not None:
        if seller_id is None:
            raise Invalid("itemId", "say whose item it is: name the seller too", "请同时指定供应商")
        offered = items_visible_to(actor).where(col(Item.firm_id) == seller_id)
        work.one(offered.where(col(Item.id) == item_id), field="itemId")
    check_tolerance(proposed, "rule.")


def _answers(work: UnitOfWork, actor: Actor, since: datetime, seller_id: int | None) -> Sequence[Any]:
    """Every answered line that differed since an instant: changed, not rejected, added or delivered already."""
    own = (
        responses_visible_to(actor)
        .join(Order, col(Order.id) == col(OrderResponse.order_id))
        .where(col(Order.buyer_id) == actor.party_id, col(OrderResponse.answered_at) >= since)
    )
    if seller_id is not None:
        own = own.where(col(Order.seller_id) == seller_id)
    heads = own.with_only_columns(
        col(OrderResponse.id), col(OrderResponse.order_id), col(OrderResponse.answered_version),
        col(OrderResponse.answered_at), col(Order.seller_id), col(Order.currency),
    ).subquery()  # fmt: skip
    said = response_lines_visible_to(actor).join(heads, heads.c.id == col(ResponseLine.response_id))
    differing = said.where(col(ResponseLine.answer) == LineAnswer.CHANGED, col(ResponseLine.deviation) != "")
    statement = differing.with_only_columns(
        *ResponseLine.__table__.columns,  # type: ignore[attr-defined]
        *(heads.c[name] for name in ("order_id", "answered_version", "answered_at", "seller_id", "currency")),
    ).order_by(col(ResponseLine.id)).limit(MOST_ANSWERS + 1)  # fmt: skip
    found = work.rows(statement)
    if len(found) > MOST_ANSWERS:
        raise Limit(
            f"more than {MOST_ANSWERS} answers differed; name a seller, an item or fewer days",
            f"有差异的答复超过 {MOST_ANSWERS} 行；请指定供应商或缩短天数", fields=("days",), rule=TOO_MANY,
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Gathered:
    """What the answers are judged by, each found once for all of them."""

    lines: Mapping[int, Any]
    revisions: Mapping[int, Sequence[Any]]
    promised: Mapping[int, Sequence[Any]]
    came: Mapping[int, Sequence[Part]]
    tolerances: Mapping[tuple[int, int | None], Any]

    @classmethod
    def of(cls, work: UnitOfWork, actor: Actor, answers: Sequence[Any]) -> "_Gathered":
        line_ids = sorted({row.line_id for row in answers})
        own = tolerances_visible_to(actor).where(col(Tolerance.buyer_id) == actor.party_id)
        return cls(
            {x.id: x for x in _some(work, lines_visible_to(actor), col(OrderLine.id), line_ids)},
            by_column(_some(work, line_revisions_visible_to(actor), col(OrderLineRevision.line_id), line_ids), "line_id"),
            by_column(_some(
                work, response_schedules_visible_to(actor), col(ResponseSchedule.response_line_id),
                [row.id for row in answers],
            ), "response_line_id"),
            _came(work, actor, sorted({row.order_id for row in answers})),
            {(t.seller_id, t.item_id): t for t in work.rows(own)},
        )  # fmt: skip

    def asked(self, row: Any) -> Any | None:
        """How the line stood when it was answered; None where that was not kept."""
        earlier = [r for r in self.revisions.get(row.line_id, ()) if r.version <= row.answered_version]
        return max(earlier, key=lambda r: r.version, default=None)

    def answered(self, row: Any, asked: Any) -> Answered:
        days = days_of(asked)
        promises = [Promise(day.promised_on, day.quantity) for day in self.promised.get(row.id, ())]
        if row.backorder_maximum:
            promises.append(Promise(None, row.backorder_maximum))
        offered = sum((p.quantity for p in promises), ZERO)
        line = self.lines[row.line_id]
        tolerance = self.tolerances.get((row.seller_id, asked.item_id)) or self.tolerances.get((row.seller_id, None))
        return Answered(
            response_line_id=row.id, order_id=row.order_id, line_id=row.line_id, line_number=line.number,
            seller_id=row.seller_id, item_id=asked.item_id, answered_at=row.answered_at, currency=row.currency,
            asked=Terms(asked.quantity, asked.unit_price, asked.item_id),
            offered=Terms(offered, row.unit_price, row.item_id),
            days=match_promises([Wanted(n, d.wanted_on, d.quantity) for n, d in enumerate(days)], promises),
            wanted=[(d.wanted_on, d.quantity) for d in days], verdict=row.verdict, in_force=allowed_by(tolerance),
            came=self.came.get(row.line_id, ()), is_bound=line.state not in UNBOUND, is_over=line.state in DONE,
        )  # fmt: skip


AT_ONCE = 5_000


def _some(work: UnitOfWork, statement: Any, column: Any, numbers: Sequence[int]) -> list[Any]:
    """The rows whose column is among the numbers, asked for in pieces that every database takes."""
    pieces = [numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)]
    return [row for piece in pieces for row in work.rows(statement.where(column.in_(piece)))]


def _came(work: UnitOfWork, actor: Actor, order_ids: Sequence[int]) -> dict[int, list[Part]]:
    """Line -> what was accepted of it, and on which day; of all lines of these orders."""
    of_orders = _some(work, despatch_lines_visible_to(actor), col(DespatchLine.order_id), order_ids)
    sent = {x.id: x.line_id for x in of_orders}
    counted = _some(work, receipt_lines_visible_to(actor), col(ReceiptLine.despatch_line_id), sorted(sent))
    receipts = _some(work, receipts_visible_to(actor), col(ReceiptAdvice.id), sorted({c.receipt_id for c in counted}))
    posted = {r.id: today_of(r.posted_at) for r in receipts}
    found: dict[int, list[Part]] = {}
    for row in counted:
        if row.accepted:
            found.setdefault(sent[row.despatch_line_id], []).append((posted[row.receipt_id], row.accepted))
    return found
