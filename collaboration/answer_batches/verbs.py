"""A seller answers many orders in one act; a buyer decides on the waiting answers of many."""

from collections.abc import Collection, Sequence, Set

from sqlmodel import col

from collaboration.answer_batches.events import OrdersAnswered, ResponsesDecided
from collaboration.answer_batches.forms import OrderAnswer, ResponseDecision, kept, kept_decision
from collaboration.answer_batches.giving import finish_batch, give, is_deferred, refuse_answer, settle_answer
from collaboration.answer_batches.tables import AnswerBatch, BatchedAnswer
from collaboration.orders.decisions import ANSWERABLE, WAITING
from collaboration.orders.lifecycle import LineState
from collaboration.orders.tables import Decision, Order, OrderLine, OrderResponse
from collaboration.orders.visibility import lines_visible_to, orders_visible_to, responses_visible_to
from kernel.access import Actor, Role, Side, require
from kernel.bulk import portions
from kernel.errors import Invalid, Limit, NotFound, Rule
from kernel.work import UnitOfWork

__all__ = ["answer_orders", "decide_on_responses", "finish_batch", "refuse_answer", "settle_answer"]

MOST_ORDERS, MOST_LINES = 1_000, 20_000
TOO_MANY = Rule("answer_batch.most", "分几次提交", "you, by doing it in several acts")


def answer_orders(work: UnitOfWork, actor: Actor, *, answers: Sequence[OrderAnswer]) -> AnswerBatch:
    """The seller answers many orders, each with the version it read; what is refused of one stops no other.

    Up to 100 lines in all it is done at once, else by a job; the outcome of each order stands in the batch.
    Raises NotAllowedNow, NotFound for an order that is none of the actor's, Invalid for one named twice, Limit.
    """
    require(actor, Role.SALES)
    named = [one.order_id for one in answers]
    _check_named(named, "orders", "orderId")
    sold = orders_visible_to(actor).where(col(Order.seller_id) == actor.party_id)
    known = {row.id for part in portions(named) for row in work.rows(sold.where(col(Order.id).in_(part)))}
    _check_known(named, known, "orders", "orderId")
    lines = _count(work, actor, named, ANSWERABLE, "orders")
    batch = _open(work, actor, Side.SELLER, len(answers), lines)
    rows = _write(work, batch, [(one.order_id, one.expected_version, kept(one)) for one in answers])
    assert batch.id is not None
    deferred = is_deferred(batch)
    work.record(OrdersAnswered(batch_id=batch.id, orders=len(answers), lines=lines, deferred=deferred))
    give(work, actor, batch, rows, kind="answer_orders")
    return batch


def decide_on_responses(work: UnitOfWork, actor: Actor, *, decisions: Sequence[ResponseDecision]) -> AnswerBatch:
    """The buyer decides on all that waits of many orders' answers, each at the version it read; what is refused of one stops no other.

    A counter-offer says its own terms and is made order by order. At once up to 100 lines in all, else by a job. Raises
    NotAllowedNow, NotFound for an answer that is none of the actor's to decide on, Invalid for one named twice, Limit.
    """
    require(actor, Role.BUYER)
    responses = [one.response_id for one in decisions]
    _check_named(responses, "decisions", "responseId")
    bought = orders_visible_to(actor).where(col(Order.buyer_id) == actor.party_id).with_only_columns(col(Order.id))
    own = responses_visible_to(actor).where(col(OrderResponse.order_id).in_(bought))
    rows = [row for part in portions(responses) for row in work.rows(own.where(col(OrderResponse.id).in_(part)))]
    orders = {row.id: row.order_id for row in rows}
    _check_known(responses, orders.keys(), "decisions", "responseId")
    named = [orders[one] for one in responses]
    _check_named(named, "decisions", "responseId")  # two answers to one order
    for position, one in enumerate(decisions):
        if one.decision is Decision.COUNTER:
            raise Invalid(
                f"decisions.{position}.decision", "a counter-offer says its own terms: make it on that order alone",
                "还价须逐单填写条件：请在该订单上还价",
            )  # fmt: skip
    lines = _count(work, actor, named, WAITING, "decisions")
    batch = _open(work, actor, Side.BUYER, len(decisions), lines)
    said = zip(named, decisions, strict=True)
    written = _write(work, batch, [(order, one.expected_version, kept_decision(one)) for order, one in said])
    assert batch.id is not None
    deferred = is_deferred(batch)
    work.record(ResponsesDecided(batch_id=batch.id, orders=len(decisions), lines=lines, deferred=deferred))
    give(work, actor, batch, written, kind="decide_on_responses")
    return batch


def _check_named(named: Sequence[int], place: str, field: str) -> None:
    """Raises Invalid for none, and for one that is named twice; Limit for more than are done in one act."""
    if not named:
        raise Invalid(place, "name at least one order", "请至少选择一张订单")
    if len(named) > MOST_ORDERS:
        raise _too_many(place, len(named))
    seen: set[int] = set()
    for position, one in enumerate(named):
        if one in seen:
            raise Invalid(f"{place}.{position}.{field}", "this order is named twice", "同一订单重复提交")
        seen.add(one)


def _check_known(named: Sequence[int], known: Collection[int], place: str, field: str) -> None:
    for position, one in enumerate(named):
        if one not in known:
            raise NotFound(f"{place}.{position}.{field}")


def _count(work: UnitOfWork, actor: Actor, order_ids: Sequence[int], states: Set[LineState], place: str) -> int:
    """How many lines of these orders stand so. Raises Limit."""
    standing = lines_visible_to(actor).where(col(OrderLine.state).in_(states))
    lines = sum(work.count(standing.where(col(OrderLine.order_id).in_(part))) for part in portions(order_ids))
    if lines > MOST_LINES:
        raise _too_many(place, len(order_ids), lines)
    return lines


def _too_many(place: str, orders: int, lines: int | None = None) -> Limit:
    en = f"{orders} orders" if lines is None else f"{orders} orders and {lines} lines"
    zh = f"{orders} 张" if lines is None else f"{orders} 张、{lines} 行"
    return Limit(
        f"one act takes at most {MOST_ORDERS} orders and {MOST_LINES} lines, these are {en}",
        f"一次最多处理 {MOST_ORDERS} 张订单、{MOST_LINES} 行，本次为 {zh}", fields=(place,), rule=TOO_MANY,
    )  # fmt: skip


def _open(work: UnitOfWork, actor: Actor, side: Side, orders: int, lines: int) -> AnswerBatch:
    assert actor.party_id is not None
    return work.add(
        AnswerBatch(
            firm_id=actor.party_id, side=side, by_user=actor.user_id, orders=orders, lines=lines, opened_at=work.now
        )
    )


def _write(work: UnitOfWork, batch: AnswerBatch, said: Sequence[tuple[int, int, str]]) -> list[BatchedAnswer]:
    """said: order, the version it was read at, what is said of it as JSON."""
    assert batch.id is not None
    rows = [
        BatchedAnswer(batch_id=batch.id, order_id=order_id, expected_version=version, given=text)
        for order_id, version, text in said
    ]
    work.session.add_all(rows)
    work.session.flush()
    return rows
