"""Make a statement, hand it over, dispute, answer, confirm, withdraw and invoice it."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional, optional_list
from api.scalars import Date, Decimal, Text
from api.types import enums
from api.types import statements as types
from api.types.fields import maybe
from api.types.settlement import FapiaoType, Invoice, InvoiceReason
from collaboration.statements import verbs
from collaboration.statements.forms import Answered, Disputed, InvoiceAsked
from kernel import ids

_VERSION = "The version of the statement you act on."


class DraftStatementInput(graphene.InputObjectType):
    """Of whom and which days."""

    side = needed(enums.Side, "On which side your firm stands.")
    partner_id = needed(graphene.ID, "The other firm.")
    currency = needed(Text, "ISO 4217 code, that of the orders.")
    period_from = needed(Date, "First day, in China.")
    period_until = needed(Date, "Last day; it has ended.")


class DraftStatement(Mutation):
    """Make a statement of a period from what was accepted and credited. Needs BUYER of the buyer, SALES of the seller."""

    class Arguments:
        input = input_argument(DraftStatementInput)

    statement = maybe(types.Statement, "The draft, known to your firm alone.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.draft_statement(
            work, actor, side=input["side"], partner_id=number("Firm", input, "partner_id"), currency=input["currency"],
            period_from=input["period_from"], period_until=input["period_until"],
        )  # fmt: skip
        return {"statement": made}


class SendStatementInput(graphene.InputObjectType):
    """Which draft."""

    statement_id = needed(graphene.ID, "The statement.")
    expected_version = needed(graphene.Int, _VERSION)


class SendStatement(Mutation):
    """Its maker hands it over."""

    class Arguments:
        input = input_argument(SendStatementInput)

    statement = maybe(types.Statement, "The statement.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.send_statement(
            work, actor, statement_id=number("Statement", input, "statement_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"statement": made}


class WithdrawStatementInput(graphene.InputObjectType):
    """Which statement."""

    statement_id = needed(graphene.ID, "The statement.")
    expected_version = needed(graphene.Int, _VERSION)


class WithdrawStatement(Mutation):
    """Its maker takes it back while it is not agreed; what it held may stand in another."""

    class Arguments:
        input = input_argument(WithdrawStatementInput)

    statement = maybe(types.Statement, "The statement.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.withdraw_statement(
            work, actor, statement_id=number("Statement", input, "statement_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"statement": made}


class DisputedLineInput(graphene.InputObjectType):
    """A line that is wrong."""

    statement_line_id = needed(graphene.ID, "The line.")
    reason = needed(InvoiceReason, "Why.")
    note = needed(Text, "In your words.")
    right_quantity = optional(Decimal, "The quantity it should be; needed with QTY.")
    right_price = optional(Decimal, "The price it should be; needed with PRI.")


class DisputeStatementInput(graphene.InputObjectType):
    """Which lines are wrong."""

    statement_id = needed(graphene.ID, "The statement.")
    expected_version = needed(graphene.Int, _VERSION)
    lines = needed_list(DisputedLineInput, "Each line at most once.")


class DisputeStatement(Mutation):
    """The other firm says which lines are wrong, why, and what they should say."""

    class Arguments:
        input = input_argument(DisputeStatementInput)

    statement = maybe(types.Statement, "The statement.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        disputes = [
            Disputed(
                ids.sought("StatementLine", one["statement_line_id"]), one["reason"], one["note"],
                given(one, "right_quantity"), given(one, "right_price"),
            )
            for one in input["lines"]
        ]  # fmt: skip
        made = verbs.dispute_statement(
            work, actor, statement_id=number("Statement", input, "statement_id"),
            expected_version=input["expected_version"], disputes=disputes,
        )  # fmt: skip
        return {"statement": made}


class AnsweredDisputeInput(graphene.InputObjectType):
    """What becomes of one dispute."""

    dispute_id = needed(graphene.ID, "The dispute.")
    outcome = needed(types.DisputeState, "CORRECTED, UPHELD or SET_ASIDE.")
    note = optional(Text, "In your words; needed with UPHELD.")


class AnswerStatementDisputesInput(graphene.InputObjectType):
    """An answer to every open dispute."""

    statement_id = needed(graphene.ID, "The statement.")
    expected_version = needed(graphene.Int, _VERSION)
    answers = needed_list(AnsweredDisputeInput, "Each open dispute once.")


class AnswerStatementDisputes(Mutation):
    """Its maker corrects a line, stands by it, or sets it aside for the next statement."""

    class Arguments:
        input = input_argument(AnswerStatementDisputesInput)

    statement = maybe(types.Statement, "The statement.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        answers = [
            Answered(ids.sought("StatementDispute", one["dispute_id"]), one["outcome"], given(one, "note", ""))
            for one in input["answers"]
        ]
        made = verbs.answer_statement_disputes(
            work, actor, statement_id=number("Statement", input, "statement_id"),
            expected_version=input["expected_version"], answers=answers,
        )  # fmt: skip
        return {"statement": made}


class ConfirmStatementInput(graphene.InputObjectType):
    """Which statement, and which lines are left for the next."""

    statement_id = needed(graphene.ID, "The statement.")
    expected_version = needed(graphene.Int, _VERSION)
    set_aside = optional_list(graphene.ID, "Lines you disputed and its maker stands by: left for the next statement.")


class ConfirmStatement(Mutation):
    """The other firm agrees: both are bound, and the seller may invoice it."""

    class Arguments:
        input = input_argument(ConfirmStatementInput)

    statement = maybe(types.Statement, "The statement.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = verbs.confirm_statement(
            work, actor, statement_id=number("Statement", input, "statement_id"),
            expected_version=input["expected_version"],
            set_aside=[ids.sought("StatementLine", one) for one in given(input, "set_aside") or ()],
        )  # fmt: skip
        return {"statement": made}


class InvoiceStatementInput(graphene.InputObjectType):
    """What the invoice says besides its lines."""

    statement_id = needed(graphene.ID, "The statement.")
    expected_version = needed(graphene.Int, _VERSION)
    number = needed(Text, "Your own, each once per buyer.")
    issued_on = needed(Date, "Its date, today or earlier.")
    due_on = needed(Date, "When it is to be paid.")
    tax_percent = needed(Decimal, "The tax rate of all lines, such as 13.")
    payment_terms = optional(Text, "In your words.")
    fapiao_number = optional(Text, "Under which the tax office knows it.")
    fapiao_type = optional(FapiaoType, "What kind the tax office knows it by.")


class InvoiceStatement(Mutation):
    """The seller submits as an invoice what of an agreed statement is not invoiced yet, 200 lines at most. Needs SALES."""

    class Arguments:
        input = input_argument(InvoiceStatementInput)

    invoice = maybe(Invoice, "The invoice, submitted and matched.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        asked = InvoiceAsked(
            input["number"], input["issued_on"], input["due_on"], input["tax_percent"],
            given(input, "payment_terms", ""), given(input, "fapiao_number"), given(input, "fapiao_type"),
        )  # fmt: skip
        made = verbs.invoice_statement(
            work, actor, statement_id=number("Statement", input, "statement_id"),
            expected_version=input["expected_version"], asked=asked,
        )  # fmt: skip
        return {"invoice": made}


class StatementActs:
    """Statements of a period."""

    draft_statement = DraftStatement.Field(description=DraftStatement.__doc__)
    send_statement = SendStatement.Field(description=SendStatement.__doc__)
    withdraw_statement = WithdrawStatement.Field(description=WithdrawStatement.__doc__)
    dispute_statement = DisputeStatement.Field(description=DisputeStatement.__doc__)
    answer_statement_disputes = AnswerStatementDisputes.Field(description=AnswerStatementDisputes.__doc__)
    confirm_statement = ConfirmStatement.Field(description=ConfirmStatement.__doc__)
    invoice_statement = InvoiceStatement.Field(description=InvoiceStatement.__doc__)
