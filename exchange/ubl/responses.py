"""A seller's answer to an order, as values that can always be written as a UBL OrderResponse."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exchange.ubl.documents import PartyNamed
from kernel.quantities import exact

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class HeaderCode(StrEnum):
    """UNCL 4343, the subset of Peppol T116. Only CA carries lines, and then all of them."""

    RECEIVED = "AB"
    ACCEPTED = "AP"
    REJECTED = "RE"
    CHANGED = "CA"


class LineCode(StrEnum):
    """UNCL 1229, the subset of Peppol T116."""

    ADDED = "1"
    CHANGED = "3"
    ACCEPTED = "5"
    NOT_ACCEPTED = "7"
    ALREADY_DELIVERED = "42"


MAY_SPLIT = (LineCode.ADDED, LineCode.CHANGED)


@dataclass(frozen=True)
class PromisedSchedule:
    promised_on: date
    quantity: Decimal


@dataclass(frozen=True)
class ResponseLine:
    """The answer to one order line, or a line the seller adds.

    line_number: the order line answered; an added line may have none.
    quantity: what will come on dates; the sum of schedules when there are any. None: as ordered.
    maximum_backorder: what will come later, at most, on a day not yet known; 0 = the rest never comes. None: not said.
    substitute_number, substitute_name: the seller's other item that comes instead of all of it.
    """

    code: LineCode
    line_number: str
    item_name: str = ""
    buyers_item_number: str = ""
    sellers_item_number: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    maximum_backorder: Decimal | None = None
    substitute_number: str = ""
    substitute_name: str = ""
    schedules: tuple[PromisedSchedule, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        texts = (self.line_number, self.item_name, self.buyers_item_number, self.sellers_item_number)
        _check_texts((*texts, self.unit, self.substitute_number, self.substitute_name, self.reason))
        _check_amounts(self.unit_price, self.maximum_backorder, least=Decimal(0))
        _check_amounts(self.quantity, *(s.quantity for s in self.schedules), above=Decimal(0))
        if self.code is not LineCode.ADDED and not self.line_number:
            raise ValueError("an answer names the order line it answers; only an added line may have none")
        if self.schedules and self.quantity != sum(s.quantity for s in self.schedules):
            raise ValueError("the quantity of a line is the sum of its schedules")
        if (self.quantity is None) != (not self.unit):
            raise ValueError("a quantity has a unit, and a unit a quantity")
        if self.maximum_backorder is not None and self.quantity is None:
            raise ValueError("a backorder is said beside the quantity that comes on a date; its unit is the quantity's")
        self._check_code()

    def _check_code(self) -> None:
        substituted = bool(self.substitute_number or self.substitute_name)
        if self.code not in MAY_SPLIT and (substituted or self.maximum_backorder is not None):
            raise ValueError(f"a line answered {self.code} has no substitute and no backorder")
        if self.code is LineCode.ADDED and self.quantity is None:
            raise ValueError("an added line says how much comes")
        if self.code is LineCode.NOT_ACCEPTED and (self.quantity is not None or self.unit_price is not None):
            raise ValueError("a line that is not accepted has no quantity and no price")
        if self.code is LineCode.ALREADY_DELIVERED and self.schedules:
            raise ValueError("a line already delivered promises nothing")


@dataclass(frozen=True)
class ResponseDocument:
    """The seller's whole answer. order_change_number: the order change answered, if it is one (makes it UBL 2.3)."""

    number: str
    issued_on: date
    order_number: str
    seller: PartyNamed
    buyer: PartyNamed
    currency: str
    code: HeaderCode
    order_issued_on: date | None = None
    note: str = ""
    reason: str = ""
    order_change_number: str = ""
    lines: tuple[ResponseLine, ...] = ()

    def __post_init__(self) -> None:
        _check_texts((self.number, self.order_number, self.note, self.reason, self.order_change_number))
        for party in (self.seller, self.buyer):
            _check_texts((party.name, *(text for code in party.codes for text in code)))
            if not party.name and not party.codes:
                raise ValueError("a party has a name or a code")
            if any(not code for _, code in party.codes):
                raise ValueError("a party's code is not empty")
        if not self.number or not self.order_number:
            raise ValueError("a response has a number and names the order it answers")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError("a currency is an ISO 4217 code of three letters")
        if (self.code is HeaderCode.CHANGED) != bool(self.lines):
            raise ValueError("an answer CA sends all lines; AB, AP and RE send none")
        answered = [line.line_number for line in self.lines if line.code is not LineCode.ADDED]
        if len(answered) != len(set(answered)):
            raise ValueError("each order line is answered once; several dates are its schedules")


def _check_texts(texts: Iterable[str]) -> None:
    if any(NOT_IN_XML.search(text) for text in texts):
        raise ValueError("a text holds a character that XML cannot carry")


def _check_amounts(*amounts: Decimal | None, least: Decimal | None = None, above: Decimal | None = None) -> None:
    for amount in amounts:
        if amount is None:
            continue
        exact(amount)
        if (least is not None and amount < least) or (above is not None and amount <= above):
            raise ValueError(f"an amount is out of range: {amount}")
