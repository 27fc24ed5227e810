"""Propose an account to be paid to, confirm or refuse it as a second person, withdraw it, call back as a buyer."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col

from chain.financial_accounts.decisions import check_phone, checked_number, said
from chain.financial_accounts.events import (
    CallbackRecorded,
    FinancialAccountConfirmed,
    FinancialAccountProposed,
    FinancialAccountRefused,
    FinancialAccountReplaced,
    FinancialAccountWithdrawn,
)
from chain.financial_accounts.lifecycle import (
    ACCOUNT_LIFE,
    CALLBACK_LIFE,
    AccountSide,
    AccountState,
    CallbackState,
    PhoneSource,
)
from chain.financial_accounts.tables import AccountCallback, FinancialAccount
from chain.financial_accounts.visibility import accounts_visible_to, callbacks_visible_to, supplied
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.clock import today_of
from kernel.codes import CURRENCIES
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule, Stale
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import settle_told, tell
from kernel.people.verbs import open_people, require_manager
from kernel.work import UnitOfWork

KEEPERS = (Role.SALES, Role.LEAD)
SECOND_PERSON = Rule(
    "financial_account.two_persons", "本单位另一位销售或主管；无第二人时由平台运营方",
    "another person of your firm with the role SALES or LEAD; without one, the platform's operator",
)  # fmt: skip
FRESH = timedelta(days=7)
"""So long, whoever the proposer let in is no second person."""


@dataclass(frozen=True)
class Details:
    """Where to pay."""

    holder: str
    bank: str
    number: str
    currency: str
    note: str = ""


def propose_financial_account(
    work: UnitOfWork, actor: Actor, details: Details, *, replaces_id: int | None = None
) -> FinancialAccount:
    """One person says where its firm is to be paid, or paid instead. Raises NotFound, NotAllowedNow, Invalid."""
    require(actor, *KEEPERS)
    assert actor.party_id is not None
    number = checked_number(details.number)
    if details.currency not in CURRENCIES:
        raise Invalid("currency", "give an ISO 4217 code such as CNY", "请填写币种代码，例如 CNY")
    own = accounts_visible_to(actor).where(col(FinancialAccount.firm_id) == actor.party_id)
    if replaces_id is not None:
        old = work.one(own.where(col(FinancialAccount.id) == replaces_id), field="replacesId")
        if old.state is not AccountState.CONFIRMED:
            raise Invalid("replacesId", "only a confirmed account is replaced", "仅可替换已确认的账户")
    live = own.where(col(FinancialAccount.state).in_((AccountState.PROPOSED, AccountState.CONFIRMED)))
    same = live.where(col(FinancialAccount.number) == number, col(FinancialAccount.currency) == details.currency)
    if work.maybe(same) is not None:
        raise Invalid("number", "this account is proposed or confirmed already", "该账户已提交或已确认")
    account = work.add(
        FinancialAccount(
            firm_id=actor.party_id, holder=said("holder", details.holder, most=120), number=number,
            bank=said("bank", details.bank, most=120), currency=details.currency,
            note=said("note", details.note, most=400, least=0), by_operator=not _others(work, actor),
            replaces_id=replaces_id, proposed_at=work.now, proposed_by=actor.user_id,
        )
    )  # fmt: skip
    assert account.id is not None
    work.record(FinancialAccountProposed(account_id=account.id))
    if not account.by_operator:
        _tell_own(work, account, InboxReason.MUST_ANSWER, "confirm_financial_account")
        return account
    tell(
        work, party_id=None, roles=frozenset({Role.OPERATOR}), reason=InboxReason.MUST_ANSWER,
        subject=("FinancialAccount", account.id), what="confirm_financial_account", once=f"stand in:{account.id}",
    )  # fmt: skip
    return account


def confirm_financial_account(
    work: UnitOfWork, actor: Actor, *, account_id: int, expected_version: int
) -> FinancialAccount:
    """A second person stands by it: partners see it from now on, and must call back. Raises NotFound, NotAllowedNow, Stale."""
    account, side = _to_decide(work, actor, account_id, expected_version)
    account.state = ACCOUNT_LIFE.after(account.state, "confirm_financial_account", by=side)
    _decided(work, actor, account)
    work.record(FinancialAccountConfirmed(account_id=account_id))
    if account.replaces_id is not None:
        replace_financial_account(work, account.replaces_id)
    _tell_own(work, account, InboxReason.TOLD, "financial_account_confirmed")
    bought = supply_links_visible_to(SYSTEM).where(col(SupplyLink.supplier_id) == account.firm_id, supplied())
    for buyer_id in sorted({link.buyer_id for link in work.rows(bought)}):
        tell(
            work, party_id=buyer_id, roles=frozenset({Role.LEAD}), reason=InboxReason.MUST_ANSWER,
            subject=("FinancialAccount", account_id), what="record_callback", once=f"call-back:{account_id}",
        )  # fmt: skip
    return account


def refuse_financial_account(
    work: UnitOfWork, actor: Actor, *, account_id: int, expected_version: int, reason: str
) -> FinancialAccount:
    """A second person does not stand by it. Raises NotFound, NotAllowedNow, Stale, Invalid("reason")."""
    account, side = _to_decide(work, actor, account_id, expected_version)
    account.state = ACCOUNT_LIFE.after(account.state, "refuse_financial_account", by=side)
    account.reason = said("reason", reason, most=400)
    _decided(work, actor, account)
    work.record(FinancialAccountRefused(account_id=account_id))
    _tell_own(work, account, InboxReason.TOLD, "financial_account_refused")
    return account


def withdraw_financial_account(
    work: UnitOfWork, actor: Actor, *, account_id: int, expected_version: int
) -> FinancialAccount:
    """Take a proposal back, or let nobody pay there any more: one person may. Raises NotFound, NotAllowedNow, Stale."""
    own = accounts_visible_to(actor).where(col(FinancialAccount.firm_id) == actor.party_id)
    account = work.one(own.where(col(FinancialAccount.id) == account_id), lock=True, field="accountId")
    require(actor, *KEEPERS)
    state = ACCOUNT_LIFE.after(account.state, "withdraw_financial_account", by=AccountSide.OWNER)
    if account.version != expected_version:
        raise Stale(account.version)
    account.state = state
    _decided(work, actor, account)
    settle_told(work, subject=("FinancialAccount", account_id), whats=("record_callback",))
    work.record(FinancialAccountWithdrawn(account_id=account_id))
    return account


def replace_financial_account(work: UnitOfWork, account_id: int) -> None:
    """Another one was confirmed in its place; one that has ended meanwhile stays as it is."""
    old = work.one(accounts_visible_to(SYSTEM).where(col(FinancialAccount.id) == account_id), lock=True)
    if old.state is not AccountState.CONFIRMED:
        return
    old.state = ACCOUNT_LIFE.after(old.state, "replace_financial_account", by=Side.SYSTEM)
    old.version += 1
    settle_told(work, subject=("FinancialAccount", account_id), whats=("record_callback",))
    work.record(FinancialAccountReplaced(account_id=account_id))


def record_callback(
    work: UnitOfWork, actor: Actor, *, account_id: int, outcome: CallbackState, called_on: date, phone: str,
    source: PhoneSource, spoke_to: str, note: str = "",
) -> AccountCallback:  # fmt: skip
    """Whoever manages a buyer's people has called the supplier about an account, on a number known before.

    The owner is told of one it did not stand by. Raises NotFound, NotAllowedNow, Invalid.
    """
    others = accounts_visible_to(actor).where(
        col(FinancialAccount.id) == account_id, col(FinancialAccount.firm_id) != actor.party_id,
        col(FinancialAccount.state) == AccountState.CONFIRMED,
    )  # fmt: skip
    account = work.one(others, field="accountId")
    require_manager(work, actor)
    assert actor.party_id is not None and account.decided_at is not None
    if outcome is CallbackState.UNVERIFIED:
        raise Invalid("outcome", "say VERIFIED or DENIED", "请选择“已核实”或“对方否认”")
    if not today_of(account.decided_at) <= called_on <= today_of(work.now):
        raise Invalid(
            "calledOn",
            "the call was made since the account was confirmed, and not after today",
            "回拨日期应在账户确认之后、今天之前",
        )
    before = callbacks_visible_to(actor).where(
        col(AccountCallback.account_id) == account_id, col(AccountCallback.buyer_id) == actor.party_id
    )
    last = work.maybe(before.order_by(col(AccountCallback.id).desc()))
    state = CallbackState(last.outcome) if last else CallbackState.UNVERIFIED
    made = work.add(
        AccountCallback(
            account_id=account_id, owner_id=account.firm_id, buyer_id=actor.party_id,
            outcome=CALLBACK_LIFE.after(state, "record_callback", by=AccountSide.PARTNER, outcome=outcome),
            called_on=called_on, phone=check_phone(phone, f"{account.note} {account.number}"), source=source,
            spoke_to=said("spokeTo", spoke_to, most=80), note=said("note", note, most=400, least=0),
            recorded_at=work.now, by_user=actor.user_id,
        )
    )  # fmt: skip
    work.record(CallbackRecorded(account_id=account_id, buyer_id=actor.party_id, outcome=outcome))
    if outcome is CallbackState.DENIED:
        _tell_own(work, account, InboxReason.MUST_ANSWER, "callback_denied")
    return made


def _others(work: UnitOfWork, actor: Actor) -> list[Person]:
    """Who of the actor's firm could be the second person."""
    assert actor.party_id is not None
    people = open_people(work, actor.party_id)
    return [p for p in people if p.id != actor.user_id and not {*KEEPERS}.isdisjoint(p.roles.split())]


