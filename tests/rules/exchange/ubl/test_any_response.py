"""Whatever answer our model allows, it is valid UBL and reads back as the same answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exchange.ubl.documents import PartyNamed
from exchange.ubl.hardened import CAC, CBC
from exchange.ubl.responses import (
    MAY_SPLIT,
    NOT_IN_XML,
    HeaderCode,
    LineCode,
    PromisedSchedule,
    ResponseDocument,
    ResponseLine,
)
from exchange.ubl.validate import validate_ubl
from exchange.ubl.write_response import write_order_response

NS = {"cac": CAC, "cbc": CBC}

texts = st.text(max_size=20).map(lambda text: NOT_IN_XML.sub("", text))
words = texts.filter(bool)
amounts = st.decimals(min_value=0, max_value=10**17, places=6) | st.integers(0, 10**17).map(Decimal)
quantities = amounts.filter(lambda amount: amount > 0)
schedules = st.builds(PromisedSchedule, st.dates(), quantities)
parties = st.builds(PartyNamed, words, st.lists(st.tuples(texts, words), max_size=3).map(tuple))
codes = st.sampled_from(LineCode)


@st.composite
def response_lines(draw, number):
    code = draw(codes)
    dated, quantity, more = (), None, {}
    if code in (*MAY_SPLIT, LineCode.ACCEPTED):
        dated = tuple(draw(st.lists(schedules, max_size=4)))
        more["unit_price"] = draw(st.none() | amounts)
    if dated:
        quantity = sum((s.quantity for s in dated), Decimal(0))
    elif code is LineCode.ADDED or (code is not LineCode.NOT_ACCEPTED and draw(st.booleans())):
        quantity = draw(quantities)
    if code in MAY_SPLIT:
        more |= {"substitute_number": draw(texts), "substitute_name": draw(texts)}
        more["maximum_backorder"] = draw(st.none() | amounts) if quantity is not None else None
    return ResponseLine(
        code=code,
        line_number="" if code is LineCode.ADDED and draw(st.booleans()) else number,
        item_name=draw(texts),
        buyers_item_number=draw(texts),
        sellers_item_number=draw(texts),
        quantity=quantity,
        unit=draw(words) if quantity is not None else "",
        schedules=dated,
        reason=draw(texts),
        **more,
    )


@st.composite
def responses(draw):
    code = draw(st.sampled_from(HeaderCode))
    numbers = draw(st.lists(words, min_size=1, max_size=4, unique=True)) if code is HeaderCode.CHANGED else []
    return ResponseDocument(
        number=draw(words),
        issued_on=draw(st.dates()),
        order_number=draw(words),
        seller=draw(parties),
        buyer=draw(parties),
        currency=draw(st.from_regex("[A-Z]{3}", fullmatch=True)),
        code=code,
        order_issued_on=draw(st.none() | st.dates()),
        note=draw(texts),
        reason=draw(texts),
        order_change_number=draw(texts),
        lines=tuple(draw(response_lines(number)) for number in numbers),
    )


def text(element, path):
    return element.findtext(path, "", NS) or ""


def amount(element, path):
    found = element.find(path, NS)
    return None if found is None else Decimal(found.text)


def read_party(party):
    codes = [(c.get("schemeID", ""), c.text) for c in party.findall("cac:PartyIdentification/cbc:ID", NS)]
    return PartyNamed(text(party, "cac:PartyLegalEntity/cbc:RegistrationName"), tuple(codes))


def read_row(row):
    item = row.find("cac:LineItem", NS)
    quantity = item.find("cbc:Quantity", NS)
    deliveries = [
        PromisedSchedule(
            date.fromisoformat(text(delivery, "cac:PromisedDeliveryPeriod/cbc:EndDate")),
            amount(delivery, "cbc:Quantity") or Decimal(quantity.text),
        )
        for delivery in item.findall("cac:Delivery", NS)
    ]
    return text(item, "cbc:ID"), ResponseLine(
        LineCode(text(item, "cbc:LineStatusCode")),
        text(row, "cac:OrderLineReference/cbc:LineID"),
        text(item, "cac:Item/cbc:Name"),
        text(item, "cac:Item/cac:BuyersItemIdentification/cbc:ID"),
        text(item, "cac:Item/cac:SellersItemIdentification/cbc:ID"),
        None if quantity is None else Decimal(quantity.text),
        "" if quantity is None else quantity.get("unitCode"),
        amount(item, "cac:Price/cbc:PriceAmount"),
        amount(item, "cbc:MaximumBackorderQuantity"),
        text(row, "cac:SellerSubstitutedLineItem/cac:Item/cac:SellersItemIdentification/cbc:ID"),
        text(row, "cac:SellerSubstitutedLineItem/cac:Item/cbc:Name"),
        tuple(deliveries),
        text(item, "cbc:Note"),
    )


def read_back(content):
    """The answer as any reader of the document would understand it; a row "2.3" goes on with line 2."""
    root = etree.fromstring(content)
    lines = {}
    for row_id, line in map(read_row, root.findall("cac:OrderLine", NS)):
        first, _, further = row_id.partition(".")
        if further:
            whole = lines[first]
            assert line.code is LineCode.ADDED
            line = replace(whole, quantity=whole.quantity + line.quantity, schedules=whole.schedules + line.schedules)
        lines[first] = line
    ordered = text(root, "cac:OrderReference/cbc:IssueDate")
    return ResponseDocument(
        text(root, "cbc:ID"),
        date.fromisoformat(text(root, "cbc:IssueDate")),
        text(root, "cac:OrderReference/cbc:ID"),
        read_party(root.find("cac:SellerSupplierParty/cac:Party", NS)),
        read_party(root.find("cac:BuyerCustomerParty/cac:Party", NS)),
        text(root, "cbc:DocumentCurrencyCode"),
        HeaderCode(text(root, "cbc:OrderResponseCode")),
        date.fromisoformat(ordered) if ordered else None,
        text(root, "cbc:Note"),
        order_change_number=text(root, "cac:OrderChangeDocumentReference/cbc:ID"),
        lines=tuple(lines.values()),
    )


@settings(max_examples=150, deadline=None)
@given(responses())
def test_any_answer_is_valid_ubl_and_reads_back_the_same(response):
    content = write_order_response(response)

    assert validate_ubl(content) == []
    said = ": ".join(part for part in (response.reason, response.note) if part)
    assert read_back(content) == replace(response, reason="", note=said)
