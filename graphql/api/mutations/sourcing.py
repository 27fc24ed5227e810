"""What a buyer does about a request for quotation: draft, approve, issue, amend, answer, close, cancel."""

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
    optional_list,
)
from api.scalars import Date, DateTime, Decimal, Text
from api.types import sourcing as types
from api.types.fields import maybe
from collaboration.sourcing import verbs
from collaboration.sourcing.forms import DeliveryStated, OrderAs, RateStated, RfqAsked, RfqLineAsked, Share
from kernel import ids


class RfqLineInput(graphene.InputObjectType):
    """One line of a request."""

    number = needed(graphene.Int, "Its number; a line keeps its text and unit under it.")
    title = needed(graphene.String, "What is wanted, at most 200 characters.")
    quantity = needed(Decimal, "How much.")
    unit = needed(graphene.String, "In which unit (UNECE Rec 20).")
    wanted_on = needed(Date, "When.")


def _lines(found: Any) -> list[RfqLineAsked]:
    return [
        RfqLineAsked(
            number=one["number"], title=one["title"], quantity=one["quantity"], unit=one["unit"],
            wanted_on=one["wanted_on"],
        )
        for one in found
    ]  # fmt: skip


class DraftRfqInput(graphene.InputObjectType):
    """A new draft, or one said anew."""

    number = needed(graphene.String, "Your firm's own number of it.")
    title = needed(graphene.String, "What it is about, at most 120 characters.")
    note = optional(Text, "To all invitees, at most 4,000 characters.")
    currency = needed(graphene.String, "In which bids are compared (ISO 4217).")
    incoterm = needed(types.Incoterm, "On which terms of delivery bids are compared.")
    category_id = optional(graphene.ID, "Your firm's own category; one invitee at least must be qualified in it.")
    closes_at = needed(DateTime, "From this instant on a bid is late.")
    award_by = needed(Date, "Until this day bids must hold at least.")
    lines = needed_list(RfqLineInput, "What is asked for, at most 100 lines.")
    invitee_ids = needed_list(graphene.ID, "Suppliers to invite, at most 50.")
    rfq_id = optional(graphene.ID, "The draft to say anew; a new one unless said.")
    expected_version = optional(graphene.Int, "With `rfqId`: the version you read.")


class DraftRfq(Mutation):
    """Write a request, or write one anew before it is issued, which takes its approval away. Needs the role BUYER."""

    class Arguments:
        input = input_argument(DraftRfqInput)

    rfq = maybe(types.Rfq, "The draft.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        asked = RfqAsked(
            number=input["number"], title=input["title"], currency=input["currency"], incoterm=input["incoterm"],
            closes_at=input["closes_at"], award_by=input["award_by"], lines=_lines(input["lines"]),
            invitee_ids=[ids.sought("Firm", one) for one in input["invitee_ids"]], note=given(input, "note", ""),
            category_id=maybe_number("QualificationCategory", input, "category_id"),
        )  # fmt: skip
        rfq = verbs.draft_rfq(
            work, actor, asked, rfq_id=maybe_number("Rfq", input, "rfq_id"),
            expected_version=given(input, "expected_version"),
        )  # fmt: skip
        return {"rfq": rfq}


class ApproveRfqInput(graphene.InputObjectType):
    """Which draft."""

    rfq_id = needed(graphene.ID, "The draft.")
    expected_version = needed(graphene.Int, "The version you read.")


