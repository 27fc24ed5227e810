"""Take a seller's UBL OrderResponse in: the answer to an order, or to an open change of it, through the same verbs as pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from collaboration.orders.decisions import ANSWERABLE
from collaboration.orders.forms import LineAnswered, PromisedDay
from collaboration.orders.tables import Amendment, Answer, LineAnswer, Reason
from collaboration.orders.verbs import respond_to_order
from exchange import reads
from exchange.changes_answered import answer_change
from exchange.outcome import Outcome, Report, Told, left_out_told
from exchange.taking_in import Standing, of_a_firm, or_other, reason_of, refused, standing_order, tried
from exchange.ubl.read_response import AnsweredRow, AnswerRead, read_order_response
from exchange.ubl.reading import shown
from exchange.ubl.responses import HeaderCode, LineCode
from exchange.units import factor, over, times, unit_shown
from kernel.access import Actor, Role, Side
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

ANSWERS = {
    HeaderCode.RECEIVED: Answer.ACKNOWLEDGED, HeaderCode.ACCEPTED: Answer.ACCEPTED, HeaderCode.REJECTED: Answer.REJECTED,
    HeaderCode.CHANGED: Answer.CHANGED,
}  # fmt: skip
LINE_ANSWERS = {
    LineCode.ADDED: LineAnswer.ADDED, LineCode.CHANGED: LineAnswer.CHANGED, LineCode.ACCEPTED: LineAnswer.ACCEPTED,
    LineCode.NOT_ACCEPTED: LineAnswer.REJECTED, LineCode.ALREADY_DELIVERED: LineAnswer.ALREADY_DELIVERED,
}  # fmt: skip
AGREES = {HeaderCode.ACCEPTED: LineCode.ACCEPTED, HeaderCode.REJECTED: LineCode.NOT_ACCEPTED}
FIELDS = {
    "lineId": "OrderLineReference/LineID", "quantity": "LineItem/Quantity", "unitPrice": "LineItem/Price/PriceAmount",
    "schedules": "LineItem/Delivery", "backorderMaximum": "LineItem/MaximumBackorderQuantity",
    "substituteItemId": "SellerSubstitutedLineItem/Item", "answer": "LineItem/LineStatusCode", "reason": "LineItem/Note",
    "lines": "OrderLine", "note": "Note",
}  # fmt: skip


@dataclass
class Answering:
    """One order line answered, or a line added: a row of the file and the rows that give it further days."""

    row: AnsweredRow
    further: list[AnsweredRow] = field(default_factory=list)


def import_order_response(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Answer the order in a file, or say everything that is wrong with it. Raises NotAllowedNow."""
    of_a_firm(actor, Role.SALES)
    answer, faults = read_order_response(content)
    if answer is None:
        return refused(faults)
    report = Report()
    standing = standing_order(
        work, actor, report, "OrderResponse", number=answer.order_number, buyer=answer.buyer, seller=answer.seller
    )
    if standing is not None and standing.side is not Side.SELLER:
        report.complain(
            "OrderResponse", "SellerSupplierParty/Party", "an order is answered by its seller, and you are its buyer",
            "订单由供应方答复，而贵单位是采购方",
        )  # fmt: skip
    if standing is None or standing.side is not Side.SELLER:
        return report.refused()
    _check_heading(report, answer, standing)
    if standing.order.open_amendment is Amendment.CHANGE and answer.code is not HeaderCode.RECEIVED:
        return answer_change(work, actor, report, answer, standing)
    if answer.order_change_number:
        report.complain(
            "OrderResponse", "OrderChangeDocumentReference/ID",
            f"no change of order {standing.order.number} waits for an answer", f"订单 {standing.order.number} 没有待答复的变更",
        )  # fmt: skip
    reason, note = reason_of(answer.note)
    rows = grouped(answer.rows) if answer.code is HeaderCode.CHANGED else []
    given, places = _lines(work, actor, report, answer, standing, rows)
    if not report.faulty:
        tried(
            work, report, document="OrderResponse", places=places, fields=FIELDS,
            act=lambda: respond_to_order(
                work, actor, order_id=standing.order.id, expected_version=standing.order.version,
                answer=ANSWERS[answer.code], reason=_reason(report, answer, reason), note=_note(note, rows), lines=given,
            ),
        )  # fmt: skip
    if report.faulty:
        return report.refused()
    en, zh = ANSWERS[answer.code].name, answer.code.value
    told = Told(
        f"order {answer.order_number} answered {en}" + (f": {len(given)} line(s)" if given else ""),
        f"订单 {answer.order_number} 已答复 {zh}" + (f"：{len(given)} 行" if given else ""),
    )
    done = (told, *report.remarks(), left_out_told(answer.left_out))
    return Outcome(done, subject=("Order", standing.order.id))


