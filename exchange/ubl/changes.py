"""What a UBL order change and an order cancellation say, in our words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exchange.ubl.documents import OrderedLine, PartyNamed


class ActionCode(StrEnum):
    """What is to become of a line (UNCL 1229, the subset of Peppol T114, and 74)."""

    ADD = "1"
    DELETE = "2"
    CHANGE = "3"
    NONE = "4"
    REOPEN = "74"


@dataclass(frozen=True)
class ChangedLine:
    """One line and what is to become of it. ``line.number``: the order's; its quantity, days and price as they are to be.

    has_quantity, has_days: whether the document says them; a deleted line may say neither.
    """

    action: ActionCode
    line: OrderedLine
    has_quantity: bool = True
    has_days: bool = True


@dataclass(frozen=True)
class OrderChangeDocument:
    """The buyer's change of an order. ``sequence`` counts the changes of the order from 1; 0 when it is not said.

    left_out: UBL paths present in the file whose content is held nowhere here, sorted.
    """

    number: str
    issued_on: date
    sequence: int
    order_number: str
    currency: str
    buyer: PartyNamed
    seller: PartyNamed
    note: str
    lines: tuple[ChangedLine, ...]
    order_issued_on: date | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrderCancellationDocument:
    """One side asks that an order be cancelled. ``cancellation_note``: why, as written."""

    number: str
    issued_on: date
    order_number: str
    buyer: PartyNamed
    seller: PartyNamed
    cancellation_note: str
    note: str = ""
    order_issued_on: date | None = None
    left_out: tuple[str, ...] = ()
