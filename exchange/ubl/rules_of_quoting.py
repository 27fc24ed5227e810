"""Rules of requests for quotation and of bids."""

from collections.abc import Iterator

from exchange.ubl.rules import Facts, Part, RuleOfTrade

RFQ, QUOTATION = "RequestForQuotation", "Quotation"


def _close_ahead(document: Part, facts: Facts) -> Iterator[str]:
    day = document.day("SubmissionDueDate")
    if day is None or day < facts.today:
        yield "SubmissionDueDate"


def _binding_after_close(document: Part, facts: Facts) -> Iterator[str]:
    closes, until = document.day("SubmissionDueDate"), document.day("RequestedValidityPeriod/EndDate")
    if closes is not None and until is not None and until < closes:
        yield "RequestedValidityPeriod/EndDate"


def _asks_quantity(document: Part, facts: Facts) -> Iterator[str]:
    for line in document.parts("RequestForQuotationLine"):
        if not (line.number("LineItem/Quantity") or 0) > 0:
            yield line.at("LineItem/Quantity")


def _holds_until_award(document: Part, facts: Facts) -> Iterator[str]:
    until = document.day("ValidityPeriod/EndDate")
    if until is None or (facts.award_by is not None and until < facts.award_by):
        yield "ValidityPeriod/EndDate"


def _line_of_request(document: Part, facts: Facts) -> Iterator[str]:
    for line in document.parts("QuotationLine"):
        number = line.text("RequestForQuotationLineID") or line.text("RequestLineReference/LineID") or line.text("ID")
        if facts.requested is not None and number.lstrip("0") not in facts.requested:
            yield line.at("RequestForQuotationLineID")


def _one_currency(document: Part, facts: Facts) -> Iterator[str]:
    currency = document.text("PricingCurrencyCode")
    for line in document.parts("QuotationLine"):
        for amount in line.element.iter():
            if currency and amount.get("currencyID") not in (None, currency):
                yield line.at("LineItem/Price/PriceAmount/@currencyID")
                break


def _names_request(document: Part, facts: Facts) -> Iterator[str]:
    if not document.text("RequestForQuotationDocumentReference/ID"):
        yield "RequestForQuotationDocumentReference/ID"


RULES: tuple[RuleOfTrade, ...] = (
    RuleOfTrade("CM-RFQ-01", (RFQ,), "no day still to come is given until which to bid", "未填写尚未到来的报价截止日",
                "give SubmissionDueDate, today or later", "请填写 SubmissionDueDate（今天或以后）", _close_ahead),
    RuleOfTrade("CM-RFQ-02", (RFQ,), "bids need not hold until they are opened", "要求的报价有效期早于截止日",
                "ask that they hold until the award", "请要求报价有效至定标日", _binding_after_close),
    RuleOfTrade("CM-RFQ-03", (RFQ,), "a line asks for no quantity", "该行没有询价数量",
                "give LineItem/Quantity", "请填写 LineItem/Quantity", _asks_quantity),
    RuleOfTrade("CM-QUO-01", (QUOTATION,), "the bid does not hold until the award", "报价有效期不到定标日",
                "give ValidityPeriod/EndDate, on the day of the award or later", "请填写 ValidityPeriod/EndDate，不早于定标日", _holds_until_award),
    RuleOfTrade("CM-QUO-02", (QUOTATION,), "a line refers to no line of the request", "该行不对应询价单的任何一行",
                "give the number of the request's line", "请填写询价单行号", _line_of_request),
    RuleOfTrade("CM-QUO-03", (QUOTATION,), "an amount is in another currency than the bid", "金额货币与报价货币不同",
                "state all amounts in PricingCurrencyCode", "所有金额请使用 PricingCurrencyCode 的货币", _one_currency),
    RuleOfTrade("CM-QUO-04", (QUOTATION,), "the bid says not what it answers", "未注明所答复的询价单",
                "give RequestForQuotationDocumentReference/ID", "请填写 RequestForQuotationDocumentReference/ID", _names_request),
)  # fmt: skip
