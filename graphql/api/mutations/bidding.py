"""What an invitee does about a request for quotation: view it, mean to bid or decline, ask, bid, confirm, withdraw."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional
from api.scalars import Date, Decimal, Text
from api.types import sourcing as types
from api.types.fields import maybe
from collaboration.sourcing import verbs
from collaboration.sourcing.forms import Break, LineOffered, Offer
from kernel import ids
from kernel.quantities import ZERO


class ViewRfqInput(graphene.InputObjectType):
    """Which request."""

    rfq_id = needed(graphene.ID, "A request your firm is invited to.")


class ViewRfq(Mutation):
    """Say that your firm has read a request; its buyer may know that. Needs the role SALES."""

    class Arguments:
        input = input_argument(ViewRfqInput)

    invitation = maybe(types.RfqInvitation, "Your invitation.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"invitation": verbs.view_rfq(work, actor, rfq_id=number("Rfq", input, "rfq_id"))}


class IntendToQuoteInput(graphene.InputObjectType):
    """Which request."""

    rfq_id = needed(graphene.ID, "A request your firm is invited to.")


class IntendToQuote(Mutation):
    """Say that your firm means to bid; it binds nobody. Needs the role SALES."""

    class Arguments:
        input = input_argument(IntendToQuoteInput)

    invitation = maybe(types.RfqInvitation, "Your invitation.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"invitation": verbs.intend_to_quote(work, actor, rfq_id=number("Rfq", input, "rfq_id"))}


class DeclineRfqInput(graphene.InputObjectType):
    """Which request."""

    rfq_id = needed(graphene.ID, "A request your firm is invited to.")
    reason = optional(Text, "For the buyer, at most 400 characters.")


class DeclineRfq(Mutation):
    """Say that your firm will not bid; until the close it may think again. Needs the role SALES."""

    class Arguments:
        input = input_argument(DeclineRfqInput)

    invitation = maybe(types.RfqInvitation, "Your invitation.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rfq_id = number("Rfq", input, "rfq_id")
        return {"invitation": verbs.decline_rfq(work, actor, rfq_id=rfq_id, reason=given(input, "reason", ""))}


class AskRfqQuestionInput(graphene.InputObjectType):
    """Which request, and the question."""

    rfq_id = needed(graphene.ID, "A request your firm is invited to.")
    text = needed(Text, "At most 1,000 characters; all invitees read it once it is answered, so do not name yourself.")


class AskRfqQuestion(Mutation):
    """Ask the buyer; it answers to all invitees and tells none who asked. Needs the role SALES."""

    class Arguments:
        input = input_argument(AskRfqQuestionInput)

    question = maybe(types.RfqQuestion, "The question.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        question = verbs.ask_rfq_question(work, actor, rfq_id=number("Rfq", input, "rfq_id"), text=input["text"])
        return {"question": question}


class PriceBreakInput(graphene.InputObjectType):
    """From a quantity on, this is the price."""

    from_quantity = needed(Decimal, "In the item's unit; 0 for any.")
    unit_price = needed(Decimal, "Per unit of the item, more than 0.")


class QuotationLineInput(graphene.InputObjectType):
    """What is offered for one line."""

    line_number = needed(graphene.Int, "Of the request's line.")
    kind = optional(types.BidKind, "BID unless said; a line gets one bid and two alternates at most.")
    item_id = needed(graphene.ID, "An item of your firm that the buyer knows by a supply link.")
    line_units = optional(graphene.Int, "So many units of the request …")
    item_units = optional(graphene.Int, "… are so many of the item; left out where the cross-reference says so.")
    price_breaks = needed_list(PriceBreakInput, "1 to 10 prices, by rising quantity.")
    minimum_quantity = optional(Decimal, "No less than this, in the item's unit.")
    lead_time_days = needed(graphene.Int, "Days from order to goods.")
    tooling_cost = optional(Decimal, "Paid once.")
    freight = optional(Decimal, "For the whole line.")
    note = optional(graphene.String, "At most 200 characters.")


class SubmitQuotationInput(graphene.InputObjectType):
    """A bid. What is said here is sealed before it is written down."""

    rfq_id = needed(graphene.ID, "A request your firm is invited to.")
    amendment = needed(graphene.Int, "Of the request, as you read it.")
    currency = needed(graphene.String, "Of all money in the bid (ISO 4217).")
    incoterm = needed(types.Incoterm, "On which terms of delivery.")
    valid_until = needed(Date, "Last day it holds; the day of the award or later.")
    note = optional(Text, "At most 1,000 characters.")
    lines = needed_list(QuotationLineInput, "Lines you bid for; those left out you do not.")


def _offered(one: Any) -> LineOffered:
    return LineOffered(
        line_number=one["line_number"], kind=given(one, "kind", LineOffered.kind), item_id=ids.sought("Item", one["item_id"]),
        line_units=given(one, "line_units"), item_units=given(one, "item_units"),
        price_breaks=[Break(step["from_quantity"], step["unit_price"]) for step in one["price_breaks"]],
        minimum_quantity=given(one, "minimum_quantity", ZERO), lead_time_days=one["lead_time_days"],
        tooling_cost=given(one, "tooling_cost", ZERO), freight=given(one, "freight", ZERO), note=given(one, "note", ""),
    )  # fmt: skip


class SubmitQuotation(Mutation):
    """Hand in a sealed bid, in place of the one before; from the closing time on it is late. Needs the role SALES."""

    class Arguments:
        input = input_argument(SubmitQuotationInput)

    quotation = maybe(types.Quotation, "The bid, of which nothing can be read before the opening.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        offer = Offer(
            currency=input["currency"], incoterm=input["incoterm"], valid_until=input["valid_until"],
            lines=[_offered(one) for one in input["lines"]], note=given(input, "note", ""),
        )  # fmt: skip
        quotation = verbs.submit_quotation(
            work, actor, offer, rfq_id=number("Rfq", input, "rfq_id"), amendment=input["amendment"]
        )
        return {"quotation": quotation}


class ConfirmQuotationInput(graphene.InputObjectType):
    """Which request."""

    rfq_id = needed(graphene.ID, "A request amended after your firm bid.")
    amendment = needed(graphene.Int, "Of the request, as you read it.")


class ConfirmQuotation(Mutation):
    """Say that your bid holds after the amendment as well. Needs the role SALES."""

    class Arguments:
        input = input_argument(ConfirmQuotationInput)

    quotation = maybe(types.Quotation, "The bid.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rfq_id = number("Rfq", input, "rfq_id")
        return {"quotation": verbs.confirm_quotation(work, actor, rfq_id=rfq_id, amendment=input["amendment"])}


class WithdrawQuotationInput(graphene.InputObjectType):
    """Which request."""

    rfq_id = needed(graphene.ID, "A request your firm bids for.")


class WithdrawQuotation(Mutation):
    """Take your bid back, before the close alone; nobody ever reads it. Needs the role SALES."""

    class Arguments:
        input = input_argument(WithdrawQuotationInput)

    quotation = maybe(types.Quotation, "The bid.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"quotation": verbs.withdraw_quotation(work, actor, rfq_id=number("Rfq", input, "rfq_id"))}


class BiddingActs:
    """Requests for quotation, as an invitee."""

    view_rfq = ViewRfq.Field(description=ViewRfq.__doc__)
    intend_to_quote = IntendToQuote.Field(description=IntendToQuote.__doc__)
    decline_rfq = DeclineRfq.Field(description=DeclineRfq.__doc__)
    ask_rfq_question = AskRfqQuestion.Field(description=AskRfqQuestion.__doc__)
    submit_quotation = SubmitQuotation.Field(description=SubmitQuotation.__doc__)
    confirm_quotation = ConfirmQuotation.Field(description=ConfirmQuotation.__doc__)
    withdraw_quotation = WithdrawQuotation.Field(description=WithdrawQuotation.__doc__)
