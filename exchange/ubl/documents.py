"""What a UBL order says, in our words, and what is wrong with one that cannot be taken in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Complaint:
    """One thing wrong with a file.

    place: "File", "Order" or "OrderLine 2" (the second OrderLine of the file, counted from 1).
    field: the UBL path from that place, such as "LineItem/Quantity/@unitCode"; empty when the place itself is wrong.
    """

    place: str
    field: str
    en: str
    zh: str

    def said(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True)
class PartyNamed:
    """A firm as a document names it. codes: (scheme, id) in the document's order; scheme is empty when none is given.

    other_names: what else it is called there, such as its registered beside its trade name.
    """

    name: str
    codes: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class WantedSchedule:
    """So much, wanted on that day. wanted_from: the UBL path the day was taken from; empty when no day is given."""

    wanted_on: date | None
    quantity: Decimal
    wanted_from: str = ""


@dataclass(frozen=True)
class OrderedLine:
    """One order line. Texts that the document does not give are empty.

    number: the buyer's LineItem/ID.
    unit: UNECE Recommendation 20 code.
    unit_price: price of one unit, already divided by price_base_quantity; None when the line has no price.
    price_base_quantity: the BaseQuantity as written; 1 when absent.
    """

    number: str
    item_name: str
    buyers_item_number: str
    sellers_item_number: str
    standard_item_number: str
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    price_base_quantity: Decimal
    currency: str
    schedules: tuple[WantedSchedule, ...]
    note: str = ""


@dataclass(frozen=True)
class OrderDocument:
    """An order as read.

    currency_from: the UBL path the currency was taken from.
    type_code: OrderTypeCode as written: 220 order, 221 blanket, 226 call-off, 227 consignment; empty when absent.
    left_out: UBL paths present in the file whose content is held nowhere here, sorted: show them to the importer.
    """

    number: str
    issued_on: date
    currency: str
    buyer: PartyNamed
    seller: PartyNamed
    note: str
    lines: tuple[OrderedLine, ...]
    currency_from: str = ""
    type_code: str = ""
    left_out: tuple[str, ...] = ()
