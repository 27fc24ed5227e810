"""Where firms are paid, as far as each may know."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types.fields import Date, camel, child, connection, described, ident, many, maybe, said
from api.types.firms import Firm, Node
from chain.financial_accounts import reads
from chain.financial_accounts.lifecycle import AccountState as AccountStateWord
from chain.financial_accounts.lifecycle import CallbackState as CallbackStateWord
from chain.financial_accounts.lifecycle import PhoneSource as PhoneSourceWord

AccountState = described("AccountState", AccountStateWord, "Where an account stands at its own firm.", {
    AccountStateWord.PROPOSED: "One person says so; no partner sees it.",
    AccountStateWord.CONFIRMED: "A second person stands by it.", AccountStateWord.REFUSED: "A second person did not.",
    AccountStateWord.WITHDRAWN: "Taken back, or closed.", AccountStateWord.REPLACED: "Another one was confirmed in its place.",
})  # fmt: skip
CallbackState = described("CallbackState", CallbackStateWord, "What a buyer makes of a supplier's account.", {
    CallbackStateWord.UNVERIFIED: "Nobody has called back: do not pay there yet.",
    CallbackStateWord.VERIFIED: "The supplier stood by it, called on a number known before.",
    CallbackStateWord.DENIED: "The supplier knew nothing of it.",
})  # fmt: skip
PhoneSource = described("PhoneSource", PhoneSourceWord, "From where the caller knew the telephone number.", {
    PhoneSourceWord.CONTRACT: "A contract.", PhoneSourceWord.OWN_RECORDS: "The firm's own records of earlier dealings.",
    PhoneSourceWord.PUBLIC_REGISTER: "A public register.",
})  # fmt: skip


def _name_of(column: str) -> Any:
    return lambda row, info: getattr(info.context.batches["person"].one(getattr(row, column)), "name", None)


class Callback(graphene.ObjectType):
    """Your firm called a supplier about an account."""

    outcome = said(CallbackState, "How it ended.")
    called_on = said(Date, "When.")
    phone = said(graphene.String, "The number called.")
    source = said(PhoneSource, "From where it was known.")
    spoke_to = said(graphene.String, "Who answered.")
    note = said(graphene.String, "What else was said.")
    by_name = maybe(graphene.String, "Who called.", resolver=_name_of("by_user"))


class CallbackOutcome(graphene.ObjectType):
    """How a buyer's newest call to your firm ended."""

    buyer = child(Firm, "firm", "buyer_id", "The buyer.")
    outcome = said(CallbackState, "How it ended.")
    called_on = said(Date, "When.")


class FinancialAccount(graphene.ObjectType):
    """Where a firm is paid (UBL PayeeFinancialAccount)."""

    class Meta:
        interfaces = (Node,)

    id = ident("FinancialAccount")
    firm = child(Firm, "firm", "firm_id", "Who is paid.")
    is_own = said(
        graphene.Boolean, "Your own firm's.", resolver=lambda row, info: row.firm_id == info.context.acting.party_id
    )
    holder = maybe(graphene.String, "In whose name it is kept; empty for an operator.")
    bank = maybe(graphene.String, "At which bank; empty for an operator.")
    masked_number = said(graphene.String, "Its last four.", resolver=lambda row, info: row.masked)
    number = maybe(graphene.String, "The whole number, for those who keep it, and for a buyer who has called back.")
    currency = said(graphene.String, "ISO 4217 code.")
    note = maybe(graphene.String, "What the proposer wrote; for its own firm.")
    reason = maybe(graphene.String, "Why it was refused; for its own firm.")
    state = said(AccountState, "Where it stands.")
    replaces = maybe(lambda: FinancialAccount, "Which one it takes the place of; for its own firm.",
                     resolver=lambda row, info: info.context.batches["financial_account"].one(row.replaces_id))  # fmt: skip
    proposed_at = said(DateTime, "When it was proposed.")
    proposed_by_name = maybe(graphene.String, "By whom; for its own firm.", resolver=_name_of("proposed_by"))
    decided_at = maybe(DateTime, "When it was confirmed, refused or withdrawn.")
    decided_by_name = maybe(
        graphene.String, "By whom, of its own firm; empty for an operator.", resolver=_name_of("decided_by")
    )
    callback = said(CallbackState, "What your firm, as a buyer, makes of it.")
    last_call = maybe(Callback, "Your firm's newest call about it.")
    callbacks = many(CallbackOutcome, "How each buyer's newest call ended; for its own firm.")
    version = said(graphene.Int, "Give it back with your answer.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in reads.account_verbs(info.context.acting, row)])  # fmt: skip


FinancialAccountConnection = connection(FinancialAccount, "FinancialAccount")


class FinancialAccountFilter(graphene.InputObjectType):
    """Which accounts; conditions are joined by and."""

    own = graphene.InputField(graphene.Boolean, description="Your own firm's, or those of others.")
    states = graphene.InputField(graphene.List(graphene.NonNull(AccountState)), description="Standing here.")


USUAL_LENGTHS = {"FinancialAccount.callbacks": 5, "FinancialAccount.openVerbs": 2}
