"""Read a seller's UBL OrderResponse: what it says of the whole order, and line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exchange.ubl.documents import Complaint, PartyNamed
from exchange.ubl.hardened import ORDER_RESPONSE
from exchange.ubl.headings import currency_of, issued_of, number_of, opened, order_reference_of, party_of
from exchange.ubl.order_lines import names_of, note_of, price_of, quantity_of
from exchange.ubl.reading import Findings, Node, shown
from exchange.ubl.responses import HeaderCode, LineCode, PromisedSchedule
from kernel.quantities import ZERO

TAKEN_OVER = {"29": "AP", "27": "RE", "30": "CA", "12": "AB"}
"""The same four words in EDIFACT 1225, which some systems leave in OrderResponseCode."""


@dataclass(frozen=True)
class AnsweredRow:
    """One OrderLine as it stands in the file. ``place``: where, such as ``OrderLine 2``.

    line_number: the order line it refers to; empty for an added line that refers to none.
    promised_on: None where no day is said. backorder: at most so much comes later; None where it is not said.
    """

    place: str
    code: LineCode
    line_number: str
    item_name: str
    buyers_item_number: str
    sellers_item_number: str
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    schedules: tuple[PromisedSchedule, ...]
    backorder: Decimal | None
    substitute_number: str
    note: str


@dataclass(frozen=True)
class AnswerRead:
    """An answer as read. ``order_change_number``: the change it answers, if it says one."""

    number: str
    issued_on: date
    order_number: str
    order_change_number: str
    seller: PartyNamed
    buyer: PartyNamed
    currency: str
    code: HeaderCode
    note: str
    rows: tuple[AnsweredRow, ...]
    left_out: tuple[str, ...] = ()


def read_order_response(content: bytes) -> tuple[AnswerRead | None, list[Complaint]]:
    """The answer and no complaint, or no answer and every complaint there is."""
    root, refused = opened(content, ORDER_RESPONSE)
    if root is None:
        return None, refused
    findings = Findings()
    answer = Node(root, "OrderResponse", "", findings)
    number, issued_on = number_of(answer, "订单答复"), issued_of(answer)
    order_number, _ = order_reference_of(answer)
    change = answer.part("OrderChangeDocumentReference").text("ID")
    seller, buyer = party_of(answer, "SellerSupplierParty"), party_of(answer, "BuyerCustomerParty")
    code, note = _header_code(answer), answer.texts("Note")
    priced = any(e.get("currencyID") for e in root.iter())
    currency = currency_of(answer, root)[0] if priced else answer.text("DocumentCurrencyCode")
    rows = _rows(answer, currency)
    if findings.complaints or issued_on is None or code is None:
        return None, findings.told()
    return AnswerRead(
        number, issued_on, order_number, change, seller, buyer, currency, code, note, rows, findings.left_out(root)
    ), []


def _header_code(answer: Node) -> HeaderCode | None:
    code = answer.text("OrderResponseCode")
    try:
        return HeaderCode(TAKEN_OVER.get(code, code))
    except ValueError:
        en = f"{shown(code)} says not what the answer is: AB received, AP accepted, RE rejected, CA changed"
        zh = f"{shown(code)} 不是答复代码：AB 已收到、AP 接受、RE 拒绝、CA 有变更"
        answer.complain("OrderResponseCode", en, zh)
        return None


def _rows(answer: Node, currency: str) -> tuple[AnsweredRow, ...]:
    found = [_row(line, currency) for line in answer.rows("OrderLine")]
    return tuple(row for row in found if row is not None)


def _row(line: Node, currency: str) -> AnsweredRow | None:
    told = line.findings.told_so_far
    item = line.part("LineItem")
    code = _line_code(item)
    number = _line_number(line, item, code)
    quantity, unit = quantity_of(item) if item.leaf("Quantity").present else (None, "")
    price, _ = price_of(item.part("Price"), unit, currency)
    days = _days(item, quantity, unit)
    backorder = item.leaf("MaximumBackorderQuantity").number()
    if backorder is not None and backorder < 0:
        item.complain("MaximumBackorderQuantity", "a backorder is not negative", "最大待交数量不能为负数")
    substitute = line.parts("SellerSubstitutedLineItem")
    other = names_of(substitute[0].part("Item"), needed=False)[2] if substitute else ""
    names = names_of(item.part("Item"), needed=False)
    note = note_of(line, item)
    if code is None or told != line.findings.told_so_far:
        return None
    return AnsweredRow(line.place, code, number, *names[:3], quantity, unit, price, tuple(days), backorder, other, note)


def _line_code(item: Node) -> LineCode | None:
    code = item.text("LineStatusCode")
    try:
        return LineCode(code)
    except ValueError:
        en = f"{shown(code)} says not what becomes of the line: 1 added, 3 changed, 5 accepted, 7 not accepted, 42 delivered"
        zh = f"{shown(code)} 不是行答复代码：1 新增、3 变更、5 接受、7 不接受、42 已交付"
        item.complain("LineStatusCode", en, zh)
        return None


def _line_number(line: Node, item: Node, code: LineCode | None) -> str:
    """The order line meant: OrderLineReference/LineID, else the answer's own line number."""
    references = line.parts("OrderLineReference")
    named = [text for reference in references if (text := reference.text("LineID"))]
    if len(named) > 1:
        en = f"{len(named)} order lines are named; answer each in a line of its own"
        line.complain("OrderLineReference", en, f"引用了 {len(named)} 个订单行；请逐行答复")
    own = item.text("ID")
    return named[0] if named else ("" if code is LineCode.ADDED else own)


def _days(item: Node, whole: Decimal | None, unit: str) -> Sequence[PromisedSchedule]:
    """Each delivery with a day: its quantity, or the line's where it is the only one."""
    found: list[PromisedSchedule] = []
    deliveries = item.parts("Delivery")
    for delivery in deliveries:
        period, amount = delivery.part("PromisedDeliveryPeriod"), delivery.leaf("Quantity")
        first, last = period.day("StartDate"), period.day("EndDate")
        day = last or first
        quantity = amount.number() if amount.present else (whole if len(deliveries) == 1 else None)
        if amount.present and amount.attribute("unitCode") not in ("", unit):
            amount.complain("@unitCode", "state it in the line's unit", "请使用该行的计量单位")
        if day is None:
            continue
        if quantity is None or quantity <= 0:
            delivery.complain(
                "Quantity",
                "say how much comes on this day, in the line's unit",
                "请填写该日期的交付数量（使用该行的计量单位）",
            )
            continue
        found.append(PromisedSchedule(day, quantity))
    if whole is not None and len(found) > 1 and sum((day.quantity for day in found), ZERO) != whole:
        item.complain("Delivery/Quantity", "the days do not sum to the line's quantity", "各次交付之和不等于该行数量")
    return found