def _to_decide(
    work: UnitOfWork, actor: Actor, account_id: int, expected_version: int
) -> tuple[FinancialAccount, AccountSide]:
    """A proposed account, locked, for somebody who did not propose it. Raises NotFound, NotAllowedNow, Stale."""
    account = work.one(
        accounts_visible_to(actor).where(col(FinancialAccount.id) == account_id), lock=True, field="accountId"
    )
    side = AccountSide.OWNER if account.firm_id == actor.party_id else AccountSide.OPERATOR
    if side is AccountSide.OPERATOR and not actor.has(Role.OPERATOR):
        raise NotFound("accountId")  # a confirmed one of a supplier: nothing here to decide
    require(actor, *KEEPERS, Role.OPERATOR)
    ACCOUNT_LIFE.after(account.state, "confirm_financial_account", by=side)
    if account.version != expected_version:
        raise Stale(account.version)
    if account.proposed_by == actor.user_id or _let_in_for_it(work, actor, account):
        raise NotAllowedNow(
            "a change of account takes two persons: somebody else confirms what you proposed, and nobody you let in this week",
            "账户变更须由两人办理：由另一人确认，且不能是提交人近七日邀请的人员",
            rule=SECOND_PERSON,
        )
    return account, side


def _let_in_for_it(work: UnitOfWork, actor: Actor, account: FinancialAccount) -> bool:
    """The proposer itself made this second person, just now."""
    person = work.one(people_visible_to(SYSTEM).where(col(Person.id) == actor.user_id))
    return person.invited_by == account.proposed_by and person.created_at > work.now - FRESH


def _decided(work: UnitOfWork, actor: Actor, account: FinancialAccount) -> None:
    account.decided_at, account.decided_by = work.now, actor.user_id
    account.version += 1
    settle_told(work, subject=("FinancialAccount", account.id or 0), whats=("confirm_financial_account",))


def _tell_own(work: UnitOfWork, account: FinancialAccount, reason: InboxReason, what: str) -> None:
    tell(
        work, party_id=account.firm_id, roles=frozenset(KEEPERS), reason=reason,
        subject=("FinancialAccount", account.id or 0), what=what, once=f"{what}:{account.id}:{work.now.isoformat()}",
    )  # fmt: skip
