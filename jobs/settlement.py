"""Invoices are matched anew when receipts or orders change, and who is part of one is told of it."""

from collaboration.settlement import telling
from collaboration.settlement.matching import rematch_by_terms, rematch_orders
from kernel.work import unit_of_work


def rematch_invoices(event_id: int) -> None:
    """Goods were received, or an order was agreed, changed or cancelled. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="rematch_invoices")
        if event:
            rematch_orders(work, event.facts.get("order_ids") or [event.facts["order_id"]])


def rematch_under_terms(event_id: int) -> None:
    """A buyer matches otherwise. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="rematch_under_terms")
        if event:
            rematch_by_terms(work, terms_id=event.facts["terms_id"])


def tell_of_invoice(event_id: int) -> None:
    """An invoice was submitted, answered or credited, or a query of it answered. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_invoice")
        if event:
            telling.tell_of_invoice(work, invoice_id=event.facts["invoice_id"], fact=event.kind, event_id=event_id)


def tell_of_release(event_id: int) -> None:
    """Blocked lines were released, or that was approved. Safe to run twice."""
    with unit_of_work() as work:
        event = work.claim(event_id, by="tell_of_release")
        if event:
            telling.tell_of_release(work, release_id=event.facts["release_ids"][0], event_id=event_id)
