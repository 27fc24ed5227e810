"""Take a UBL Quotation in: handed in through the same verb as the form, and sealed like it before anything is written.

Nothing it answers repeats a figure of the file, for answers may be kept, and until the close nobody may read a bid.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from collaboration.sourcing import reads as sourcing
from collaboration.sourcing.forms import Break, LineOffered, Offer
from collaboration.sourcing.tables import BidKind, Incoterm
from collaboration.sourcing.verbs import submit_quotation
from exchange import reads
from exchange.outcome import Outcome, Report, Told, left_out_told
from exchange.parties import codes_of
from exchange.subjects import parties_of
from exchange.taking_in import check_named, of_a_firm, refused, tried
from exchange.ubl.quoting import QuotationDocument, QuotedLine
from exchange.ubl.read_quotation import read_quotation
from exchange.ubl.reading import Findings
from kernel.access import Actor, Role
from kernel.work import UnitOfWork

FIELDS = {
    "lineNumber": "RequestForQuotationLineID", "itemId": "LineItem/Item/SellersItemIdentification/ID",
    "priceBreaks": "LineItem/Price", "leadTimeDays": "LineItem/PricingReference", "minimumQuantity": "LineItem/MinimumQuantity",
    "toolingCost": "LineItem/AllowanceCharge", "freight": "LineItem/AllowanceCharge", "note": "Note",
    "lineUnits": "LineItem/Price/OrderableUnitFactorRate", "itemUnits": "LineItem/Price/OrderableUnitFactorRate",
    "validUntil": "ValidityPeriod/EndDate", "currency": "PricingCurrencyCode", "lines": "QuotationLine",
}  # fmt: skip
PLACE = "Quotation"


def import_quotation(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Hand the bid in a file in, or say everything that is wrong with it. Raises NotAllowedNow."""
    of_a_firm(actor, Role.SALES)
    document, faults = read_quotation(content)
    if document is None:
        return refused(faults)
    report = Report(Findings(discreet=True))
    rfq = _rfq(work, actor, report, document)
    if rfq is None:
        return report.refused()
    offer = _offer(work, actor, report, document, rfq)
    amendment = rfq.amendment
    if document.rfq_version.isascii() and document.rfq_version.isdigit() and len(document.rfq_version) < 7:
        amendment = int(document.rfq_version)
    else:
        report.remark(
            f"{PLACE}, RequestForQuotationDocumentReference/VersionID",
            "names no amendment; taken as made for the request as it stands", "未注明询价修订号；按当前询价内容处理",
        )  # fmt: skip
    if offer is not None and not report.faulty:
        places = [f"QuotationLine {n}" for n in range(1, len(offer.lines) + 1)]
        tried(
            work, report, document=PLACE, places=places, fields=FIELDS,
            act=lambda: submit_quotation(work, actor, offer, rfq_id=rfq.id, amendment=amendment),
        )  # fmt: skip
    if report.faulty or offer is None:
        return report.refused()
    told = Told(f"bid for request {rfq.number} handed in and sealed", f"对询价单 {rfq.number} 的报价已提交并密封")
    return Outcome((told, *report.remarks(), left_out_told(document.left_out)), subject=("Rfq", rfq.id))


def _rfq(work: UnitOfWork, actor: Actor, report: Report, document: QuotationDocument) -> Any:
    found = [r for r in reads.rfqs_numbered(work, actor, document.rfq_number) if r.buyer_id != actor.party_id]
    if len(found) > 1:
        codes = set(codes_of(document.buyer))
        found = [r for r in found if codes & set(codes_of(parties_of(work, actor, r.buyer_id)[0]))]
    if len(found) != 1:
        report.complain(
            PLACE, "RequestForQuotationDocumentReference/ID",
            "you are invited to no request of this number; give the buyer's number, and its credit code where several use it",
            "本单位未受邀参加该编号的询价；请填写采购方的询价单号，若多个采购方使用同一编号，请同时填写采购方的统一社会信用代码",
        )  # fmt: skip
        return None
    (rfq,) = found
    _, partners = reads.own_firm_and_partners(work, actor)
    buyer, seller = parties_of(work, actor, rfq.buyer_id, actor.party_id or -1)
    check_named(report, PLACE, "BuyerCustomerParty", document.buyer, buyer, partners)
    check_named(report, PLACE, "SellerSupplierParty", document.seller, seller, partners)
    return rfq


def _offer(work: UnitOfWork, actor: Actor, report: Report, document: QuotationDocument, rfq: Any) -> Offer | None:
    incoterm = Incoterm.__members__.get(document.incoterm, rfq.incoterm if not document.incoterm else None)
    if incoterm is None:
        listed = ", ".join(Incoterm.__members__)
        report.complain(
            PLACE, "DeliveryTerms/ID", f"these terms of delivery are none of Incoterms 2020: {listed}",
            f"交货条件不属于 Incoterms 2020：{listed}",
        )  # fmt: skip
    elif not document.incoterm:
        report.remark(f"{PLACE}, DeliveryTerms/ID", "not given; the request's own", "未填写；按询价单的交货条件")
    if document.valid_until is None:
        report.complain(
            PLACE, "ValidityPeriod/EndDate", "a bid says until which day it holds", "报价须填写有效期截止日"
        )
    mine = {i.number: i for i in reads.own_items(work, actor, {line.sellers_item_number for line in document.lines})}
    asked = sourcing.standing_lines(work, actor, rfq)
    lines = [
        line
        for n, one in enumerate(document.lines, start=1)
        if (line := _line(report, f"QuotationLine {n}", one, mine, asked)) is not None
    ]
    if report.faulty or incoterm is None or document.valid_until is None:
        return None
    return Offer(document.currency, incoterm, document.valid_until, lines, document.note)


def _line(
    report: Report, place: str, line: QuotedLine, mine: Mapping[str, Any], asked: Mapping[int, Any]
) -> LineOffered | None:
    item, number = mine.get(line.sellers_item_number), line.request_line.lstrip("0")
    if not (number.isascii() and number.isdigit() and int(number) in asked):
        report.complain(
            place, "RequestForQuotationLineID", "the request has no such line; give the number of one of its lines",
            "询价单没有该行；请填写询价单的行号",
        )  # fmt: skip
        return None
    if item is None:
        report.complain(
            place, "LineItem/Item/SellersItemIdentification/ID",
            "this is no item of yours; give your own item number", "本单位没有该物料；请填写本单位的物料号",
        )  # fmt: skip
        return None
    if line.unit and line.unit != item.unit:
        report.complain(
            place, "LineItem/Quantity/@unitCode",
            "prices are per another unit than the item's; state them per the item's unit",
            "价格单位与物料计量单位不同；请按物料的计量单位报价",
        )  # fmt: skip
    lead_time = line.lead_time_days
    if lead_time is None:
        lead_time = item.lead_time_days
        report.remark(place, "gives no lead time; that of the item", "未填写交货周期；按物料的交货周期")
    units = None if line.factor is None else Fraction(line.factor)
    return LineOffered(
        line_number=int(number), item_id=item.id, lead_time_days=lead_time, price_breaks=_breaks(line),
        kind=BidKind.ALTERNATE if line.alternate else BidKind.BID,
        line_units=units.denominator if units else None, item_units=units.numerator if units else None,
        minimum_quantity=line.minimum_quantity, tooling_cost=line.tooling_cost, freight=line.freight, note=line.note,
    )  # fmt: skip


def _breaks(line: QuotedLine) -> Sequence[Break]:
    return [Break(one.from_quantity, one.unit_price) for one in line.prices]
