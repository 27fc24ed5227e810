"""Write and hand over an invoice, answer it, release what is blocked, take back, say how one matches."""

from typing import Any

import graphene

from api.payloads import (
    Mutation,
    given,
    input_argument,
    maybe_number,
    needed,
    needed_list,
    number,
    optional,
)
from api.scalars import Date, Decimal, Text
from api.types import settlement as types
from api.types.fields import maybe
from collaboration.settlement import verbs
from collaboration.settlement.forms import CreditedLine, InvoicedLine, InvoiceGiven, TermsGiven, TotalsSaid
from delivery.holding import missing_documents
from kernel import ids

_VERSION = "The version of the invoice you act on."


class InvoiceLineInput(graphene.InputObjectType):
    """One line of an invoice."""

    number = needed(graphene.Int, "Its number, each once.")
    order_line_id = optional(graphene.ID, "The order line it is for; without one it matches no order.")
    despatch_line_id = optional(graphene.ID, "The line of a despatch it came with, where that is known.")
    description = optional(Text, "In your words; needed where no order line is named.")
    unit = optional(Text, "Its unit (UNECE Rec 20); the order line's when left out.")
    quantity = needed(Decimal, "Invoiced, more than 0.")
    unit_price = needed(Decimal, "Without tax.")
    line_amount = optional(Decimal, "Quantity times price to two places; follows when left out.")
    tax_percent = needed(Decimal, "The tax rate, such as 13.")
    tax_category = optional(types.TaxCategory, "STANDARD for a rate above 0, else ZERO, when left out.")


class InvoiceTotalsInput(graphene.InputObjectType):
    """Totals as you reckon them; each must follow from the lines, tax per rate. What is left out follows."""

    line_extension_amount = optional(Decimal, "All lines, without tax.")
    tax_exclusive_amount = optional(Decimal, "Without tax.")
    tax_amount = optional(Decimal, "The tax.")
    tax_inclusive_amount = optional(Decimal, "With tax.")
    payable_amount = optional(Decimal, "To be paid.")


class _Written:
    """What a draft and a submission say alike."""

    invoice_id = optional(graphene.ID, "The draft it replaces; left out: a new invoice.")
    expected_version = optional(graphene.Int, "The version of that draft.")
    number = needed(Text, "Your own, each once per buyer.")
    buyer_id = needed(graphene.ID, "Who is to pay.")
    issued_on = needed(Date, "Its date, today or earlier.")
    due_on = needed(Date, "When it is to be paid.")
    currency = needed(Text, "ISO 4217 code, that of the orders.")
    payment_terms = optional(Text, "In your words.")
    note = optional(Text, "In your words.")
    fapiao_number = optional(
        Text,
        "Under which the tax office knows it: 20 digits of a digital one, 8 with or without its code of one on paper.",
    )
    fapiao_type = optional(types.FapiaoType, "What kind the tax office knows it by.")
    lines = needed_list(InvoiceLineInput, "1 to 200.")
    totals = optional(InvoiceTotalsInput, "As you reckon them.")


class DraftInvoiceInput(_Written, graphene.InputObjectType):
    """An invoice to be kept, not handed over."""


class SubmitInvoiceInput(_Written, graphene.InputObjectType):
    """An invoice to be handed over."""


def _line(line: Any) -> InvoicedLine:
    return InvoicedLine(
        number=line["number"], quantity=line["quantity"], unit_price=line["unit_price"], tax_percent=line["tax_percent"],
        order_line_id=maybe_number("OrderLine", line, "order_line_id"),
        despatch_line_id=maybe_number("DespatchLine", line, "despatch_line_id"),
        description=given(line, "description", ""), unit=given(line, "unit"), line_amount=given(line, "line_amount"),
        tax_category=given(line, "tax_category"),
    )  # fmt: skip


def _said(input: Any) -> InvoiceGiven:
    return InvoiceGiven(
        number=input["number"], buyer_id=number("Firm", input, "buyer_id"), issued_on=input["issued_on"],
        due_on=input["due_on"], currency=input["currency"], lines=[_line(line) for line in input["lines"]],
        totals=TotalsSaid(**(given(input, "totals") or {})), payment_terms=given(input, "payment_terms", ""),
        note=given(input, "note", ""), fapiao_number=given(input, "fapiao_number"), fapiao_type=given(input, "fapiao_type"),
    )  # fmt: skip


