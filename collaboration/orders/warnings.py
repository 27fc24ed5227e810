"""What a buyer is warned of about the seller of an order. It may order all the same; what refuses stands in the verb."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chain.financial_accounts.lifecycle import CallbackState
from chain.financial_accounts.reads import payable
from collaboration.orders.lifecycle import OrderState
from collaboration.scorecards.decisions import Band
from collaboration.scorecards.reads import cards, own_terms
from kernel.access import Actor, Side
from kernel.errors import Rule
from kernel.work import UnitOfWork


class WarningCode(StrEnum):
    """What a warning is about."""

    SCORE_LOW = "score_low"
    NO_ACCOUNT = "no_account"
    ACCOUNT_UNVERIFIED = "account_unverified"
    ACCOUNT_DENIED = "account_denied"


SCORE = Rule(
    "scorecard.warned", "供应商得分回升，或本单位主管调整警示线",
    "a better score of the supplier, or your firm's lead, by another limit",
)  # fmt: skip
STATED = Rule(
    "financial_account.stated", "供应商提交并确认收款账户", "the supplier, by proposing and confirming an account"
)
CALLED = Rule(
    "financial_account.called_back", "本单位主管回拨核实收款账户",
    "whoever manages your firm's people, by calling the supplier back",
)  # fmt: skip
OF_ACCOUNTS = {
    None: (
        WarningCode.NO_ACCOUNT, STATED, "this supplier has stated no bank account to be paid to",
        "该供应商尚未登记收款账户",
    ),
    CallbackState.UNVERIFIED: (
        WarningCode.ACCOUNT_UNVERIFIED, CALLED, "nobody of your firm has called back about this supplier's bank account yet",
        "本单位尚未回拨核实该供应商的收款账户",
    ),
    CallbackState.DENIED: (
        WarningCode.ACCOUNT_DENIED, STATED, "called back, this supplier did not stand by its bank account: pay nothing there",
        "回拨时该供应商否认了其收款账户，请勿付款",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class OrderWarning:
    """One thing to know of a seller, and who can put it right."""

    seller_id: int
    code: WarningCode
    en: str
    zh: str
    rule: Rule

    def said(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


def concerns(actor: Actor, order: Any) -> bool:
    """Whether an order's warnings are for this actor: the buyer's own people, while there is anything to deliver or pay."""
    over = order.state in (OrderState.REJECTED, OrderState.CANCELLED)
    return order.buyer_id == actor.party_id and actor.of_firm is None and not over


def warnings_of_sellers(work: UnitOfWork, actor: Actor, seller_ids: Collection[int]) -> list[OrderWarning]:
    """Of sellers one orders from: a score below one's own limit, and an account to be paid to that is not there or not sure.

    Of accounts only what the buyer may see is told: of a seller that does not say it supplies this buyer, nothing.
    """
    accounts = payable(work, actor, seller_ids)
    found = _low_scores(work, actor, seller_ids)
    for seller_id in sorted(accounts):
        if (told := OF_ACCOUNTS.get(accounts[seller_id])) is not None:
            code, rule, en, zh = told
            found.append(OrderWarning(seller_id, code, en, zh, rule))
    return found


def _low_scores(work: UnitOfWork, actor: Actor, seller_ids: Collection[int]) -> list[OrderWarning]:
    terms = own_terms(work, actor)
    if terms is None or terms.warn_below is None:
        return []
    low = (c for c in cards(work, actor, side=Side.BUYER, partner_ids=seller_ids) if c.band in (Band.WARN, Band.BLOCK))
    return [
        OrderWarning(
            card.supplier_id, WarningCode.SCORE_LOW,
            f"this supplier's score is {card.score}, below {terms.warn_below} where you want to be warned",
            f"该供应商得分 {card.score}，低于本单位的警示线 {terms.warn_below}", SCORE,
        )
        for card in low
    ]  # fmt: skip