def _check_heading(report: Report, answer: AnswerRead, standing: Standing) -> None:
    if answer.currency and answer.currency != standing.order.currency:
        ours = standing.order.currency
        report.complain(
            "OrderResponse", "DocumentCurrencyCode", f"the order is in {ours}; answer in {ours}",
            f"订单货币为 {ours}；请以 {ours} 答复",
        )  # fmt: skip
    agreed = AGREES.get(answer.code)
    for row in answer.rows if agreed else ():
        if row.code is not agreed:
            report.complain(
                row.place, "LineItem/LineStatusCode",
                f"{answer.code.value} speaks of the whole order, and this line says {row.code.value}; send CA with all lines",
                f"{answer.code.value} 是对整张订单的答复，而该行为 {row.code.value}；请发送 CA 并包含全部行",
            )  # fmt: skip
    if answer.code is HeaderCode.CHANGED and not answer.rows:
        report.complain(
            "OrderResponse", "OrderLine", "CA answers line by line; send all lines", "CA 须逐行答复；请包含全部行"
        )


def _reason(report: Report, answer: AnswerRead, reason: Reason | None) -> Reason | None:
    return or_other(report, "OrderResponse, Note", reason) if answer.code is HeaderCode.REJECTED else reason


def _note(note: str, rows: Sequence[Answering]) -> str:
    """What lines say beside their reason, which has no place there, stands in the answer's note."""
    said = [f"行 / line {a.row.line_number or '+'}: {rest}" for a in rows if (rest := reason_of(a.row.note)[1])]
    return "\n".join(text for text in (note, *said) if text)


def grouped(rows: Sequence[AnsweredRow]) -> list[Answering]:
    """Peppol T116: an added row with the same order line and item as one before it is a further day of that one."""
    found: list[Answering] = []
    for row in rows:
        base = next((a for a in found if _splits(a.row, row)), None)
        if base is None:
            found.append(Answering(row))
        else:
            base.further.append(row)
    return found


def _splits(base: AnsweredRow, row: AnsweredRow) -> bool:
    same_item = row.sellers_item_number in ("", base.sellers_item_number)
    return row.code is LineCode.ADDED and bool(row.line_number) and row.line_number == base.line_number and same_item


def _lines(
    work: UnitOfWork, actor: Actor, report: Report, answer: AnswerRead, standing: Standing, rows: Sequence[Answering]
) -> tuple[list[LineAnswered], list[str]]:
    """(what the verb is told, where each of it stands in the file). A line settled before is only restated: left out."""
    numbers = [n for a in rows for n in (a.row.substitute_number, a.row.sellers_item_number) if n]
    mine = {item.number: item for item in reads.own_items(work, actor, numbers)} if numbers else {}
    given, places = [], []
    for one in rows:
        line = standing.lines.get(one.row.line_number.lstrip("0"))
        if one.row.code is not LineCode.ADDED and line is None:
            report.complain(
                one.row.place, "OrderLineReference/LineID", f"the order has no line {shown(one.row.line_number)}",
                f"订单没有第 {shown(one.row.line_number)} 行",
            )  # fmt: skip
            continue
        if one.row.code is not LineCode.ADDED and line is not None and line.state not in ANSWERABLE:
            continue
        said = _answered(report, one, line, mine)
        if said is not None:
            given.append(said)
            places.append(one.row.place)
    return given, places


def _answered(report: Report, one: Answering, line: Any, mine: Mapping[str, Any]) -> LineAnswered | None:
    row, item = one.row, None
    wanted = row.substitute_number or (row.sellers_item_number if row.code is LineCode.ADDED else "")
    if wanted:
        item = mine.get(wanted)
        if item is None:
            path = "SellerSubstitutedLineItem/Item" if row.substitute_number else "LineItem/Item"
            report.complain(
                row.place, f"{path}/SellersItemIdentification/ID", f"{shown(wanted)} is no item of yours",
                f"本单位没有物料 {shown(wanted)}",
            )  # fmt: skip
            return None
    reason, _ = reason_of(row.note)
    if row.code is LineCode.NOT_ACCEPTED:
        return LineAnswered(LineAnswer.REJECTED, line.id, or_other(report, row.place, reason))
    unit = item.unit if line is None and item is not None else (line.unit if line is not None else row.unit)
    try:
        rate = rate_of(report, row, unit)
        price = None if row.unit_price is None else over(row.unit_price, rate)
        days = [PromisedDay(d.promised_on, times(d.quantity, rate)) for r in (row, *one.further) for d in r.schedules]
        quantity = _whole(one, rate)
        backorder = None if row.backorder is None else times(row.backorder, rate)
    except ValueError:
        return None
    return LineAnswered(
        LINE_ANSWERS[row.code], None if line is None else line.id, reason, quantity, price, days, backorder,
        item.id if item is not None else None,
    )  # fmt: skip


def _whole(one: Answering, rate: Decimal) -> Decimal | None:
    """What comes in all: the rows' own quantities."""
    if one.row.quantity is None:
        return None
    return times(one.row.quantity + sum((r.quantity or ZERO for r in one.further), ZERO), rate)


def rate_of(report: Report, row: AnsweredRow, unit: str) -> Decimal:
    """How many of the order's unit one of the row's is. Raises ValueError when it was complained of."""
    rate = factor(row.unit, unit) if row.unit else Decimal(1)
    if rate is None:
        report.complain(
            row.place, "LineItem/Quantity/@unitCode", f"the line is counted in {unit_shown(unit, 'en')}; answer in it",
            f"该行的计量单位为 {unit_shown(unit, 'zh')}；请按此单位答复",
        )  # fmt: skip
        raise ValueError(row.unit)
    return rate