class DraftInvoice(Mutation):
    """The seller keeps an invoice to be handed over later. Needs the role SALES."""

    class Arguments:
        input = input_argument(DraftInvoiceInput)

    invoice = maybe(types.Invoice, "The draft.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.draft_invoice(
            work, actor, _said(input), invoice_id=maybe_number("Invoice", input, "invoice_id"),
            expected_version=given(input, "expected_version"),
        )  # fmt: skip
        return {"invoice": made}


class DiscardInvoiceInput(graphene.InputObjectType):
    """Which draft is thrown away."""

    invoice_id = needed(graphene.ID, "The draft.")
    expected_version = needed(graphene.Int, _VERSION)


class DiscardInvoice(Mutation):
    """The seller throws a draft away; its number is free again. Needs the role SALES."""

    class Arguments:
        input = input_argument(DiscardInvoiceInput)

    number = maybe(graphene.String, "The number it had.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        invoice_id = number("Invoice", input, "invoice_id")
        return {
            "number": verbs.discard_invoice(
                work, actor, invoice_id=invoice_id, expected_version=input["expected_version"]
            )
        }


class SubmitInvoice(Mutation):
    """The seller hands an invoice over; each line is matched at once with order and receipts. Needs the role SALES."""

    class Arguments:
        input = input_argument(SubmitInvoiceInput)

    invoice = maybe(types.Invoice, "The invoice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.submit_invoice(
            work, actor, _said(input), invoice_id=maybe_number("Invoice", input, "invoice_id"),
            expected_version=given(input, "expected_version"),
        )  # fmt: skip
        return {"invoice": made}


class RespondToInvoiceInput(graphene.InputObjectType):
    """The buyer's answer."""

    invoice_id = needed(graphene.ID, "The invoice.")
    expected_version = needed(graphene.Int, _VERSION)
    answer = needed(types.InvoiceState, "Where it stands now: forward only, steps may be skipped.")
    reason = optional(types.InvoiceReason, "Why; a query and a rejection need it.")
    action = optional(types.InvoiceAction, "What the seller is asked to do.")
    note = optional(Text, "In your words.")
    amount = optional(Decimal, "Of PART_PAID: how much was paid now.")


class RespondToInvoice(Mutation):
    """The buyer acknowledges, queries, rejects, accepts or pays; accepted once every line matches or is released. Needs BUYER."""

    class Arguments:
        input = input_argument(RespondToInvoiceInput)

    invoice = maybe(types.Invoice, "The invoice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.respond_to_invoice(
            work, actor, invoice_id=number("Invoice", input, "invoice_id"), expected_version=input["expected_version"],
            answer=input["answer"], missing=missing_documents, reason=given(input, "reason"),
            action=given(input, "action"), note=given(input, "note", ""), amount=given(input, "amount"),
        )  # fmt: skip
        return {"invoice": made}


class AnswerInvoiceQueryInput(graphene.InputObjectType):
    """The seller's words to a query."""

    invoice_id = needed(graphene.ID, "The invoice.")
    expected_version = needed(graphene.Int, _VERSION)
    text = needed(Text, "Your answer.")


class AnswerInvoiceQuery(Mutation):
    """The seller answers the query that is open. Needs the role SALES."""

    class Arguments:
        input = input_argument(AnswerInvoiceQueryInput)

    invoice = maybe(types.Invoice, "The invoice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.answer_invoice_query(
            work, actor, invoice_id=number("Invoice", input, "invoice_id"), expected_version=input["expected_version"],
            text=input["text"],
        )  # fmt: skip
        return {"invoice": made}


class ReleaseInvoiceInput(graphene.InputObjectType):
    """Which blocked lines pass, and why."""

    invoice_id = needed(graphene.ID, "The invoice.")
    expected_version = needed(graphene.Int, _VERSION)
    invoice_line_ids = needed_list(graphene.ID, "The lines.")
    reason = needed(Text, "Why; your firm's own record.")


class ReleaseInvoice(Mutation):
    """The buyer lets blocked lines pass; above its limit a second person approves. Needs the role BUYER."""

    class Arguments:
        input = input_argument(ReleaseInvoiceInput)

    invoice = maybe(types.Invoice, "The invoice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.release_invoice(
            work, actor, invoice_id=number("Invoice", input, "invoice_id"), expected_version=input["expected_version"],
            line_ids=[ids.sought("InvoiceLine", one) for one in input["invoice_line_ids"]], reason=input["reason"],
        )  # fmt: skip
        return {"invoice": made}


class ApproveReleaseInput(graphene.InputObjectType):
    """Of which invoice releases are approved."""

    invoice_id = needed(graphene.ID, "The invoice.")
    expected_version = needed(graphene.Int, _VERSION)


class ApproveRelease(Mutation):
    """A second person approves what was released, no part of it and of its orders being his own. Needs the role LEAD."""

    class Arguments:
        input = input_argument(ApproveReleaseInput)

    invoice = maybe(types.Invoice, "The invoice.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.approve_release(
            work, actor, invoice_id=number("Invoice", input, "invoice_id"), expected_version=input["expected_version"]
        )
        return {"invoice": made}


class CreditedLineInput(graphene.InputObjectType):
    """How much of one invoice line is taken back."""

    invoice_line_id = needed(graphene.ID, "The line.")
    quantity = needed(Decimal, "How much, at most what is left of it.")


class IssueCreditNoteInput(graphene.InputObjectType):
    """What is taken back, and why."""

    invoice_id = needed(graphene.ID, "The invoice.")
    expected_version = needed(graphene.Int, _VERSION)
    number = needed(Text, "Your own, each once per buyer.")
    issued_on = needed(Date, "Its date, today or earlier.")
    reason = needed(Text, "Why.")
    lines = needed_list(CreditedLineInput, "Line by line.")


class IssueCreditNote(Mutation):
    """The seller takes back quantity and amount of an invoice it submitted. Needs the role SALES."""

    class Arguments:
        input = input_argument(IssueCreditNoteInput)

    credit_note = maybe(types.CreditNote, "The credit note.")
    invoice = maybe(types.Invoice, "The invoice after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.issue_credit_note(
            work, actor, invoice_id=number("Invoice", input, "invoice_id"), expected_version=input["expected_version"],
            number=input["number"], issued_on=input["issued_on"], reason=input["reason"],
            lines=[CreditedLine(number("InvoiceLine", one, "invoice_line_id"), one["quantity"]) for one in input["lines"]],
        )  # fmt: skip
        return {"credit_note": made, "invoice": verbs.invoice_of(work, actor, made.invoice_id)}


class SetSettlementTermsInput(graphene.InputObjectType):
    """How your firm matches from now on. Of a percentage and an absolute the narrower counts; neither: nothing."""

    seller_id = optional(graphene.ID, "For this seller alone; left out: for all others.")
    currency = needed(Text, "Of the amounts below.")
    quantity_percent = optional(Decimal, "So much more than accepted is tolerated.")
    quantity_absolute = optional(Decimal, "But no more units than this.")
    price_percent = optional(Decimal, "A price may differ by so much.")
    price_absolute = optional(Decimal, "But by no more than this per unit.")
    tax_percent = optional(Decimal, "The rate lines must have; left out: any.")
    release_limit = optional(Decimal, "Above it a second person approves a release; left out: never.")
    held_percent = optional(Decimal, "The share held while documents are missing; 0 when left out.")


class SetSettlementTerms(Mutation):
    """A lead says how the firm matches invoices, for all sellers or for one. Needs the role LEAD."""

    class Arguments:
        input = input_argument(SetSettlementTermsInput)

    settlement_terms = maybe(types.SettlementTerms, "As they hold now.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        said = {name: given(input, name) for name in TermsGiven.__dataclass_fields__ if given(input, name) is not None}
        terms = verbs.set_settlement_terms(
            work, actor, TermsGiven(**said), seller_id=maybe_number("Firm", input, "seller_id")
        )
        return {"settlement_terms": terms}


class SettlementActs:
    """Invoices and their match."""

    draft_invoice = DraftInvoice.Field(description=DraftInvoice.__doc__)
    discard_invoice = DiscardInvoice.Field(description=DiscardInvoice.__doc__)
    submit_invoice = SubmitInvoice.Field(description=SubmitInvoice.__doc__)
    respond_to_invoice = RespondToInvoice.Field(description=RespondToInvoice.__doc__)
    answer_invoice_query = AnswerInvoiceQuery.Field(description=AnswerInvoiceQuery.__doc__)
    release_invoice = ReleaseInvoice.Field(description=ReleaseInvoice.__doc__)
    approve_release = ApproveRelease.Field(description=ApproveRelease.__doc__)
    issue_credit_note = IssueCreditNote.Field(description=IssueCreditNote.__doc__)
    set_settlement_terms = SetSettlementTerms.Field(description=SetSettlementTerms.__doc__)
