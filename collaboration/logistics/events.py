"""Facts about goods on the road."""

from dataclasses import dataclass
from datetime import date

from collaboration.orders.events import Moves
from kernel.events import Fact


@dataclass(frozen=True)
class DespatchAdviceSent(Fact):
    about = {"order_ids": "Order", "advice_id": "DespatchAdvice"}
    advice_id: int
    order_ids: tuple[int, ...]
    number: str
    shipped_on: date
    moves: Moves = ()


@dataclass(frozen=True)
class ReceiptPosted(Fact):
    about = {"order_ids": "Order", "advice_id": "DespatchAdvice", "receipt_id": "ReceiptAdvice"}
    receipt_id: int
    advice_id: int
    order_ids: tuple[int, ...]
    differences: int
    moves: Moves = ()
