"""Read a UBL Quotation. No complaint repeats a figure of the file: an answer may be kept, and the bid is sealed."""

from decimal import Decimal
from itertools import pairwise

from lxml import etree

from exchange.ubl.documents import Complaint
from exchange.ubl.hardened import QUOTATION
from exchange.ubl.headings import currency_of, issued_of, number_of, opened, party_of
from exchange.ubl.order_lines import names_of, price_of
from exchange.ubl.quoting import PriceFrom, QuotationDocument, QuotedLine
from exchange.ubl.reading import Findings, Node
from exchange.ubl.write_quoting import FREIGHT, FROM_ON, TOOLING
from kernel.quantities import ZERO

KNOWN_CHARGES = (FREIGHT, TOOLING)


def read_quotation(content: bytes) -> tuple[QuotationDocument | None, list[Complaint]]:
    """The bid and no complaint, or no bid and every complaint there is."""
    root, refused = opened(content, QUOTATION)
    if root is None:
        return None, refused
    findings = Findings(discreet=True)
    quotation = _quotation(Node(root, "Quotation", "", findings), findings, root)
    complaints = findings.told()
    return (None, complaints) if complaints else (quotation, [])


def _quotation(quotation: Node, findings: Findings, root: etree._Element) -> QuotationDocument | None:
    number, issued_on = number_of(quotation, "报价", needed=False), issued_of(quotation)
    reference = quotation.part("RequestForQuotationDocumentReference")
    rfq_number, version = reference.text("ID"), reference.text("VersionID")
    if not rfq_number:
        en = "the bid names no request; give its number in RequestForQuotationDocumentReference/ID"
        quotation.complain("RequestForQuotationDocumentReference/ID", en, "报价未注明询价单；请在此填写询价单号")
    seller = party_of(quotation, "SellerSupplierParty")
    buyer = party_of(quotation, _buyers_role(quotation))
    currency, _ = currency_of(quotation, root)
    valid_until = quotation.part("ValidityPeriod").day("EndDate")
    terms = quotation.part("DeliveryTerms")
    incoterm = terms.text("ID").upper()
    note = quotation.texts("Note")
    lines = _lines(quotation, currency)
    total = quotation.part("QuotedMonetaryTotal").leaf("PayableAmount").number() or ZERO
    if findings.complaints or issued_on is None:
        return None
    return QuotationDocument(
        number, issued_on, rfq_number, currency, incoterm, valid_until, seller, buyer, note, lines, total, version,
        findings.left_out(root),
    )  # fmt: skip


def _buyers_role(quotation: Node) -> str:
    """UBL lets the buyer stand in two places; 2.0 knows only the second."""
    return "BuyerCustomerParty" if quotation.part("BuyerCustomerParty").present else "OriginatorCustomerParty"


def _lines(quotation: Node, currency: str) -> tuple[QuotedLine, ...]:
    lines = quotation.rows("QuotationLine")
    if not lines:
        quotation.complain("QuotationLine", "the bid offers nothing; give a QuotationLine", "报价没有 QuotationLine")
    found = [_line(line, currency) for line in lines]
    return tuple(line for line in found if line is not None)


def _line(line: Node, currency: str) -> QuotedLine | None:
    told = line.findings.told_so_far
    substitutes = line.parts("SellerProposedSubstituteLineItem")
    asked = line.part("LineItem")
    item = substitutes[0] if substitutes else asked
    request_line = line.text("RequestForQuotationLineID") or line.part("RequestLineReference").text("LineID")
    request_line = request_line or line.text("ID")
    if len(substitutes) > 1:
        line.complain(
            "SellerProposedSubstituteLineItem",
            "several alternates stand in one line; write a QuotationLine for each",
            "同一行有多个替代物料；请每个替代物料单独一行",
        )
    name, _, sellers_number, _ = names_of(item.part("Item"), needed=True)
    quantity, unit = item.leaf("Quantity").number(), item.leaf("Quantity").attribute("unitCode")
    prices, factor, unit = _prices(item, unit, currency)
    charges = _charges(item, currency)
    minimum = item.leaf("MinimumQuantity").number() or ZERO
    note = "; ".join(" ".join(text.split()) for text in (line.texts("Note"), item.texts("Note")) if text)
    lead_time = _lead_time(item)
    if told != line.findings.told_so_far:
        return None
    return QuotedLine(
        request_line, name, sellers_number, unit, prices, lead_time, factor, quantity, minimum,
        charges.get(TOOLING, ZERO), charges.get(FREIGHT, ZERO), bool(substitutes), note,
    )  # fmt: skip


def _prices(item: Node, unit: str, currency: str) -> tuple[tuple[PriceFrom, ...], Decimal | None, str]:
    """(price steps, the item's units in one of the request's, the item's unit)."""
    price = item.part("Price")
    factor = price.leaf("OrderableUnitFactorRate").number()
    unit = price.leaf("BaseQuantity").attribute("unitCode") or unit
    single, _ = price_of(price, unit, currency, any_factor=True)
    steps = []
    for condition in item.part("PricingReference").parts("AlternativeConditionPrice"):
        if condition.text("PriceType") not in ("", FROM_ON):
            condition.complain("PriceType", f"only prices {FROM_ON!r} are taken", "仅接受按起订数量分档的单价")
        amount, base = condition.leaf("PriceAmount").number(), condition.leaf("BaseQuantity").number()
        if amount is None or base is None:
            condition.complain(
                "", "a price step says PriceAmount and BaseQuantity", "价格档须填写 PriceAmount 和 BaseQuantity"
            )
            continue
        steps.append(PriceFrom(base, amount))
    if any(one.from_quantity >= other.from_quantity for one, other in pairwise(steps)):
        item.complain("PricingReference", "price steps rise in quantity", "价格档的数量须递增")
    if not steps and single is None:
        item.complain(
            "Price/PriceAmount", "the offer has no price; give PriceAmount", "该行没有价格；请填写 PriceAmount"
        )
    first = () if single is None else (PriceFrom(ZERO, single),)
    return tuple(steps) or first, factor, unit


def _charges(item: Node, currency: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for charge in item.parts("AllowanceCharge"):
        code, amount = charge.text("AllowanceChargeReasonCode"), charge.leaf("Amount")
        stated = amount.number()
        if charge.text("ChargeIndicator") != "true" or code not in KNOWN_CHARGES:
            charge.complain(
                "AllowanceChargeReasonCode",
                f"only charges for freight ({FREIGHT}) and tooling ({TOOLING}) are taken; put others into the price",
                f"仅接受运费（{FREIGHT}）和模具工装费（{TOOLING}）；其他费用请计入单价",
            )
        if amount.attribute("currencyID") not in ("", currency):
            amount.complain("@currencyID", "state it in the bid's currency", "请使用报价货币")
        if stated is not None:
            found[code] = found.get(code, ZERO) + stated
    return found


def _lead_time(item: Node) -> int | None:
    leaf = item.part("PricingReference").part("OriginalItemLocationQuantity").leaf("LeadTimeMeasure")
    days = leaf.number()
    if days is None:
        return None
    if leaf.attribute("unitCode") not in ("DAY", "") or days != int(days) or days < 0:
        leaf.complain("", "a lead time is whole days (unitCode DAY)", "交货周期须为整天数（unitCode 为 DAY）")
        return None
    return int(days)
