"""UBL orders as a sender's system would write them, with just the parts a test is about."""

from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from kernel import clock
from kernel.clock import today_of
from seeds.cast import GEARWORKS, LONGTENG, credit_code

BASE = "urn:oasis:names:specification:ubl:schema:xsd:"
LONGTENG_CODE, GEARWORKS_CODE, RIVAL_CODE = credit_code(1), credit_code(2), credit_code(3)


def today() -> date:
    return today_of(clock.now())


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def party(role: str, name: str = "", *, codes: tuple[tuple[str, str], ...] = (), legal: str = "") -> str:
    ids = "".join(
        f"<cac:PartyIdentification><cbc:ID schemeID={quoteattr(scheme)}>{escape(code)}</cbc:ID></cac:PartyIdentification>"
        for scheme, code in codes
    )
    named = f"<cac:PartyName><cbc:Name>{escape(name)}</cbc:Name></cac:PartyName>" if name else ""
    entity = (
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{escape(legal)}</cbc:RegistrationName></cac:PartyLegalEntity>"
        if legal
        else ""
    )
    return f"<cac:{role}><cac:Party>{ids}{named}{entity}</cac:Party></cac:{role}>"


def delivery(day: object = None, quantity: str = "", unit: str = "C62") -> str:
    amount = f'<cbc:Quantity unitCode="{unit}">{quantity}</cbc:Quantity>' if quantity else ""
    period = (
        f"<cac:RequestedDeliveryPeriod><cbc:EndDate>{day}</cbc:EndDate></cac:RequestedDeliveryPeriod>" if day else ""
    )
    return f"<cac:Delivery>{amount}{period}</cac:Delivery>"


def line(
    number: str = "1", *, sellers: str = "RV-40E", buyers: str = "", name: str = "reducer", quantity: str = "10",
    unit: str = "C62", price: str | None = "1830.00", currency: str = "CNY", deliveries: str | None = None, note: str = "",
    base: str = "",
) -> str:  # fmt: skip
    ids = "".join(
        f"<cac:{whose}ItemIdentification><cbc:ID>{escape(text)}</cbc:ID></cac:{whose}ItemIdentification>"
        for whose, text in (("Buyers", buyers), ("Sellers", sellers))
        if text
    )
    priced = (
        f'<cac:Price><cbc:PriceAmount currencyID="{currency}">{price}</cbc:PriceAmount>{base}</cac:Price>'
        if price is not None
        else ""
    )
    return (
        f"<cac:OrderLine>{f'<cbc:Note>{escape(note)}</cbc:Note>' if note else ''}<cac:LineItem><cbc:ID>{escape(number)}</cbc:ID>"
        f'<cbc:Quantity unitCode="{unit}">{quantity}</cbc:Quantity>'
        f"{delivery(in_days(30)) if deliveries is None else deliveries}{priced}"
        f"<cac:Item><cbc:Name>{escape(name)}</cbc:Name>{ids}</cac:Item></cac:LineItem></cac:OrderLine>"
    )


def order(
    *lines: str, number: str = "PO-1", currency: str = "CNY", buyer: str | None = None, seller: str | None = None,
    type_code: str = "", note: str = "", header: str = "",
) -> bytes:  # fmt: skip
    """A Peppol-like order, by default of Longteng to Gearworks, both named by credit code."""
    buyer = party("BuyerCustomerParty", LONGTENG, codes=(("CN-USCC", LONGTENG_CODE),)) if buyer is None else buyer
    seller = party("SellerSupplierParty", GEARWORKS, codes=(("CN-USCC", GEARWORKS_CODE),)) if seller is None else seller
    parts = (
        f"<cbc:ID>{escape(number)}</cbc:ID><cbc:IssueDate>{today()}</cbc:IssueDate>",
        f"<cbc:OrderTypeCode>{type_code}</cbc:OrderTypeCode>" if type_code else "",
        f"<cbc:Note>{escape(note)}</cbc:Note>" if note else "",
        f"<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>" if currency else "",
        buyer, seller, header, *(lines or (line(),)),
    )  # fmt: skip
    namespaces = (
        f'xmlns="{BASE}Order-2" xmlns:cac="{BASE}CommonAggregateComponents-2" xmlns:cbc="{BASE}CommonBasicComponents-2"'
    )
    return f"<Order {namespaces}>{''.join(parts)}</Order>".encode()
