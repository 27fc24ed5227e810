"""One document of each kind with all our model holds of it, of made-up firms: ours to give away, as Peppol's are not.

``docs/ubl.md`` is made from them, and every rule of ours passes them on ``TODAY``.
"""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from exchange.ubl.changes import ActionCode, ChangedLine, OrderCancellationDocument, OrderChangeDocument
from exchange.ubl.documents import OrderDocument, OrderedLine, PartyNamed, WantedSchedule
from exchange.ubl.invoicing import AnswerCode, InvoiceAnswer, InvoiceDocument, InvoicedRow, TaxCode, TaxRow
from exchange.ubl.quoting import PriceFrom, QuotationDocument, QuotedLine, RequestedLine, RfqDocument
from exchange.ubl.responses import HeaderCode, LineCode, PromisedSchedule, ResponseDocument, ResponseLine
from exchange.ubl.write_change import write_order_cancellation, write_order_change
from exchange.ubl.write_invoice import write_invoice, write_invoice_answer
from exchange.ubl.write_order import write_order
from exchange.ubl.write_quoting import write_quotation, write_rfq
from exchange.ubl.write_response import write_order_response

TODAY = date(2027, 1, 4)
BUYER = PartyNamed("龙腾智能装备(南京)有限公司", (("CN-USCC", "91320000MADEM0001D"),))
SELLER = PartyNamed("苏州精齿传动有限公司", (("CN-USCC", "91320000MADEM0002G"),))
REDUCER = ("RV-40E 减速器", "LT-1001", "RV-40E")
ONE = Decimal(1)


def _line(number: str, quantity: int, *days: tuple[date, int], price: str = "2680.5") -> OrderedLine:
    name, buyers, sellers = REDUCER
    wanted = tuple(WantedSchedule(day, Decimal(part)) for day, part in days)
    return OrderedLine(
        number, name, buyers, sellers, "", Decimal(quantity), "C62", Decimal(price), ONE, "CNY", wanted, "木箱"
    )


FEBRUARY, MARCH, APRIL = date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1)
ORDER = OrderDocument(
    "PO-7", TODAY, "CNY", BUYER, SELLER, "年度框架内", (_line("1", 30, (FEBRUARY, 18), (MARCH, 12)), _line("2", 5, (MARCH, 5))),
    type_code="220",
)  # fmt: skip
CHANGE = OrderChangeDocument(
    "PO-7-C1", TODAY, 1, "PO-7", "CNY", BUYER, SELLER, "改期", (
        ChangedLine(ActionCode.CHANGE, _line("1", 36, (FEBRUARY, 18), (APRIL, 18), price="2600")),
        ChangedLine(ActionCode.DELETE, _line("2", 5, (MARCH, 5))),
        ChangedLine(ActionCode.ADD, _line("3", 2, (APRIL, 2))),
    ), TODAY,
)  # fmt: skip
CANCELLATION = OrderCancellationDocument("PO-7-X1", TODAY, "PO-7", BUYER, SELLER, "MATERIAL: 停产", "电话已沟通", TODAY)
RESPONSE = ResponseDocument(
    "PO-7-R1", TODAY, "PO-7", SELLER, BUYER, "CNY", HeaderCode.CHANGED, TODAY, "见各行", "CAPACITY", "PO-7-C1",
    (
        ResponseLine(
            LineCode.CHANGED, "1", *REDUCER, Decimal(28), "C62", Decimal("2650"), Decimal(2), "RV-40F", "RV-40F 减速器",
            (PromisedSchedule(FEBRUARY, Decimal(18)), PromisedSchedule(APRIL, Decimal(10))), "CAPACITY",
        ),
        ResponseLine(LineCode.NOT_ACCEPTED, "2", *REDUCER, reason="DISCONTINUED"),
    ),
)  # fmt: skip
REQUEST = RfqDocument(
    "RFQ-3", TODAY, date(2027, 1, 20), time(17), FEBRUARY, "CNY", "DAP", BUYER, SELLER, "减速器年度询价", "含木箱",
    (RequestedLine("1", "40 型减速器", Decimal(100), "C62", MARCH),), time(9, 30), 1,
)  # fmt: skip
BID = QuotationDocument(
    "RFQ-3-Q1", TODAY, "RFQ-3", "CNY", "DAP", MARCH, SELLER, BUYER, "含税价另议", (
        QuotedLine(
            "1", "RV-40E 减速器", "RV-40E", "C62", (PriceFrom(Decimal(0), Decimal("2680.5")), PriceFrom(Decimal(50), Decimal(2600))), 21,
            ONE, Decimal(100), Decimal(10), Decimal(5000), Decimal(800), False, "现货 20",
        ),
        QuotedLine("1", "RV-40F 减速器", "RV-40F", "C62", (PriceFrom(Decimal(0), Decimal(2500)),), 30, None, None, alternate=True),
    ), Decimal("265800"), "1",
)  # fmt: skip
BILL = InvoiceDocument(
    "INV-9", TODAY, FEBRUARY, "CNY", SELLER, BUYER,
    (
        InvoicedRow("1", *(REDUCER[0], REDUCER[2], REDUCER[1]), Decimal(18), "C62", Decimal("2680.5"), Decimal("48249.00"),
                    TaxCode.STANDARD, Decimal(13), "PO-7", "1", "首批"),
        InvoicedRow("2", *(REDUCER[0], REDUCER[2], REDUCER[1]), Decimal(1), "C62", Decimal(100), Decimal("100.00"),
                    TaxCode.STANDARD, Decimal(13), "PO-8", "4"),
    ),
    (TaxRow(TaxCode.STANDARD, Decimal(13), Decimal("48349.00"), Decimal("6285.37")),),
    Decimal("48349.00"), Decimal("48349.00"), Decimal("6285.37"), Decimal("54634.37"), Decimal("54634.37"),
    "PO-7", "30 天", "谢谢", "25322000000000000001", "DIGITAL_SPECIAL",
)  # fmt: skip
BILL_ANSWER = InvoiceAnswer(
    "INV-9-1", TODAY, "INV-9", AnswerCode.UNDER_QUERY, BUYER, SELLER, "单价与订单不符", "PRI", "PIN", TODAY
)

EXAMPLES: Mapping[str, bytes] = {
    "Order": write_order(ORDER), "OrderChange": write_order_change(CHANGE),
    "OrderCancellation": write_order_cancellation(CANCELLATION), "OrderResponse": write_order_response(RESPONSE),
    "RequestForQuotation": write_rfq(REQUEST), "Quotation": write_quotation(BID), "Invoice": write_invoice(BILL),
    "ApplicationResponse": write_invoice_answer(BILL_ANSWER),
}  # fmt: skip
"""Document -> its bytes."""