class ApproveRfq(Mutation):
    """Approve a draft somebody else of your firm wrote. Needs the role BUYER or LEAD."""

    class Arguments:
        input = input_argument(ApproveRfqInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rfq_id = number("Rfq", input, "rfq_id")
        return {"rfq": verbs.approve_rfq(work, actor, rfq_id=rfq_id, expected_version=input["expected_version"])}


class IssueRfqInput(graphene.InputObjectType):
    """Which request."""

    rfq_id = needed(graphene.ID, "An approved request.")
    expected_version = needed(graphene.Int, "The version you read.")


class IssueRfq(Mutation):
    """Tell all invitees of an approved request, at once; from now on they bid. Needs the role BUYER, and terms with each."""

    class Arguments:
        input = input_argument(IssueRfqInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rfq_id = number("Rfq", input, "rfq_id")
        return {"rfq": verbs.issue_rfq(work, actor, rfq_id=rfq_id, expected_version=input["expected_version"])}


class AmendRfqInput(graphene.InputObjectType):
    """What changes; what is not given stays."""

    rfq_id = needed(graphene.ID, "A request that is issued and not past its closing time.")
    expected_version = needed(graphene.Int, "The version you read.")
    text = needed(Text, "What changes, in words for all invitees, at most 1,000 characters.")
    closes_at = optional(DateTime, "The new closing time.")
    award_by = optional(Date, "The new day until which bids must hold.")
    lines = optional_list(RfqLineInput, "All lines as they stand from now on.")


class AmendRfq(Mutation):
    """Change what is asked before the close. All invitees are told; sealed bids count again once confirmed. Needs BUYER."""

    class Arguments:
        input = input_argument(AmendRfqInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        lines = input.get("lines")
        rfq = verbs.amend_rfq(
            work, actor, rfq_id=number("Rfq", input, "rfq_id"), expected_version=input["expected_version"],
            text=input["text"], closes_at=given(input, "closes_at"), award_by=given(input, "award_by"),
            lines=None if lines is None else _lines(lines),
        )  # fmt: skip
        return {"rfq": rfq}


class AnswerRfqQuestionInput(graphene.InputObjectType):
    """Which question, and the answer."""

    question_id = needed(graphene.ID, "A question that waits.")
    answer = needed(Text, "To all invitees, at most 2,000 characters.")
    text = optional(Text, "The question as all are to read it, where it named its asker.")


class AnswerRfqQuestion(Mutation):
    """Answer a question to all invitees; none of them learns who asked. Needs the role BUYER."""

    class Arguments:
        input = input_argument(AnswerRfqQuestionInput)

    question = maybe(types.RfqQuestion, "The question.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        question = verbs.answer_rfq_question(
            work, actor, question_id=number("RfqQuestion", input, "question_id"), answer=input["answer"],
            text=given(input, "text"),
        )  # fmt: skip
        return {"question": question}


class CloseRfqInput(graphene.InputObjectType):
    """Which request."""

    rfq_id = needed(graphene.ID, "An issued request.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = optional(Text, "Before the closing time: why, for all invitees, at most 400 characters.")


class CloseRfq(Mutation):
    """Close a request before its time, with a reason all invitees read, and open its bids together. Needs the role BUYER."""

    class Arguments:
        input = input_argument(CloseRfqInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rfq = verbs.close_rfq(
            work, actor, rfq_id=number("Rfq", input, "rfq_id"), expected_version=input["expected_version"],
            reason=given(input, "reason", ""),
        )  # fmt: skip
        return {"rfq": rfq}


class CancelRfqInput(graphene.InputObjectType):
    """Which request, and why."""

    rfq_id = needed(graphene.ID, "A request nothing is awarded of.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "For all invitees, at most 400 characters.")


class CancelRfq(Mutation):
    """Give a request up and tell all invitees why; bids still sealed are never opened. Needs the role BUYER."""

    class Arguments:
        input = input_argument(CancelRfqInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rfq = verbs.cancel_rfq(
            work, actor, rfq_id=number("Rfq", input, "rfq_id"), expected_version=input["expected_version"],
            reason=input["reason"],
        )  # fmt: skip
        return {"rfq": rfq}


class RateInput(graphene.InputObjectType):
    """So much of the request's currency is one of another."""

    currency = needed(graphene.String, "The other one (ISO 4217).")
    rate = needed(Decimal, "How much.")
    as_on = needed(Date, "The day of the rate, at most a year ago.")


class DeliveryInput(graphene.InputObjectType):
    """What offers on other terms of delivery cost beside their price."""

    incoterm = needed(types.Incoterm, "Which terms.")
    percent = needed(Decimal, "Percent of the goods.")


class StateComparisonTermsInput(graphene.InputObjectType):
    """What a comparison rests on, in place of what was stated before."""

    rfq_id = needed(graphene.ID, "A request that is issued or closed.")
    expected_version = needed(graphene.Int, "The version you read.")
    rates = needed_list(RateInput, "Of other currencies.")
    deliveries = needed_list(DeliveryInput, "Of other terms of delivery.")


class StateComparisonTerms(Mutation):
    """State rates with their day and what other terms of delivery cost; told to nobody outside. Needs the role BUYER."""

    class Arguments:
        input = input_argument(StateComparisonTermsInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        rfq = verbs.state_comparison_terms(
            work, actor, rfq_id=number("Rfq", input, "rfq_id"), expected_version=input["expected_version"],
            rates=[RateStated(one["currency"], one["rate"], one["as_on"]) for one in input["rates"]],
            deliveries=[DeliveryStated(one["incoterm"], one["percent"]) for one in input["deliveries"]],
        )  # fmt: skip
        return {"rfq": rfq}


class ShareInput(graphene.InputObjectType):
    """What of a line goes to an offer: a quantity or a percentage."""

    quotation_line_id = needed(graphene.ID, "The offer.")
    quantity = optional(Decimal, "In the request's unit.")
    share_percent = optional(Decimal, "Of what was asked.")
    reason = optional(Text, "Why, where it is not the lowest; at most 400 characters, your firm's own.")


class AwardedOrderInput(graphene.InputObjectType):
    """How the order to one bidder is placed."""

    quotation_id = needed(graphene.ID, "A bid something is awarded to.")
    number = optional(graphene.String, "Your firm's number of the order; the request's with -1, -2, … unless said.")
    conditional_reason = optional(Text, "Why, though the supplier is qualified on conditions only.")
    wanted_on = optional(Date, "Another day for all its lines.")
    later = optional(
        graphene.Boolean, "No order now: it is ordered by `orderAward` or agreed on by `draftFrameworkFromAward`, once."
    )


class AwardRfqInput(graphene.InputObjectType):
    """The decision on a whole request."""

    rfq_id = needed(graphene.ID, "A closed request.")
    expected_version = needed(graphene.Int, "The version you read.")
    shares = needed_list(ShareInput, "What goes to whom; none for no award.")
    orders = optional_list(AwardedOrderInput, "How the orders are placed, where the usual will not do.")
    reason = optional(Text, "Where nothing is awarded: why, for all invitees.")


class AwardRfq(Mutation):
    """Award lines or shares of them; the orders are placed in the same act at the quoted prices, or later. Needs the role BUYER."""

    class Arguments:
        input = input_argument(AwardRfqInput)

    rfq = maybe(types.Rfq, "The request.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        shares = [
            Share(
                number("QuotationLine", one, "quotation_line_id"), given(one, "quantity"), given(one, "share_percent"),
                given(one, "reason", ""),
            )
            for one in input["shares"]
        ]  # fmt: skip
        orders = [
            OrderAs(
                number("Quotation", one, "quotation_id"), given(one, "number"), given(one, "conditional_reason"),
                given(one, "wanted_on"), given(one, "later", False),
            )
            for one in given(input, "orders", [])
        ]  # fmt: skip
        rfq = verbs.award_rfq(
            work, actor, rfq_id=number("Rfq", input, "rfq_id"), expected_version=input["expected_version"],
            shares=shares, orders=orders, reason=given(input, "reason", ""),
        )  # fmt: skip
        return {"rfq": rfq}


class SourcingActs:
    """Requests for quotation, as their buyer."""

    draft_rfq = DraftRfq.Field(description=DraftRfq.__doc__)
    approve_rfq = ApproveRfq.Field(description=ApproveRfq.__doc__)
    issue_rfq = IssueRfq.Field(description=IssueRfq.__doc__)
    amend_rfq = AmendRfq.Field(description=AmendRfq.__doc__)
    answer_rfq_question = AnswerRfqQuestion.Field(description=AnswerRfqQuestion.__doc__)
    close_rfq = CloseRfq.Field(description=CloseRfq.__doc__)
    state_comparison_terms = StateComparisonTerms.Field(description=StateComparisonTerms.__doc__)
    award_rfq = AwardRfq.Field(description=AwardRfq.__doc__)
    cancel_rfq = CancelRfq.Field(description=CancelRfq.__doc__)
