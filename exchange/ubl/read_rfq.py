"""Read a UBL RequestForQuotation as its buyer's own system writes it; what ours writes comes back whole."""

import re
from datetime import date, time

from lxml import etree

from exchange.ubl.documents import Complaint, PartyNamed
from exchange.ubl.hardened import RFQ
from exchange.ubl.headings import currency_of, issued_of, number_of, opened, party_of
from exchange.ubl.order_lines import Wanted, day_or_header, header_day, names_of, quantity_of
from exchange.ubl.quoting import RequestedLine, RfqDocument
from exchange.ubl.reading import Findings, Node
from exchange.ubl.write_quoting import AMENDMENT, CLOSES

CLOSING_NOTE = re.compile(rf"(\d{{4}}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\+08:00{CLOSES}", re.ASCII)
USUAL_TIME = time(17)
"""The time of day bids close, in China, where a document gives the day alone: UBL has no place for it."""


def read_rfq(content: bytes) -> tuple[RfqDocument | None, list[Complaint]]:
    """The request and no complaint, or no request and every complaint there is."""
    root, refused = opened(content, RFQ)
    if root is None:
        return None, refused
    findings = Findings()
    rfq = _rfq(Node(root, "RequestForQuotation", "", findings), findings, root)
    complaints = findings.told()
    return (None, complaints) if complaints else (rfq, [])


def _rfq(rfq: Node, findings: Findings, root: etree._Element) -> RfqDocument | None:
    number, issued_on = number_of(rfq, "询价单"), issued_of(rfq)
    rfq.text("IssueTime")
    closes_on = rfq.day("SubmissionDueDate")
    if not rfq.leaf("SubmissionDueDate").present:
        en = "there is no SubmissionDueDate; give the day until which to bid as YYYY-MM-DD"
        rfq.complain("SubmissionDueDate", en, "缺少 SubmissionDueDate；请按 YYYY-MM-DD 填写报价截止日")
    award_by = rfq.part("RequestedValidityPeriod").day("EndDate")
    currency, _ = currency_of(rfq, root)
    buyer = party_of(rfq, _buyers_role(rfq))
    seller = _seller(rfq)
    terms = rfq.part("DeliveryTerms")
    incoterm = terms.text("ID").upper()
    title, note, closing, amendment = _notes(rfq)
    lines = _lines(rfq)
    if findings.complaints or issued_on is None or closes_on is None:
        return None
    closes_at = closing[1] if closing is not None and closing[0] == closes_on else None
    return RfqDocument(
        number, issued_on, closes_on, closes_at or USUAL_TIME, award_by, currency, incoterm, buyer, seller, title, note, lines,
        amendment=amendment, is_time_said=closes_at is not None, left_out=findings.left_out(root),
    )  # fmt: skip


def _buyers_role(rfq: Node) -> str:
    """UBL lets the buyer stand in two places; 2.0 knows only the second."""
    return "BuyerCustomerParty" if rfq.part("BuyerCustomerParty").present else "OriginatorCustomerParty"


def _seller(rfq: Node) -> PartyNamed:
    """Who is asked; nobody where the element the schema wants is empty."""
    if not rfq.part("SellerSupplierParty").part("Party").present:
        return PartyNamed("")
    return party_of(rfq, "SellerSupplierParty")


def _notes(rfq: Node) -> tuple[str, str, tuple[date, time] | None, int]:
    """(title, note, day and time of closing, amendment). The first note is the title, as ours writes it."""
    closing, amendment, own = None, 0, list[str]()
    for text in (leaf.value() for leaf in rfq.leaves("Note")):
        found = CLOSING_NOTE.fullmatch(text)
        said = text.removeprefix(AMENDMENT)
        if found:
            try:
                closing = date.fromisoformat(found[1]), time.fromisoformat(found[2])
            except ValueError:
                rfq.complain("Note", "the closing time is no day and time", "截止时间不是有效的日期和时间")
        elif said != text and said.isascii() and said.isdigit() and len(said) < 7:
            amendment = int(said)
        elif text:
            own.append(text)
    return (own[0] if own else ""), "\n".join(own[1:]), closing, amendment


def _lines(rfq: Node) -> tuple[RequestedLine, ...]:
    header, rows = header_day(rfq), rfq.rows("RequestForQuotationLine")
    if not rows:
        en = "the request asks for nothing; give a RequestForQuotationLine"
        rfq.complain("RequestForQuotationLine", en, "询价单没有 RequestForQuotationLine")
    found = [_line(row, header) for row in rows]
    return tuple(line for line in found if line is not None)


def _line(line: Node, header: Wanted) -> RequestedLine | None:
    told = line.findings.told_so_far
    item = line.part("LineItem")
    number = line.text("ID") or item.text("ID")
    item.text("ID")
    quantity, unit = quantity_of(item)
    name, buyers, sellers, standard = names_of(item.part("Item"))
    wanted = _wanted(item, header)
    if quantity is None or told != line.findings.told_so_far:
        return None
    own = buyers or sellers or standard
    title = " ".join(part for part in (own if own not in name else "", " ".join(name.split())) if part)
    return RequestedLine(number, title, quantity, unit, wanted.on)


def _wanted(item: Node, header: Wanted) -> Wanted:
    """The one day a line is wanted."""
    deliveries = item.parts("Delivery")
    days = [day_or_header(delivery, header) for delivery in deliveries or [item.part("Delivery")]]
    if len({day.on for day in days}) > 1:
        en = "the line wants several days; ask for each in a line of its own"
        item.complain("Delivery", en, "该行有多个需求日期；请分成多行询价")
    return days[0]
