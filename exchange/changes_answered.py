"""A seller's answer to an open change of an order, as a UBL OrderResponse says it, in the words of our verb."""

from typing import Any

from collaboration.changes import reads as changes
from collaboration.changes.forms import ChangedDay, LineChanged
from collaboration.changes.lifecycle import OrderChangeState
from collaboration.changes.tables import ChangeAnswer, LineAction
from collaboration.changes.verbs import respond_to_order_change
from exchange.changes_in import days_between
from exchange.changes_out import change_number
from exchange.outcome import Outcome, Report, Told, left_out_told
from exchange.taking_in import Standing, or_other, reason_of, tried
from exchange.ubl.documents import WantedSchedule
from exchange.ubl.read_response import AnsweredRow, AnswerRead
from exchange.ubl.reading import shown
from exchange.ubl.responses import HeaderCode, LineCode
from kernel.access import Actor, Side
from kernel.work import UnitOfWork

ANSWERS = {
    HeaderCode.ACCEPTED: ChangeAnswer.ACCEPTED, HeaderCode.REJECTED: ChangeAnswer.REJECTED,
    HeaderCode.CHANGED: ChangeAnswer.CHANGED,
}  # fmt: skip
FIELDS = {
    "number": "OrderLineReference/LineID", "lineId": "OrderLineReference/LineID", "quantity": "LineItem/Quantity",
    "unitPrice": "LineItem/Price/PriceAmount", "schedules": "LineItem/Delivery", "action": "LineItem/LineStatusCode",
    "reason": "Note", "note": "Note", "lines": "OrderLine",
}  # fmt: skip


def answer_change(work: UnitOfWork, actor: Actor, report: Report, answer: AnswerRead, standing: Standing) -> Outcome:
    """Accept, reject or counter the change that waits. Raises NotAllowedNow."""
    order = standing.order
    change = next(
        c for c in changes.changes_of_orders(work, actor, [order.id])
        if c.state in (OrderChangeState.SENT, OrderChangeState.COUNTERED)
    )  # fmt: skip
    number = answer.order_change_number
    if number and number not in (change_number(order, change), str(change.number)):
        report.complain(
            "OrderResponse", "OrderChangeDocumentReference/ID",
            f"the change that waits is {change_number(order, change)}, not {shown(number)}",
            f"待答复的变更为 {change_number(order, change)}，不是 {shown(number)}",
        )  # fmt: skip
    if not number:
        report.remark(
            "OrderResponse",
            f"names no change; taken as the answer to change {change.number}, which waits",
            f"未注明变更；按对第 {change.number} 次变更（待答复）的答复处理",
        )
    reason, note = reason_of(answer.note)
    lines, places = _lines(work, actor, report, answer, standing, change)
    if answer.code is HeaderCode.REJECTED:
        reason = or_other(report, "OrderResponse, Note", reason)
    if not report.faulty:
        tried(
            work, report, document="OrderResponse", places=places, fields=FIELDS,
            act=lambda: respond_to_order_change(
                work, actor, change_id=change.id, expected_version=order.version, answer=_answer(answer, lines),
                reason=reason, note=note, lines=lines,
            ),
        )  # fmt: skip
    if report.faulty:
        return report.refused()
    en, zh = _answer(answer, lines).name, answer.code.value
    told = Told(
        f"change {change.number} of order {order.number} answered {en}",
        f"订单 {order.number} 的第 {change.number} 次变更已答复 {zh}",
    )
    return Outcome((told, *report.remarks(), left_out_told(answer.left_out)), subject=("Order", order.id))


def _answer(answer: AnswerRead, lines: list[LineChanged]) -> ChangeAnswer:
    """Every line of a CA accepted as asked is an acceptance."""
    if answer.code is HeaderCode.CHANGED and not lines:
        return ChangeAnswer.ACCEPTED
    return ANSWERS[answer.code]


def _lines(
    work: UnitOfWork, actor: Actor, report: Report, answer: AnswerRead, standing: Standing, change: Any
) -> tuple[list[LineChanged], list[str]]:
    """The lines for which other terms are offered; those accepted as asked are left out."""
    asked = {str(x.number): x for x in changes.lines_of_changes(work, actor, [change.id]) if x.offered_by is Side.BUYER}
    found, places = [], []
    for row in answer.rows if answer.code is HeaderCode.CHANGED else ():
        number = row.line_number.lstrip("0")
        if row.code is LineCode.ACCEPTED or (number not in asked and row.code is LineCode.ALREADY_DELIVERED):
            continue
        if number not in asked or row.code not in (LineCode.CHANGED, LineCode.NOT_ACCEPTED):
            report.complain(
                row.place, "LineItem/LineStatusCode",
                f"the change does not concern line {shown(row.line_number)} so: of its lines say 5, 3 or 7",
                f"该变更不涉及第 {shown(row.line_number)} 行，或答复代码有误：请对所涉行填写 5、3 或 7",
            )  # fmt: skip
            continue
        found.append(_offered(row, asked[number], standing))
        places.append(row.place)
    return found, places


def _offered(row: AnsweredRow, asked: Any, standing: Standing) -> LineChanged:
    if row.code is LineCode.NOT_ACCEPTED:
        return LineChanged(LineAction.NONE, line_id=asked.line_id, number=None if asked.line_id else asked.number)
    wanted = [WantedSchedule(day.promised_on, day.quantity) for day in row.schedules]
    if asked.line_id is None:
        days = [ChangedDay(day.quantity, day.wanted_on) for day in wanted]
        return LineChanged(
            asked.action, number=asked.number, quantity=row.quantity, unit_price=row.unit_price, schedules=days
        )
    days = days_between(standing.days[asked.line_id], wanted, name_all=True) if wanted else []
    return LineChanged(
        asked.action, line_id=asked.line_id, quantity=row.quantity, unit_price=row.unit_price, schedules=days
    )
