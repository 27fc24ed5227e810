"""An account is known to its firm; once confirmed, to the buyers it says it supplies; to the operator while it waits for one.

How much of the number each reads is for ``reads.py`` to say.
"""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlmodel import col

from chain.financial_accounts.lifecycle import AccountState
from chain.financial_accounts.tables import AccountCallback, FinancialAccount
from chain.links.lifecycle import LinkState
from chain.links.tables import SupplyLink
from kernel.access import Actor, Role, Side, seen_by


def supplied() -> ColumnElement[bool]:
    """Links the supplier stands by: no buyer makes itself one by its own word."""
    own_word = and_(col(SupplyLink.state) == LinkState.DECLARED, col(SupplyLink.declared_by) == Side.SELLER)
    return or_(col(SupplyLink.state) == LinkState.CONFIRMED, own_word)


def accounts_visible_to(actor: Actor) -> Select[FinancialAccount]:
    accounts = select(FinancialAccount)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, accounts)
    party = -1 if actor.party_id is None else actor.party_id
    buys = select(col(SupplyLink.id)).where(
        col(SupplyLink.supplier_id) == col(FinancialAccount.firm_id), col(SupplyLink.buyer_id) == party,
        supplied(),
    )  # fmt: skip
    waits = and_(col(FinancialAccount.state) == AccountState.PROPOSED, col(FinancialAccount.by_operator))
    known = or_(
        col(FinancialAccount.firm_id) == party,
        and_(col(FinancialAccount.state) == AccountState.CONFIRMED, buys.exists()),
        waits if actor.has(Role.OPERATOR) else false(),
    )
    return seen_by(actor, accounts.where(known))


def callbacks_visible_to(actor: Actor) -> Select[AccountCallback]:
    """Known to the buyer who called; that there was one, and how it ended, to the owner."""
    callbacks = select(AccountCallback)
    if actor.has(Role.SYSTEM):
        return seen_by(actor, callbacks)
    party = -1 if actor.party_id is None else actor.party_id
    ends = col(AccountCallback.buyer_id) == party, col(AccountCallback.owner_id) == party
    return seen_by(actor, callbacks.where(or_(*ends)))
