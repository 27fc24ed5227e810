"""Write a request for quotation and a quotation as UBL 2.1."""

from lxml import etree

from exchange.ubl.hardened import QUOTATION, RFQ
from exchange.ubl.quoting import PriceFrom, QuotationDocument, QuotedLine, RequestedLine, RfqDocument
from exchange.ubl.writing import amount, begun, finished, leaf, part, write_day, write_item, write_party
from kernel.quantities import plain

FREIGHT, TOOLING = "FC", "TOOLING"
"""What a charge of a line is for: freight by UNCL 7161; tooling has no code there that means it and no more."""
AMENDMENT = "amendment / 修订 "
"""UBL gives a request no version; a bidder's system writes the number into its reference's VersionID."""
CLOSES = " 截止 / closes"
"""UBL gives the day until which to bid, and no time; a note of ours says both."""
FROM_ON = "per unit, from BaseQuantity on"
"""Which reading of BaseQuantity an AlternativeConditionPrice takes here: UBL leaves two."""


def write_rfq(rfq: RfqDocument) -> bytes:
    """Raises AssertionError when the result is not valid, which would be a bug here."""
    root = begun(RFQ)
    leaf(root, "ID", rfq.number)
    leaf(root, "IssueDate", rfq.issued_on.isoformat())
    leaf(root, "IssueTime", f"{rfq.issued_at.isoformat()}+08:00")
    leaf(root, "SubmissionDueDate", rfq.closes_on.isoformat())
    leaf(root, "Note", rfq.title)
    leaf(root, "Note", f"{rfq.closes_on.isoformat()}T{rfq.closes_at.isoformat()}+08:00{CLOSES}")
    leaf(root, "Note", f"{AMENDMENT}{rfq.amendment}")
    leaf(root, "Note", rfq.note)
    leaf(root, "PricingCurrencyCode", rfq.currency)
    if rfq.award_by is not None:
        leaf(part(root, "RequestedValidityPeriod"), "EndDate", rfq.award_by.isoformat())
    if rfq.seller.name or rfq.seller.codes:
        write_party(root, "SellerSupplierParty", rfq.seller)
    else:  # the schema wants the element even where nobody is named
        part(root, "SellerSupplierParty")
    write_party(root, "BuyerCustomerParty", rfq.buyer)
    leaf(part(root, "DeliveryTerms"), "ID", rfq.incoterm, schemeID="INCOTERMS")
    for line in rfq.lines:
        _write_requested(part(root, "RequestForQuotationLine"), line)
    return finished(root)


def _write_requested(asked: etree._Element, line: RequestedLine) -> None:
    leaf(asked, "ID", line.number)
    item = part(asked, "LineItem")
    leaf(item, "ID", line.number)
    amount(item, "Quantity", line.quantity, unitCode=line.unit)
    if line.wanted_on is not None:
        write_day(part(item, "Delivery"), "RequestedDeliveryPeriod", line.wanted_on)
    write_item(item, line.title, "", "")


def write_quotation(quotation: QuotationDocument) -> bytes:
    """Raises AssertionError when the result is not valid, which would be a bug here."""
    root = begun(QUOTATION)
    leaf(root, "ID", quotation.number)
    leaf(root, "IssueDate", quotation.issued_on.isoformat())
    leaf(root, "Note", quotation.note)
    leaf(root, "PricingCurrencyCode", quotation.currency)
    if quotation.valid_until is not None:
        leaf(part(root, "ValidityPeriod"), "EndDate", quotation.valid_until.isoformat())
    reference = part(root, "RequestForQuotationDocumentReference")
    leaf(reference, "ID", quotation.rfq_number)
    leaf(reference, "VersionID", quotation.rfq_version)
    write_party(root, "SellerSupplierParty", quotation.seller)
    write_party(root, "BuyerCustomerParty", quotation.buyer)
    leaf(part(root, "DeliveryTerms"), "ID", quotation.incoterm, schemeID="INCOTERMS")
    total = part(root, "QuotedMonetaryTotal")
    amount(total, "PayableAmount", quotation.total, currencyID=quotation.currency)
    for number, line in enumerate(quotation.lines, start=1):
        _write_quoted(part(root, "QuotationLine"), str(number), line, quotation.currency)
    return finished(root)


def _write_quoted(offered: etree._Element, number: str, line: QuotedLine, currency: str) -> None:
    leaf(offered, "ID", number)
    leaf(offered, "RequestForQuotationLineID", line.request_line)
    if not line.alternate:
        _write_item_line(part(offered, "LineItem"), number, line, currency)
        return
    asked = part(offered, "LineItem")  # nothing is offered of what was asked for, something else is
    leaf(asked, "ID", number)
    part(asked, "Item")
    _write_item_line(part(offered, "SellerProposedSubstituteLineItem"), number, line, currency)


def _write_item_line(item: etree._Element, number: str, line: QuotedLine, currency: str) -> None:
    leaf(item, "ID", number)
    leaf(item, "Note", line.note)
    amount(item, "Quantity", line.quantity, unitCode=line.unit)
    if line.minimum_quantity:
        amount(item, "MinimumQuantity", line.minimum_quantity, unitCode=line.unit)
    _write_conditions(item, line, currency)
    for code, cost in ((FREIGHT, line.freight), (TOOLING, line.tooling_cost)):
        if cost:
            charge = part(item, "AllowanceCharge")
            leaf(charge, "ChargeIndicator", "true")
            leaf(charge, "AllowanceChargeReasonCode", code)
            amount(charge, "Amount", cost, currencyID=currency)
    if line.prices:
        price = part(item, "Price")
        amount(price, "PriceAmount", line.prices[0].unit_price, currencyID=currency)
        leaf(price, "BaseQuantity", "1", unitCode=line.unit)
        amount(price, "OrderableUnitFactorRate", line.factor)
    write_item(item, line.item_name, "", line.sellers_item_number)


def _write_conditions(item: etree._Element, line: QuotedLine, currency: str) -> None:
    """Lead time, and each price with the quantity from which on it holds."""
    if line.lead_time_days is None and not _has_steps(line.prices):
        return
    conditions = part(item, "PricingReference")
    if line.lead_time_days is not None:
        where = part(conditions, "OriginalItemLocationQuantity")
        leaf(where, "LeadTimeMeasure", str(line.lead_time_days), unitCode="DAY")
    for step in line.prices if _has_steps(line.prices) else ():
        price = part(conditions, "AlternativeConditionPrice")
        amount(price, "PriceAmount", step.unit_price, currencyID=currency)
        leaf(price, "BaseQuantity", plain(step.from_quantity), unitCode=line.unit)
        leaf(price, "PriceType", FROM_ON)


def _has_steps(prices: tuple[PriceFrom, ...]) -> bool:
    """One price whatever the quantity needs no condition."""
    return len(prices) > 1 or any(step.from_quantity for step in prices)
