"""Facts about accounts to be paid to. What one buyer found out is between it and the owner: it stands in no history."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class FinancialAccountProposed(Fact):
    about = {"account_id": "FinancialAccount"}
    account_id: int


@dataclass(frozen=True)
class FinancialAccountConfirmed(Fact):
    about = {"account_id": "FinancialAccount"}
    account_id: int


@dataclass(frozen=True)
class FinancialAccountRefused(Fact):
    about = {"account_id": "FinancialAccount"}
    account_id: int


@dataclass(frozen=True)
class FinancialAccountWithdrawn(Fact):
    about = {"account_id": "FinancialAccount"}
    account_id: int


@dataclass(frozen=True)
class FinancialAccountReplaced(Fact):
    about = {"account_id": "FinancialAccount"}
    account_id: int


@dataclass(frozen=True)
class CallbackRecorded(Fact):
    account_id: int
    buyer_id: int
    outcome: str
