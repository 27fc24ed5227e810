"""Read a UBL OrderChange and a UBL OrderCancellation as found in the wild."""

from decimal import Decimal

from lxml import etree

from exchange.ubl.changes import ActionCode, ChangedLine, OrderCancellationDocument, OrderChangeDocument
from exchange.ubl.documents import Complaint, OrderedLine
from exchange.ubl.hardened import ORDER_CANCELLATION, ORDER_CHANGE
from exchange.ubl.headings import currency_of, issued_of, number_of, opened, order_reference_of, party_of
from exchange.ubl.order_lines import Header, Wanted, names_of, note_of, price_of, quantity_of, schedules_of
from exchange.ubl.reading import Findings, Node, shown
from exchange.ubl.writing_lines import SAYS_NOTHING_MORE
from kernel.quantities import ZERO


def read_order_change(content: bytes) -> tuple[OrderChangeDocument | None, list[Complaint]]:
    """The change and no complaint, or no change and every complaint there is."""
    root, refused = opened(content, ORDER_CHANGE)
    if root is None:
        return None, refused
    findings = Findings()
    change = _change(Node(root, "OrderChange", "", findings), findings, root)
    complaints = findings.told()
    return (None, complaints) if complaints else (change, [])


def _change(change: Node, findings: Findings, root: etree._Element) -> OrderChangeDocument | None:
    number, issued_on = number_of(change, "订单变更", needed=False), issued_of(change)
    sequence = _sequence(change)
    order_number, order_issued_on = order_reference_of(change)
    buyer, seller = party_of(change, "BuyerCustomerParty"), party_of(change, "SellerSupplierParty")
    note = change.texts("Note")
    currency, _ = currency_of(change, root) if any(e.get("currencyID") for e in root.iter()) else ("", "")
    currency = currency or change.text("DocumentCurrencyCode")
    lines = _lines(change, Header(currency, Wanted()))
    if findings.complaints or issued_on is None:
        return None
    return OrderChangeDocument(
        number, issued_on, sequence, order_number, currency, buyer, seller, note, lines, order_issued_on,
        findings.left_out(root),
    )  # fmt: skip


def _sequence(change: Node) -> int:
    text = change.text("SequenceNumberID")
    if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text):
        return int(text)
    en = f"SequenceNumberID is {shown(text)}; number the changes of an order 1, 2, 3 .."
    change.complain(
        "SequenceNumberID", en, f"SequenceNumberID 为 {shown(text)}；请将同一订单的变更依次编号为 1、2、3……"
    )
    return 0


def _lines(change: Node, header: Header) -> tuple[ChangedLine, ...]:
    found, seen = [], dict[str, int]()
    lines = change.rows("OrderLine")
    if not lines:
        en = "the change has no OrderLine; name the lines that change"
        change.complain("OrderLine", en, "订单变更没有 OrderLine；请填写需变更的订单行")
    for place, line in enumerate(lines, start=1):
        number = line.part("LineItem").text("ID")
        if number and seen.setdefault(number, place) != place:
            en = f"line {shown(number)} is already changed by OrderLine {seen[number]}; name each line once"
            line.complain("LineItem/ID", en, f"行 {shown(number)} 已在第 {seen[number]} 行中变更；每行只能填写一次")
        found.append(_line(line, number, header))
    return tuple(line for line in found if line is not None)


def _line(line: Node, number: str, header: Header) -> ChangedLine | None:
    told = line.findings.told_so_far
    item = line.part("LineItem")
    if not number:
        line.complain(
            "LineItem/ID",
            "the line has no number; give that of the order's line",
            "该行没有行号；请填写订单行号",
        )
    action = _action(item)
    note = note_of(line, item)
    names = names_of(item.part("Item"), needed=action is ActionCode.ADD)
    quantity, unit, price, base = ZERO, "", None, Decimal(1)
    schedules, says_quantity = [], False
    if action not in SAYS_NOTHING_MORE:
        says_quantity = item.leaf("Quantity").present or bool(item.parts("Delivery")) or action is ActionCode.ADD
        if says_quantity:
            stated, unit = quantity_of(item)
            quantity = ZERO if stated is None else stated
            schedules = schedules_of(item, stated, unit, header.wanted)
        price, base = price_of(item.part("Price"), unit, header.currency)
    if action is None or told != line.findings.told_so_far:
        return None
    row = OrderedLine(number, *names, quantity, unit, price, base, header.currency, tuple(schedules), note)
    return ChangedLine(action, row, says_quantity, any(day.wanted_on for day in schedules))


def _action(item: Node) -> ActionCode | None:
    leaf = item.leaf("LineStatusCode")
    code = leaf.value()
    try:
        return ActionCode(code)
    except ValueError:
        en = f"{shown(code)} says not what becomes of the line: 1 add, 2 delete, 3 change, 4 none, 74 reopen"
        zh = f"{shown(code)} 不是行变更代码：1 新增、2 删除、3 变更、4 不变、74 重新启用"
        item.complain("LineStatusCode", en, zh)
        return None


def read_order_cancellation(content: bytes) -> tuple[OrderCancellationDocument | None, list[Complaint]]:
    """The cancellation and no complaint, or none and every complaint there is."""
    root, refused = opened(content, ORDER_CANCELLATION)
    if root is None:
        return None, refused
    findings = Findings()
    cancellation = Node(root, "OrderCancellation", "", findings)
    number, issued_on = number_of(cancellation, "订单取消"), issued_of(cancellation)
    order_number, order_issued_on = order_reference_of(cancellation)
    buyer, seller = party_of(cancellation, "BuyerCustomerParty"), party_of(cancellation, "SellerSupplierParty")
    why, note = cancellation.texts("CancellationNote"), cancellation.texts("Note")
    if findings.complaints or issued_on is None:
        return None, findings.told()
    return OrderCancellationDocument(
        number, issued_on, order_number, buyer, seller, why, note, order_issued_on, findings.left_out(root)
    ), []
