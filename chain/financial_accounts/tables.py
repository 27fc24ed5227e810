"""Accounts of a firm, and what its buyers found out by calling back."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from chain.financial_accounts.lifecycle import AccountState, CallbackState, PhoneSource
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, ref, word


class FinancialAccount(SQLModel, table=True):
    """``number``: letters and digits without blanks. ``by_operator``: the firm had no second person when it was proposed.

    ``note``: what the proposer writes to whoever confirms. ``replaces_id``: the account this one takes the place of.
    """

    __tablename__ = "financial_account"
    __table_args__ = (Index("financial_account_firm", "firm_id", "state"),)
    id: int | None = key()
    firm_id: int = ref("firm", index=False)
    holder: str = Field(max_length=120)
    bank: str = Field(max_length=120)
    number: str = Field(max_length=34)
    currency: str = Field(max_length=3)
    note: str = Field(default="", max_length=400)
    state: AccountState = word(AccountState, AccountState.PROPOSED)
    by_operator: bool = False
    replaces_id: int | None = ref("financial_account", index=False, nullable=True)
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    proposed_by: int = Field(sa_type=RowNumber)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, sa_type=RowNumber)
    reason: str = Field(default="", max_length=400)
    version: int = 1


class AccountCallback(SQLModel, table=True):
    """One buyer called the owner about an account, or calls anew; the newest of a buyer counts.

    ``phone``, ``source``, ``spoke_to``, ``note`` are the buyer's own: the owner reads the outcome and the day.
    """

    __tablename__ = "account_callback"
    __table_args__ = (Index("account_callback_of_buyer", "buyer_id", "account_id"),)
    id: int | None = key()
    account_id: int = ref("financial_account")
    owner_id: int = ref("firm", index=False)
    buyer_id: int = ref("firm", index=False)
    outcome: CallbackState = word(CallbackState)
    called_on: date
    phone: str = Field(max_length=40)
    source: PhoneSource = word(PhoneSource)
    spoke_to: str = Field(max_length=80)
    note: str = Field(default="", max_length=400)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)


scope("financial_account", "account_callback", because="who knows where a firm is paid can divert what it is paid")
