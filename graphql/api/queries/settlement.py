"""Questions about invoices, and what is not invoiced yet."""

from typing import Any

import graphene

from api.payloads import maybe_number
from api.queries.parts import by_id, listed
from api.types import enums
from api.types import settlement as types
from api.types.fields import many, maybe, paging, said
from api.types.lists import invoices_file
from collaboration.settlement import reads
from collaboration.settlement.answering import open_amount
from collaboration.settlement.reads import InvoiceSought
from kernel import ids

MOST_IN_A_FILE = 5_000


def _sought(given: Any) -> InvoiceSought:
    f = given or {}
    return InvoiceSought(
        f.get("states"), f.get("side"), maybe_number("Firm", f, "partner_id"), f.get("number"),
        f.get("issued_from"), f.get("issued_until"), maybe_number("Order", f, "order_id"),
    )  # fmt: skip


class SettlementQuestions:
    """Invoices to and from your firm."""

    invoices = said(
        types.InvoiceConnection,
        "Your invoices, newest first.",
        filter=types.InvoiceFilter(description="Which."),
        **paging(),
    )
    invoice = maybe(types.Invoice, "One of them.", id=by_id("Which."))
    invoice_counts = many(
        types.InvoiceStateCount, "How many of your invoices stand where.",
        side=graphene.Argument(enums.Side, description="As buyer or as seller."),
    )  # fmt: skip
    invoice_list = said(
        types.InvoiceList, f"Your invoices as a file, newest first, at most {MOST_IN_A_FILE}.",
        filter=types.InvoiceFilter(description="Which."),
    )  # fmt: skip
    uninvoiced = many(
        types.UninvoicedLine, "What was accepted and is not invoiced yet, oldest orders first, at most 500 lines.",
        side=graphene.Argument(graphene.NonNull(enums.Side), description="Bought by your firm, or sold."),
        partner_id=graphene.Argument(graphene.ID, description="With this firm alone."),
    )  # fmt: skip
    settlement_terms = many(types.SettlementTerms, "How your firm matches invoices: for all sellers first.")

    @staticmethod
    def resolve_invoices(
        root: Any, info: Any, filter: Any = None, first: int | None = None, after: str | None = None
    ) -> Any:
        c = info.context
        return listed(info, "invoice", reads.invoices(c.work, c.acting, _sought(filter), first=first, after=after))

    @staticmethod
    def resolve_invoice(root: Any, info: Any, id: str) -> Any:
        return info.context.batches["invoice"].one(ids.sought("Invoice", id))

    @staticmethod
    def resolve_invoice_counts(root: Any, info: Any, side: Any = None) -> Any:
        c = info.context
        return [{"state": s, "invoices": n} for s, n in reads.count_invoices(c.work, c.acting, side)]

    @staticmethod
    def resolve_invoice_list(root: Any, info: Any, filter: Any = None) -> Any:
        c = info.context
        found = reads.all_invoices(c.work, c.acting, _sought(filter), most=MOST_IN_A_FILE)
        return {
            "xlsx": invoices_file(c.batches.listed("invoice", found), info, blocked=types.blocked, left=open_amount)
        }

    @staticmethod
    def resolve_uninvoiced(root: Any, info: Any, side: Any, partner_id: str | None = None) -> Any:
        c = info.context
        partner = None if partner_id is None else ids.sought("Firm", partner_id)
        return c.batches.listed("uninvoiced", reads.uninvoiced(c.work, c.acting, side=side, partner_id=partner))

    @staticmethod
    def resolve_settlement_terms(root: Any, info: Any) -> Any:
        c = info.context
        return c.batches.listed("settlement_terms", reads.settlement_terms(c.work, c.acting))
