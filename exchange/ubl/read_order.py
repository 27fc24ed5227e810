"""Read a UBL 2.x Order as found in the wild. Start here: ``read_order``."""

from lxml import etree

from exchange.ubl.documents import Complaint, OrderDocument, OrderedLine
from exchange.ubl.hardened import ORDER
from exchange.ubl.headings import currency_of, issued_of, number_of, opened, party_of
from exchange.ubl.order_lines import Header, header_day, line_of
from exchange.ubl.reading import Findings, Node, shown


def read_order(content: bytes) -> tuple[OrderDocument | None, list[Complaint]]:
    """The order and no complaint, or no order and every complaint there is.

    The schema is not asked: element order and unknown elements do not matter, meaning does. Nothing is guessed; where
    UBL lets a value stand in several places, ``wanted_from`` and ``currency_from`` say which one was used.
    """
    root, refused = opened(content, ORDER)
    if root is None:
        return None, refused
    findings = Findings()
    order = _order(Node(root, "Order", "", findings), findings, root)
    complaints = findings.told()
    return (None, complaints) if complaints else (order, [])


def _order(order: Node, findings: Findings, root: etree._Element) -> OrderDocument | None:
    number, issued_on = number_of(order, "订单"), issued_of(order)
    currency, currency_from = currency_of(order, root)
    buyer, seller = party_of(order, "BuyerCustomerParty"), party_of(order, "SellerSupplierParty")
    note, type_code = order.texts("Note"), order.text("OrderTypeCode")
    lines = _lines(order, Header(currency, header_day(order)))
    if findings.complaints or issued_on is None:
        return None
    left_out = findings.left_out(root)
    return OrderDocument(number, issued_on, currency, buyer, seller, note, lines, currency_from, type_code, left_out)


def _lines(order: Node, header: Header) -> tuple[OrderedLine, ...]:
    lines = order.rows("OrderLine")
    if not lines:
        en = "the order has no OrderLine; an order orders something"
        order.complain("OrderLine", en, "订单没有 OrderLine；至少需要一行")
    seen: dict[str, int] = {}
    read = []
    for place, line in enumerate(lines, start=1):
        number = line.part("LineItem").text("ID")
        if number and seen.setdefault(number, place) != place:
            en = f"line number {shown(number)} is already that of OrderLine {seen[number]}; number each line once"
            zh = f"行号 {shown(number)} 已用于第 {seen[number]} 行；每行的行号必须唯一"
            line.complain("LineItem/ID", en, zh)
        read.append(line_of(line, number, header))
    return tuple(line for line in read if line is not None)
