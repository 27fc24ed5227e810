"""Say where one's firm is paid, as two persons; call back as a buyer."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, number, optional
from api.scalars import Date, Text
from api.types import financial_accounts as types
from api.types.fields import maybe
from chain.financial_accounts import reads, verbs


class ProposeFinancialAccountInput(graphene.InputObjectType):
    """Where to pay."""

    holder = needed(Text, "In whose name it is kept.")
    bank = needed(Text, "At which bank, with its branch.")
    number = needed(Text, "8 to 34 letters and digits; blanks and hyphens are left out.")
    currency = needed(graphene.String, "ISO 4217 code such as CNY.")
    note = optional(Text, "To whoever confirms, at most 400 characters; buyers do not read it.")
    replaces_id = optional(graphene.ID, "The confirmed account it takes the place of.")


class ProposeFinancialAccount(Mutation):
    """Say where your firm is paid. Needs the role SALES or LEAD, and a second person to confirm."""

    class Arguments:
        input = input_argument(ProposeFinancialAccountInput)

    financial_account = maybe(types.FinancialAccount, "What was proposed.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        details = verbs.Details(
            input["holder"], input["bank"], input["number"], input["currency"], given(input, "note", "")
        )
        replaced = maybe_number("FinancialAccount", input, "replaces_id")
        made = verbs.propose_financial_account(work, actor, details, replaces_id=replaced)
        return {"financial_account": reads.account(work, actor, made.id or 0)}


class ConfirmFinancialAccountInput(graphene.InputObjectType):
    """Which account."""

    account_id = needed(graphene.ID, "A proposed account.")
    expected_version = needed(graphene.Int, "The version you answer.")


class ConfirmFinancialAccount(Mutation):
    """Stand by an account somebody else of your firm proposed. Needs SALES or LEAD; OPERATOR where a firm has no second person."""

    class Arguments:
        input = input_argument(ConfirmFinancialAccountInput)

    confirmed_id = maybe(graphene.ID, "The account; an operator sees no more of it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        account_id = number("FinancialAccount", input, "account_id")
        verbs.confirm_financial_account(work, actor, account_id=account_id, expected_version=input["expected_version"])
        return {"confirmed_id": input["account_id"]}


class RefuseFinancialAccountInput(graphene.InputObjectType):
    """Which account, and why."""

    account_id = needed(graphene.ID, "A proposed account.")
    expected_version = needed(graphene.Int, "The version you answer.")
    reason = needed(Text, "Why, at most 400 characters; your firm reads it.")


class RefuseFinancialAccount(Mutation):
    """Do not stand by an account somebody else proposed. Needs what confirming it needs."""

    class Arguments:
        input = input_argument(RefuseFinancialAccountInput)

    refused_id = maybe(graphene.ID, "The account; an operator sees no more of it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        verbs.refuse_financial_account(
            work, actor, account_id=number("FinancialAccount", input, "account_id"),
            expected_version=input["expected_version"], reason=input["reason"],
        )  # fmt: skip
        return {"refused_id": input["account_id"]}


class WithdrawFinancialAccountInput(graphene.InputObjectType):
    """Which account."""

    account_id = needed(graphene.ID, "Your firm's account.")
    expected_version = needed(graphene.Int, "The version you answer.")


class WithdrawFinancialAccount(Mutation):
    """Take a proposal back, or let nobody pay there any more. Needs the role SALES or LEAD."""

    class Arguments:
        input = input_argument(WithdrawFinancialAccountInput)

    financial_account = maybe(types.FinancialAccount, "The account after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        account_id = number("FinancialAccount", input, "account_id")
        verbs.withdraw_financial_account(work, actor, account_id=account_id, expected_version=input["expected_version"])
        return {"financial_account": reads.account(work, actor, account_id)}


class RecordCallbackInput(graphene.InputObjectType):
    """Which account, and what came of the call."""

    account_id = needed(graphene.ID, "A supplier's confirmed account.")
    outcome = needed(types.CallbackState, "VERIFIED or DENIED.")
    called_on = needed(Date, "When.")
    phone = needed(Text, "The number called; one that came with the change is refused.")
    source = needed(types.PhoneSource, "From where it was known.")
    spoke_to = needed(Text, "Who answered.")
    note = optional(Text, "What else was said, at most 400 characters; the supplier does not read it.")


class RecordCallback(Mutation):
    """Record that your firm called a supplier about its account. Needs whoever manages your firm's people."""

    class Arguments:
        input = input_argument(RecordCallbackInput)

    financial_account = maybe(types.FinancialAccount, "The account after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        account_id = number("FinancialAccount", input, "account_id")
        verbs.record_callback(
            work, actor, account_id=account_id, outcome=input["outcome"], called_on=input["called_on"],
            phone=input["phone"], source=input["source"], spoke_to=input["spoke_to"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"financial_account": reads.account(work, actor, account_id)}


class FinancialAccountActs:
    """Where firms are paid."""

    propose_financial_account = ProposeFinancialAccount.Field(description=ProposeFinancialAccount.__doc__)
    confirm_financial_account = ConfirmFinancialAccount.Field(description=ConfirmFinancialAccount.__doc__)
    refuse_financial_account = RefuseFinancialAccount.Field(description=RefuseFinancialAccount.__doc__)
    withdraw_financial_account = WithdrawFinancialAccount.Field(description=WithdrawFinancialAccount.__doc__)
    record_callback = RecordCallback.Field(description=RecordCallback.__doc__)
