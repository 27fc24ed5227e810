"""Write a change of an order and its cancellation as UBL, with the elements Peppol T114 and T115 use."""

from exchange.ubl.changes import OrderCancellationDocument, OrderChangeDocument
from exchange.ubl.hardened import ORDER_CANCELLATION, ORDER_CHANGE
from exchange.ubl.writing import begun, finished, leaf, write_party, write_reference
from exchange.ubl.writing_lines import write_order_line


def write_order_change(change: OrderChangeDocument) -> bytes:
    """UBL 2.1. Raises AssertionError when the result is not valid, which would be a bug here."""
    root = begun(ORDER_CHANGE)
    leaf(root, "ID", change.number)
    leaf(root, "IssueDate", change.issued_on.isoformat())
    leaf(root, "SequenceNumberID", str(change.sequence))
    leaf(root, "Note", change.note)
    leaf(root, "DocumentCurrencyCode", change.currency)
    write_reference(root, "OrderReference", change.order_number, change.order_issued_on)
    write_party(root, "BuyerCustomerParty", change.buyer)
    write_party(root, "SellerSupplierParty", change.seller)
    for changed in change.lines:
        write_order_line(root, changed.line, status=changed.action.value)
    return finished(root)


def write_order_cancellation(cancellation: OrderCancellationDocument) -> bytes:
    """UBL 2.1. Raises AssertionError when the result is not valid, which would be a bug here."""
    root = begun(ORDER_CANCELLATION)
    leaf(root, "ID", cancellation.number)
    leaf(root, "IssueDate", cancellation.issued_on.isoformat())
    leaf(root, "Note", cancellation.note)
    leaf(root, "CancellationNote", cancellation.cancellation_note)
    write_reference(root, "OrderReference", cancellation.order_number, cancellation.order_issued_on)
    write_party(root, "BuyerCustomerParty", cancellation.buyer)
    write_party(root, "SellerSupplierParty", cancellation.seller)
    return finished(root)
