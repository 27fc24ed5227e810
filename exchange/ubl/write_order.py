"""Write an order as a UBL Order, with the elements Peppol's order (T01) uses."""

from exchange.ubl.documents import OrderDocument
from exchange.ubl.hardened import ORDER
from exchange.ubl.writing import begun, finished, leaf, write_party
from exchange.ubl.writing_lines import write_order_line


def write_order(order: OrderDocument) -> bytes:
    """The same bytes for the same order: UBL 2.1. Raises AssertionError when the result is not valid, a bug here."""
    root = begun(ORDER)
    leaf(root, "ID", order.number)
    leaf(root, "IssueDate", order.issued_on.isoformat())
    leaf(root, "OrderTypeCode", order.type_code)
    leaf(root, "Note", order.note)
    leaf(root, "DocumentCurrencyCode", order.currency)
    write_party(root, "BuyerCustomerParty", order.buyer)
    write_party(root, "SellerSupplierParty", order.seller)
    for line in order.lines:
        write_order_line(root, line)
    return finished(root)
