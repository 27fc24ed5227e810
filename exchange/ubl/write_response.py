"""Write a seller's answer as a UBL OrderResponse, with the elements Peppol's order responses (T76, T116) use."""

from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from exchange.ubl.hardened import ORDER_RESPONSE
from exchange.ubl.responses import MAY_SPLIT, LineCode, PromisedSchedule, ResponseDocument, ResponseLine
from exchange.ubl.writing import begun, finished, leaf, part, write_day, write_item, write_party, write_reference
from kernel.quantities import plain


@dataclass(frozen=True)
class Row:
    """One OrderLine as written. A line over several dates becomes several rows with one order line reference."""

    id: str
    code: LineCode
    quantity: Decimal | None
    schedules: tuple[PromisedSchedule, ...]
    backorder: Decimal | None
    reason: str
    line: ResponseLine


def write_order_response(response: ResponseDocument) -> bytes:
    """The same bytes for the same response: UBL 2.1, or 2.3 when an order change is answered.

    Raises AssertionError when the result is not valid, which would be a bug here.
    """
    # OrderChangeDocumentReference came with UBL 2.3; it is the one element we write that 2.1 does not know.
    root = begun(ORDER_RESPONSE, "2.3" if response.order_change_number else "2.1")
    leaf(root, "ID", response.number)
    leaf(root, "IssueDate", response.issued_on.isoformat())
    leaf(root, "OrderResponseCode", response.code.value)
    leaf(root, "Note", ": ".join(text for text in (response.reason, response.note) if text))
    leaf(root, "DocumentCurrencyCode", response.currency)
    write_reference(root, "OrderReference", response.order_number, response.order_issued_on)
    write_reference(root, "OrderChangeDocumentReference", response.order_change_number)
    write_party(root, "SellerSupplierParty", response.seller)
    write_party(root, "BuyerCustomerParty", response.buyer)
    for place, line in enumerate(response.lines, start=1):
        for row in rows_of(line, place):
            write_row(part(root, "OrderLine"), row, response.currency)
    return finished(root)


def rows_of(line: ResponseLine, place: int) -> list[Row]:
    """Peppol T116: the first date stays the changed line, every further date is a line added to the same order line.

    An accepted line is not split: nothing was added. Its dates are the order's own and stand in one row.
    """
    stay = 1 if line.code in MAY_SPLIT else len(line.schedules)
    first, rest = line.schedules[:stay], line.schedules[stay:]
    quantity = first[0].quantity if rest else line.quantity
    rows = [Row(str(place), line.code, quantity, first, line.maximum_backorder, line.reason, line)]
    for further, schedule in enumerate(rest, start=2):
        row_id = f"{place}.{further}"
        rows.append(Row(row_id, LineCode.ADDED, schedule.quantity, (schedule,), None, "", line))
    return rows


def write_row(order_line: etree._Element, row: Row, currency: str) -> None:
    line = row.line
    item = part(order_line, "LineItem")
    leaf(item, "ID", row.id)
    leaf(item, "Note", row.reason)
    leaf(item, "LineStatusCode", row.code.value)
    if row.quantity is not None:
        leaf(item, "Quantity", plain(row.quantity), unitCode=line.unit)
    if row.backorder is not None:
        # Peppol gives it no unit: it is that of Quantity.
        leaf(item, "MaximumBackorderQuantity", plain(row.backorder))
    for schedule in row.schedules:
        delivery = part(item, "Delivery")
        if len(row.schedules) > 1:
            leaf(delivery, "Quantity", plain(schedule.quantity), unitCode=line.unit)
        write_day(delivery, "PromisedDeliveryPeriod", schedule.promised_on)
    if line.unit_price is not None:
        leaf(part(item, "Price"), "PriceAmount", plain(line.unit_price), currencyID=currency)
    write_item(item, line.item_name, line.buyers_item_number, line.sellers_item_number)
    if line.substitute_number or line.substitute_name:
        substitute = part(order_line, "SellerSubstitutedLineItem")
        leaf(substitute, "ID", row.id)
        write_item(substitute, line.substitute_name, "", line.substitute_number)
    if line.line_number:
        leaf(part(order_line, "OrderLineReference"), "LineID", line.line_number)
