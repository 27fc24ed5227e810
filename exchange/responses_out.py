"""Give the seller's answer to an order out as a UBL OrderResponse, to either of the order's two parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from collaboration.changes.reads import changes_by_id
from collaboration.orders.reads import lines_of_orders, response_lines_of, response_schedules_of, responses_of_orders
from collaboration.orders.tables import Answer, LineAnswer, Verdict
from exchange import reads
from exchange.answers_out import Answered, line_said, plain_text
from exchange.change_answers_out import export_change_answer
from exchange.subjects import change_of, note_export, number_behind, order_of, parties_of
from exchange.ubl.responses import HeaderCode, LineCode, ResponseDocument, ResponseLine
from exchange.ubl.write_response import write_order_response
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import NotAllowedNow, Rule
from kernel.work import UnitOfWork

HEADERS = {
    Answer.ACKNOWLEDGED: HeaderCode.RECEIVED, Answer.ACCEPTED: HeaderCode.ACCEPTED,
    Answer.REJECTED: HeaderCode.REJECTED, Answer.CHANGED: HeaderCode.CHANGED,
}  # fmt: skip
ONE_CODE = {Answer.ACCEPTED: LineCode.ACCEPTED, Answer.REJECTED: LineCode.NOT_ACCEPTED}
"""AP and RE speak of the whole order and send no lines: only where every line of it is answered so."""
GONE = frozenset({
    Verdict.REFUSED, Verdict.COUNTERED, Verdict.CANCELLED, Verdict.REFUSED_BY_DEFAULT, Verdict.SUPERSEDED,
})  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """One line of an answer as it is kept, with its days. ``given``: in the answer that is written, or an earlier one."""

    row: Any
    days: Sequence[Any]
    given: bool


def export_order_response(work: UnitOfWork, actor: Actor, subject: str) -> bytes:
    """The newest answer to an order, or to a change. subject: the order's as ``order_of`` takes it, or the change's id.

    Raises NotFound, also for an order of others; Invalid when several buyers use the number; NotAllowedNow when
    the order has no answer yet.
    """
    if changes_by_id(work, actor, [number_behind("OrderChange", subject.strip())]):
        return export_change_answer(work, actor, *change_of(work, actor, subject.strip()))
    order = order_of(work, actor, subject)
    newest, code, lines = newest_answer(work, actor, order)
    note_export(work, actor, "order_answer", owner_id=order.seller_id, subject=("Order", order.id))
    return write_order_response(_document(work, actor, order, newest, code, lines))


def newest_answer(work: UnitOfWork, actor: Actor, order: Any) -> tuple[Any, HeaderCode, list[ResponseLine]]:
    """(the newest answer, its code, every line of the order as it stands by it). Raises NotAllowedNow without one."""
    answers = responses_of_orders(work, actor, [order.id])
    if not answers:
        raise NotAllowedNow(
            f"order {order.number} has no answer yet; the seller gives it, then export again",
            f"订单 {order.number} 尚无答复；请在供应方答复后再导出",
            rule=Rule("order.unanswered", "供应方答复订单", "the seller, by answering"),
        )
    newest = answers[-1]
    spoken = {} if newest.answer is Answer.ACKNOWLEDGED else _spoken(work, actor, answers)
    lines = _lines(work, actor, order, spoken)
    code = HEADERS[newest.answer]
    if newest.answer in ONE_CODE and any(line.code is not ONE_CODE[newest.answer] for line in lines):
        code = HeaderCode.CHANGED
    return newest, code, lines


def _spoken(work: UnitOfWork, actor: Actor, answers: Sequence[Any]) -> dict[int, Spoken]:
    """Line id -> what was last said of it. The newest answer leaves out what was settled before; UBL wants all lines."""
    rows = response_lines_of(work, actor, [answer.id for answer in answers])
    last = {row.line_id: row for row in sorted(rows, key=lambda row: (row.response_id, row.id))}
    days: dict[int, list[Any]] = {row.id: [] for row in last.values()}
    for day in response_schedules_of(work, actor, list(days)):
        days[day.response_line_id].append(day)
    newest = answers[-1].id
    return {line_id: Spoken(row, days[row.id], row.response_id == newest) for line_id, row in last.items()}


def _lines(work: UnitOfWork, actor: Actor, order: Any, spoken: dict[int, Spoken]) -> list[ResponseLine]:
    """Every line of the order as it stands by this answer, in the order's own sequence."""
    lines = [line for line in lines_of_orders(work, actor, [order.id]) if line.id in spoken]
    named = {i for line in lines for i in (line.ordered_item_id, spoken[line.id].row.item_id)}
    items = reads.items_named(work, named)
    own = reads.buyers_numbers(
        work, actor, buyer_id=order.buyer_id, item_ids=named
    )  # fmt: skip
    written = []
    for line in lines:
        said = spoken[line.id]
        is_gone = not said.given and said.row.verdict in GONE
        if is_gone and said.row.answer is LineAnswer.ADDED:
            continue  # offered once, not taken: it is no line of the order
        written.append(
            line_said(
                Answered(
                    line=line, row=said.row, days=said.days, ordered=items[line.ordered_item_id],
                    offered=items[said.row.item_id], own_numbers=own, is_gone=is_gone,
                )
            )
        )  # fmt: skip
    return written


def _document(
    work: UnitOfWork, actor: Actor, order: Any, newest: Any, code: HeaderCode, lines: Sequence[ResponseLine]
) -> ResponseDocument:
    buyer, seller = parties_of(work, actor, order.buyer_id, order.seller_id)
    reason = newest.reason.name if newest.reason else ""
    note = newest.note
    if code is HeaderCode.REJECTED:  # no lines are sent, so what they say is said here
        note = "\n".join(
            [*(f"{x.line_number}: {x.reason}" for x in lines if x.reason != reason), *([note] if note else [])]
        )
    return ResponseDocument(
        number=plain_text(f"{order.number}-R{newest.number}"),
        issued_on=today_of(newest.answered_at),
        order_number=plain_text(order.number),
        seller=seller,
        buyer=buyer,
        currency=order.currency,
        code=code,
        note=plain_text(note),
        reason=reason,
        lines=tuple(lines) if code is HeaderCode.CHANGED else (),
    )
