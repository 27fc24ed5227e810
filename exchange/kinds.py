"""The documents of trade that go in and out: kind -> what takes a file in, what gives one out. Every door uses these."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from exchange.changes_in import import_order_cancellation, import_order_change
from exchange.changes_out import export_order_cancellation, export_order_change
from exchange.invoices_in import import_invoice, import_invoice_response
from exchange.invoices_out import export_invoice, export_invoice_response
from exchange.orders_in import import_ubl_order
from exchange.orders_out import export_ubl_order
from exchange.outcome import Outcome
from exchange.printed import order_pdf, order_response_pdf, statement_pdf
from exchange.quotations_in import import_quotation
from exchange.quoting_out import export_quotation, export_rfq
from exchange.responses_in import import_order_response
from exchange.responses_out import export_order_response
from exchange.rfqs_in import import_rfq
from kernel.access import Actor
from kernel.work import UnitOfWork

Importer = Callable[[UnitOfWork, Actor, bytes], Outcome]
Exporter = Callable[[UnitOfWork, Actor, str], bytes]
Printer = Callable[..., bytes]


class UblKind(StrEnum):
    """The UBL documents of trade."""

    ORDER = "ubl-order"
    ORDER_CHANGE = "ubl-order-change"
    ORDER_CANCELLATION = "ubl-order-cancellation"
    ORDER_RESPONSE = "ubl-order-response"
    REQUEST_FOR_QUOTATION = "ubl-request-for-quotation"
    QUOTATION = "ubl-quotation"
    INVOICE = "ubl-invoice"
    INVOICE_RESPONSE = "ubl-invoice-response"


IMPORTS: Mapping[str, Importer] = {
    "ubl-order": import_ubl_order,
    "ubl-order-change": import_order_change,
    "ubl-order-cancellation": import_order_cancellation,
    "ubl-order-response": import_order_response,
    "ubl-request-for-quotation": import_rfq,
    "ubl-quotation": import_quotation,
    "ubl-invoice": import_invoice,
    "ubl-invoice-response": import_invoice_response,
}
"""kind -> reads the content of a file as this person, through the same verbs as the pages. Never commits."""

EXPORTS: Mapping[str, Exporter] = {
    "ubl-order": export_ubl_order,
    "ubl-order-change": export_order_change,
    "ubl-order-cancellation": export_order_cancellation,
    "ubl-order-response": export_order_response,
    "ubl-request-for-quotation": export_rfq,
    "ubl-quotation": export_quotation,
    "ubl-invoice": export_invoice,
    "ubl-invoice-response": export_invoice_response,
}
"""kind -> the file about one subject, a number or an id, as this person may see it."""


class PrintKind(StrEnum):
    """What can be had as a PDF."""

    ORDER = "pdf-order"
    ORDER_RESPONSE = "pdf-order-response"
    STATEMENT = "pdf-statement"


PRINTS: Mapping[str, Printer] = {
    "pdf-order": order_pdf,
    "pdf-order-response": order_response_pdf,
    "pdf-statement": statement_pdf,
}
"""kind -> the PDF of one subject, in a language."""
