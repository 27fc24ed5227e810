"""Rules of invoices and of answers to them, beside EN 16931's own, after Peppol's Invoice Response (T111)."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from exchange.ubl.invoicing import AnswerCode
from exchange.ubl.rules import Facts, Part, RuleOfTrade
from kernel.quantities import ZERO

INVOICE, ANSWER = "Invoice", "ApplicationResponse"
CENT = Decimal("0.01")
NEEDS_REASON = ("RE", "UQ")


def _line_amounts(document: Part, facts: Facts) -> Iterator[str]:
    for line in document.parts("InvoiceLine"):
        quantity, price = line.number("InvoicedQuantity"), line.number("Price/PriceAmount")
        per, stated = line.number("Price/BaseQuantity") or Decimal(1), line.number("LineExtensionAmount")
        if quantity is None or price is None or stated is None or any(True for _ in line.parts("AllowanceCharge")):
            continue
        if abs((quantity * price / per).quantize(CENT, ROUND_HALF_UP) - stated) > CENT:
            yield line.at("LineExtensionAmount")


def _total_of_lines(document: Part, facts: Facts) -> Iterator[str]:
    stated = document.number("LegalMonetaryTotal/LineExtensionAmount")
    amounts = [line.number("LineExtensionAmount") or ZERO for line in document.parts("InvoiceLine")]
    if stated is not None and sum(amounts, ZERO) != stated:
        yield "LegalMonetaryTotal/LineExtensionAmount"


def _due_after_issue(document: Part, facts: Facts) -> Iterator[str]:
    issued, due = document.day("IssueDate"), document.day("DueDate")
    if issued is not None and due is not None and due < issued:
        yield "DueDate"


def _refers_to_order(document: Part, facts: Facts) -> Iterator[str]:
    for line in document.parts("InvoiceLine"):
        if not (
            line.text("OrderLineReference/LineID")
            and (document.text("OrderReference/ID") or line.text("OrderLineReference/OrderReference/ID"))
        ):
            yield line.at("OrderLineReference/LineID")


def _answer_code(document: Part, facts: Facts) -> Iterator[str]:
    for response in document.parts("DocumentResponse/Response"):
        if response.text("ResponseCode") not in set(AnswerCode):
            yield response.at("ResponseCode")


def _reason_said(document: Part, facts: Facts) -> Iterator[str]:
    for response in document.parts("DocumentResponse/Response"):
        if response.text("ResponseCode") in NEEDS_REASON and not any(
            s.text("StatusReasonCode") for s in response.parts("Status")
        ):
            yield response.at("Status/StatusReasonCode")


RULES: tuple[RuleOfTrade, ...] = (
    RuleOfTrade("CM-INV-01", (INVOICE,), "a line's amount is not its quantity times its price", "行金额不等于数量乘以单价",
                "reckon it to two decimals", "请按两位小数重新计算", _line_amounts, "EN 16931 BT-131"),
    RuleOfTrade("CM-INV-02", (INVOICE,), "the lines do not sum to the total", "各行金额之和不等于合计",
                "make LegalMonetaryTotal/LineExtensionAmount their sum", "LegalMonetaryTotal/LineExtensionAmount 应为各行之和", _total_of_lines, "EN 16931 BR-CO-10"),
    RuleOfTrade("CM-INV-03", (INVOICE,), "it is due before it is issued", "到期日早于开票日",
                "give a later DueDate", "请填写更晚的 DueDate", _due_after_issue),
    RuleOfTrade("CM-INV-04", (INVOICE,), "a line says not which order line it is for", "该行未注明对应的订单行",
                "give OrderReference/ID and OrderLineReference/LineID", "请填写 OrderReference/ID 和 OrderLineReference/LineID", _refers_to_order),
    RuleOfTrade("CM-IRS-01", (ANSWER,), "the answer is none of AB, IP, UQ, CA, RE, AP, PD", "答复代码不是 AB、IP、UQ、CA、RE、AP、PD 之一",
                "write one of them in ResponseCode", "请在 ResponseCode 中填写其一", _answer_code, "T111 UNCL4343"),
    RuleOfTrade("CM-IRS-02", (ANSWER,), "a query or rejection says no reason", "质疑或拒收未写明原因",
                "give StatusReasonCode", "请填写 StatusReasonCode", _reason_said, "T111"),
)  # fmt: skip
