"""Parts that every document we write shares: elements in the schema's order, parties, items, days, prices."""

from datetime import date
from decimal import Decimal

from lxml import etree

from exchange.ubl.documents import PartyNamed
from exchange.ubl.hardened import CAC, CBC
from exchange.ubl.validate import validate_ubl
from kernel.quantities import plain


def begun(root: str, version: str = "2.1") -> etree._Element:
    """A document of the kind ``root`` (a name with its namespace), its version said."""
    element = etree.Element(root, nsmap={None: etree.QName(root).namespace, "cac": CAC, "cbc": CBC})  # type: ignore[dict-item]
    leaf(element, "UBLVersionID", version)
    return element


def finished(root: etree._Element) -> bytes:
    """The same bytes for the same document. Raises AssertionError when it is not valid, which would be a bug here."""
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    problems = validate_ubl(content)
    if problems:
        raise AssertionError(f"the {etree.QName(root).localname} written is not valid UBL: {problems}")
    return content


def part(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{CAC}}}{name}")


def leaf(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    """A basic element; none at all for an empty text, no attribute for an empty value."""
    if text:
        element = etree.SubElement(parent, f"{{{CBC}}}{name}")
        element.text = text
        element.attrib.update({key: value for key, value in attributes.items() if value})


def amount(parent: etree._Element, name: str, value: Decimal | None, **attributes: str) -> None:
    """A number with its unit or currency; nothing for None."""
    leaf(parent, name, "" if value is None else plain(value), **attributes)


def write_day(delivery: etree._Element, name: str, day: date | None) -> None:
    """A period of one day."""
    if day is not None:
        period = part(delivery, name)
        leaf(period, "StartDate", day.isoformat())
        leaf(period, "EndDate", day.isoformat())


def write_item(
    line_item: etree._Element, name: str, buyers_number: str, sellers_number: str, standard_number: str = ""
) -> etree._Element:
    item = part(line_item, "Item")
    leaf(item, "Name", name)
    for whose, number in (("Buyers", buyers_number), ("Sellers", sellers_number), ("Standard", standard_number)):
        if number:
            leaf(part(item, f"{whose}ItemIdentification"), "ID", number)
    return item


def write_party(parent: etree._Element, role: str, named: PartyNamed) -> None:
    """A party in its role, such as BuyerCustomerParty."""
    write_party_itself(part(part(parent, role), "Party"), named)


def write_party_itself(party: etree._Element, named: PartyNamed) -> None:
    for scheme, code in named.codes:
        leaf(part(party, "PartyIdentification"), "ID", code, schemeID=scheme)
    trade, *registered = (named.name, *named.other_names)
    if registered:
        leaf(part(party, "PartyName"), "Name", trade)
    for name in registered or ([trade] if trade else []):
        leaf(part(party, "PartyLegalEntity"), "RegistrationName", name)


def write_reference(parent: etree._Element, name: str, number: str, issued_on: date | None = None) -> None:
    """A reference to another document by its number; nothing without one."""
    if number:
        reference = part(parent, name)
        leaf(reference, "ID", number)
        leaf(reference, "IssueDate", issued_on.isoformat() if issued_on else "")
