"""What people ask about accounts, each as far as it may know the number; reading another firm's enters its ledger."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col

from chain.financial_accounts.decisions import masked
from chain.financial_accounts.lifecycle import ACCOUNT_LIFE, AccountSide, AccountState, CallbackState
from chain.financial_accounts.tables import AccountCallback, FinancialAccount
from chain.financial_accounts.verbs import KEEPERS
from chain.financial_accounts.visibility import accounts_visible_to, callbacks_visible_to, supplied
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel.access import Actor
from kernel.ledger.verbs import note
from kernel.paging import Page, page
from kernel.people.reads import manages
from kernel.work import UnitOfWork

COUNTS_FIRST = (CallbackState.VERIFIED, CallbackState.DENIED, CallbackState.UNVERIFIED)


@dataclass(frozen=True)
class AccountSeen:
    """An account as one viewer may know it. ``number``: whole, for who keeps it, and for a buyer who has called back.

    ``bank`` and ``holder`` are empty for an operator, who only stands in as second person. ``callback``: where the viewer's
    firm stands with it, and the newest call; ``callbacks``: for the owner, how each buyer's newest ended.
    """

    id: int
    firm_id: int
    side: AccountSide
    holder: str | None
    bank: str | None
    masked: str
    number: str | None
    currency: str
    note: str | None
    reason: str | None
    state: AccountState
    replaces_id: int | None
    proposed_at: datetime
    proposed_by: int | None
    decided_at: datetime | None
    decided_by: int | None
    version: int
    callback: CallbackState
    last_call: Any
    callbacks: Sequence[Any]
    may_call: bool


def financial_accounts(
    work: UnitOfWork, actor: Actor, *, own: bool | None, states: Collection[AccountState] | None, first: int | None,
    after: str | None,
) -> Page:  # fmt: skip
    """Accounts one may know of, newest first. ``own``: one's own firm's, or of others."""
    visible = accounts_visible_to(actor)
    party = -1 if actor.party_id is None else actor.party_id
    if own is not None:
        visible = visible.where(
            col(FinancialAccount.firm_id) == party if own else col(FinancialAccount.firm_id) != party
        )
    if states:
        visible = visible.where(col(FinancialAccount.state).in_(list(states)))
    found = page(work, visible, FinancialAccount, first=first, after=after)
    return Page(_seen(work, actor, found.rows), found.has_next, found.has_previous, visible)


def accounts_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[AccountSeen]:
    return _seen(work, actor, work.rows(accounts_visible_to(actor).where(col(FinancialAccount.id).in_(numbers))))


def account(work: UnitOfWork, actor: Actor, account_id: int) -> AccountSeen:
    row = work.one(accounts_visible_to(actor).where(col(FinancialAccount.id) == account_id))
    return _seen(work, actor, [row])[0]


def payable(work: UnitOfWork, actor: Actor, firm_ids: Collection[int]) -> dict[int, CallbackState | None]:
    """Of firms that say they supply the actor's own: what its calls came to of the accounts it sees; None: it sees none.

    One verified account is enough; without one, a denial counts more than silence. Numbers of accounts are not read.
    """
    party = -1 if actor.party_id is None else actor.party_id
    bought = supply_links_visible_to(actor).where(
        col(SupplyLink.buyer_id) == party, col(SupplyLink.supplier_id).in_(firm_ids), supplied()
    )
    shown = {link.supplier_id for link in work.rows(bought)}
    standing = accounts_visible_to(actor).where(
        col(FinancialAccount.firm_id).in_(shown), col(FinancialAccount.state) == AccountState.CONFIRMED
    )
    accounts = work.rows(standing) if shown else []
    calls = callbacks_visible_to(actor).where(
        col(AccountCallback.buyer_id) == party, col(AccountCallback.account_id).in_([row.id for row in accounts])
    )
    newest = {c.account_id: c.outcome for c in work.rows(calls.order_by(col(AccountCallback.id)))} if accounts else {}
    found: dict[int, CallbackState | None] = {}
    for firm_id in shown:
        said = {newest.get(row.id, CallbackState.UNVERIFIED) for row in accounts if row.firm_id == firm_id}
        found[firm_id] = next((state for state in COUNTS_FIRST if state in said), None)
    return found


def _seen(work: UnitOfWork, actor: Actor, rows: Sequence[Any]) -> list[AccountSeen]:
    if not rows:
        return []
    calls = callbacks_visible_to(actor).where(col(AccountCallback.account_id).in_([row.id for row in rows]))
    newest: dict[int, dict[int, Any]] = {}
    for call in work.rows(calls.order_by(col(AccountCallback.id))):
        newest.setdefault(call.account_id, {})[call.buyer_id] = call
    may_call = any(side_of(actor, row) is AccountSide.PARTNER for row in rows) and manages(work, actor)
    return [_one(work, actor, row, newest.get(row.id, {}), may_call) for row in rows]


def _one(work: UnitOfWork, actor: Actor, row: Any, newest: dict[int, Any], may_call: bool) -> AccountSeen:
    side = side_of(actor, row)
    own = side is AccountSide.OWNER
    mine = newest.get(actor.party_id or -1) if side is AccountSide.PARTNER else None
    outcome = CallbackState(mine.outcome) if mine else CallbackState.UNVERIFIED
    whole = actor.has(*KEEPERS) if own else outcome is CallbackState.VERIFIED
    if whole and not own:
        about = ("FinancialAccount", row.id)
        note(work, owner_id=row.firm_id, viewer=actor, what="account_number", subject=about, grant=None)
    told = side is not AccountSide.OPERATOR
    return AccountSeen(
        id=row.id, firm_id=row.firm_id, side=side, holder=row.holder if told else None, bank=row.bank if told else None,
        masked=masked(row.number), number=row.number if whole else None, currency=row.currency,
        note=row.note if own else None, reason=row.reason if own else None, state=AccountState(row.state),
        replaces_id=row.replaces_id if own else None, proposed_at=row.proposed_at,
        proposed_by=row.proposed_by if own else None, decided_at=row.decided_at,
        decided_by=row.decided_by if own else None, version=row.version, callback=outcome,
        # Whoever looks through a buyer's eyes does not read whom that buyer called.
        last_call=mine if actor.of_firm is None else None,
        callbacks=[newest[i] for i in sorted(newest)] if own else (),
        may_call=may_call and side is AccountSide.PARTNER,
    )  # fmt: skip


def side_of(actor: Actor, row: Any) -> AccountSide:
    if row.firm_id == actor.party_id:
        return AccountSide.OWNER
    return (
        AccountSide.PARTNER
        if row.state == AccountState.CONFIRMED and actor.party_id is not None
        else AccountSide.OPERATOR
    )


def account_verbs(actor: Actor, seen: AccountSeen) -> list[str]:
    """What this person may do to an account now: the buttons beside it."""
    if actor.of_firm is not None:
        return []
    if seen.side is AccountSide.PARTNER:
        return ["record_callback"] if seen.may_call else []
    if seen.side is AccountSide.OWNER and not actor.has(*KEEPERS):
        return []
    second = ("confirm_financial_account", "refuse_financial_account")
    return [
        v for v in ACCOUNT_LIFE.verbs(seen.state, seen.side) if v not in second or seen.proposed_by != actor.user_id
    ]
