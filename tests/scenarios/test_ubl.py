"""Two firms' systems trade by UBL files alone: order, answer, change, counter-offer, cancellation; a bid stays sealed."""

from base64 import b64decode, b64encode

import pytest
from lxml import etree

from exchange.ubl.validate import validate_ubl
from kernel import clock
from tests.scenarios.players import day, line, what
from tests.scenarios.sourcing import issues, time_comes

pytestmark = pytest.mark.feature("K2")


def taken(player, kind, thing, *, by="buyer"):
    """The document's bytes, as this firm gets them: valid, and by our own rules."""
    found = player.asks("ubl_document", by=by, kind=kind, id=thing)["ublDocument"]
    content = b64decode(found["content"])
    assert validate_ubl(content) == []
    return content


def sends(player, kind, content, *, by, **given):
    return player.acts("import_ubl", {"kind": kind, "content": b64encode(content).decode()} | given, by=by)


def edited(content, *changes):
    """A document as the other firm's system writes it: the same with some texts changed."""
    text = content.decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()


def kinds(content, path):
    return [e.text for e in etree.fromstring(content).iterfind(f".//{{*}}{path}")]


@pytest.fixture(autouse=True)
def clock_goes_on():
    yield
    clock.set_to(None)


@pytest.fixture
def order(cast):
    lines = [line("RV-40E", "30", days={20: "18", 50: "12"}), line("RV-80E", "5", price="99")]
    return cast.chain_master.places_order(cast.gearworks, lines=lines, number="UBL-1", note="木箱")


ANSWER = """<?xml version="1.0"?><OrderResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>A-1</cbc:ID>
<cbc:IssueDate>{today}</cbc:IssueDate><cbc:OrderResponseCode>{code}</cbc:OrderResponseCode><cbc:Note>{note}</cbc:Note>
<cac:OrderReference><cbc:ID>UBL-1</cbc:ID></cac:OrderReference>{parties}{lines}</OrderResponse>"""
ROW = """<cac:OrderLine><cac:LineItem><cbc:ID>{id}</cbc:ID>{note}<cbc:LineStatusCode>{code}</cbc:LineStatusCode>{quantity}{more}
<cac:Item/></cac:LineItem>{reference}</cac:OrderLine>"""


def row(number, code, *, of=None, quantity="", on="", backorder="", note=""):
    delivery = f"<cac:Delivery><cac:PromisedDeliveryPeriod><cbc:EndDate>{on}</cbc:EndDate></cac:PromisedDeliveryPeriod></cac:Delivery>"
    return ROW.format(
        id=number, code=code, note=f"<cbc:Note>{note}</cbc:Note>" if note else "",
        quantity=(f'<cbc:Quantity unitCode="C62">{quantity}</cbc:Quantity>' if quantity else "")
        + (f"<cbc:MaximumBackorderQuantity>{backorder}</cbc:MaximumBackorderQuantity>" if backorder else ""),
        more=delivery if on else "",
        reference=f"<cac:OrderLineReference><cbc:LineID>{of or number}</cbc:LineID></cac:OrderLineReference>",
    )  # fmt: skip


def answer(order_file, code, *rows, note="from our system"):
    root = etree.fromstring(order_file)
    parties = "".join(
        etree.tostring(root.find(f"{{*}}{role}"), encoding="unicode")
        for role in ("SellerSupplierParty", "BuyerCustomerParty")
    )
    return ANSWER.format(today=day(0), code=code, parties=parties, lines="".join(rows), note=note).encode()


def test_an_order_is_answered_line_by_line_by_the_sellers_own_system(cast, order, nothing_changes):
    file = taken(cast.gearworks, "ORDER", what(order))
    assert file == taken(cast.chain_master, "ORDER", what(order))
    assert (kinds(file, "SellersItemIdentification/{*}ID"), kinds(file, "Note")) == (["RV-40E", "RV-80E"], ["木箱"])
    assert (
        cast.rival.asks("ubl_document", kind="ORDER", id=what(order)).problems[0]["extensions"]["code"] == "NOT_FOUND"
    )
    good = answer(
        file, "CA", row("1", "3", quantity="18", on=day(21), backorder="2"), row("1.2", "1", of="1", quantity="10", on=day(55)),
        row("2", "7", note="CAPACITY: 停机"),
    )  # fmt: skip

    with nothing_changes():
        half = sends(cast.gearworks, "ORDER_RESPONSE", answer(file, "CA", row("1", "5")), by="sales")
        buyers = sends(cast.chain_master, "ORDER_RESPONSE", good, by="buyer")
        rivals = sends(cast.rival, "ORDER_RESPONSE", good, by="sales")
        strange = sends(
            cast.gearworks, "ORDER_RESPONSE", edited(good, ("<cbc:LineID>2<", "<cbc:LineID>9<")), by="sales"
        )
        hostile = sends(cast.gearworks, "ORDER_RESPONSE", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', by="sales")
        trial = sends(cast.gearworks, "ORDER_RESPONSE", good, by="sales", dryRun=True)
        torn = cast.gearworks.acts("import_ubl", {"kind": "ORDER_RESPONSE", "content": "%%"}, by="sales")
    assert half.refusals == ["INVALID"] and "lines 2 have no answer" in half.said
    assert buyers.refusals == ["NOT_ALLOWED_NOW"]
    assert rivals.said.startswith("OrderResponse, OrderReference/ID: you have no order")
    assert [e["message"].split(":")[0] for e in strange.errors] == ["OrderLine 3, OrderLineReference/LineID"]
    assert "DOCTYPE" in hostile.said and torn.fields == ["content"]
    assert trial["outcome"]["done"][0] == "order UBL-1 answered CHANGED: 2 line(s)"

    done = sends(cast.gearworks, "ORDER_RESPONSE", good, by="sales")["outcome"]
    assert (done["subjectId"], done["warnings"]) == (what(order), [])
    own = cast.chain_master.lines_of(order)
    assert [own[1]["state"], own[2]["state"]] == ["CHANGE_PROPOSED", "REJECTED"]
    back = taken(cast.chain_master, "ORDER_RESPONSE", what(order))
    assert kinds(back, "LineStatusCode") == ["3", "1", "7"] and kinds(back, "MaximumBackorderQuantity") == ["2"]

    over = answer(file, "CA", row("1", "3", quantity="20", on=day(21), backorder="20"), row("2", "5"))
    warned = sends(cast.gearworks, "ORDER_RESPONSE", over, by="sales", dryRun=True)
    assert [w["rule"] for w in warned["outcome"]["warnings"]] == ["CM-RSP-05"]
    assert warned["outcome"]["warnings"][0]["place"] == "OrderLine[1]/LineItem/MaximumBackorderQuantity"


def test_a_change_travels_as_a_file_and_so_does_its_answer(cast, order, nothing_changes):
    cast.gearworks.accepts_all(order)
    file = taken(cast.chain_master, "ORDER", what(order))
    change = edited(
        file, ('Order-2"', 'OrderChange-2"'), ("<Order ", "<OrderChange "), ("</Order>", "</OrderChange>"),
        ("<cbc:OrderTypeCode>220</cbc:OrderTypeCode>", "<cbc:SequenceNumberID>1</cbc:SequenceNumberID>"),
        ("<cbc:ID>UBL-1<", "<cbc:ID>C-1<"),
        ("<cac:BuyerCustomerParty>", "<cac:OrderReference><cbc:ID>UBL-1</cbc:ID></cac:OrderReference><cac:BuyerCustomerParty>"),
        ('<cbc:Quantity unitCode="C62">30<', '<cbc:LineStatusCode>3</cbc:LineStatusCode><cbc:Quantity unitCode="C62">36<'),
        ('<cbc:Quantity unitCode="C62">12<', '<cbc:Quantity unitCode="C62">18<'), (day(50), day(60)), (day(50), day(60)),
        ('<cbc:Quantity unitCode="C62">5<', '<cbc:LineStatusCode>4</cbc:LineStatusCode><cbc:Quantity unitCode="C62">5<'),
    )  # fmt: skip
    assert validate_ubl(change) == []
    with nothing_changes():
        second = sends(cast.chain_master, "ORDER_CHANGE", edited(change, ("NumberID>1<", "NumberID>2<")), by="buyer")
        sellers = sends(cast.gearworks, "ORDER_CHANGE", change, by="sales")
        other = sends(cast.chain_master, "ORDER_CHANGE", edited(change, (">RV-40E<", ">RV-80E<")), by="buyer")
    assert "is not the next, which is 1" in second.said and "you are its seller" in sellers.said
    assert "a change keeps the item" in other.said

    sends(cast.chain_master, "ORDER_CHANGE", change, by="buyer")["outcome"]
    with nothing_changes():
        twice = sends(cast.chain_master, "ORDER_CHANGE", change, by="buyer")
    assert "was taken in before" in twice.said
    sent = taken(cast.gearworks, "ORDER_CHANGE", what(order))
    assert (kinds(sent, "SequenceNumberID"), kinds(sent, "LineStatusCode")) == (["1"], ["3"])
    assert (kinds(sent, "Quantity"), kinds(sent, "RequestedDeliveryPeriod/{*}EndDate")) == (
        ["36", "18", "18"],
        [day(20), day(60)],
    )

    counter = answer(file, "CA", row("1", "3", quantity="33", on=day(25)))
    sends(cast.gearworks, "ORDER_RESPONSE", counter, by="sales")["outcome"]
    seen = cast.chain_master.asks("order_amendments", orderId=what(order))
    assert "COUNTERED" in str(seen.data) and "'33'" in str(seen.data)
    change = seen["orderAmendments"]["changes"][0]["id"]
    back = taken(cast.chain_master, "ORDER_RESPONSE", change)
    assert (kinds(back, "OrderChangeDocumentReference/{*}ID"), kinds(back, "LineStatusCode")) == (["UBL-1-C1"], ["3"])
    assert (kinds(back, "Quantity"), kinds(back, "PromisedDeliveryPeriod/{*}EndDate")) == (["33"], [day(25)])
    with nothing_changes():
        assert cast.rival.asks("ubl_document", kind="ORDER_CHANGE", id=what(order)).problems


def test_a_cancellation_is_asked_for_and_agreed_to_by_files(cast, order, nothing_changes):
    cast.gearworks.accepts_all(order)
    file = taken(cast.chain_master, "ORDER", what(order))
    parties = file.decode()[
        file.decode().index("  <cac:BuyerCustomerParty>") : file.decode().index("  <cac:OrderLine>")
    ]
    cancels = (
        '<OrderCancellation xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderCancellation-2" '
        'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
        'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>X-1</cbc:ID>'
        f"<cbc:IssueDate>{day(0)}</cbc:IssueDate><cbc:CancellationNote>MATERIAL: 停产</cbc:CancellationNote>"
        f"<cac:OrderReference><cbc:ID>UBL-1</cbc:ID></cac:OrderReference>{parties}</OrderCancellation>"
    ).encode()
    assert validate_ubl(cancels) == []
    with nothing_changes():
        assert sends(cast.rival, "ORDER_CANCELLATION", cancels, by="sales").refusals == ["INVALID"]
        quality = sends(cast.chain_master, "ORDER_CANCELLATION", cancels, by="quality")
    assert quality.refusals == ["NOT_ALLOWED_NOW"]

    asked = sends(cast.gearworks, "ORDER_CANCELLATION", cancels, by="sales")["outcome"]
    assert asked["done"][0] == "order UBL-1: cancellation asked for"
    assert kinds(taken(cast.chain_master, "ORDER_CANCELLATION", what(order)), "CancellationNote") == ["MATERIAL: 停产"]
    agreed = sends(cast.chain_master, "ORDER_CANCELLATION", cancels, by="buyer")["outcome"]
    assert agreed["done"][0] == "order UBL-1: the other side's cancellation is agreed to"
    assert cast.gearworks.state_of(order) == "CANCELLED"
    assert "no order is left" in cast.gearworks.asks("ubl_document", kind="ORDER", id=what(order)).said


QUOTATION = """<Quotation xmlns="urn:oasis:names:specification:ubl:schema:xsd:Quotation-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>Q-7</cbc:ID>
<cbc:IssueDate>{today}</cbc:IssueDate><cbc:PricingCurrencyCode>CNY</cbc:PricingCurrencyCode>
<cac:ValidityPeriod><cbc:EndDate>{until}</cbc:EndDate></cac:ValidityPeriod>
<cac:RequestForQuotationDocumentReference><cbc:ID>{number}</cbc:ID><cbc:VersionID>0</cbc:VersionID></cac:RequestForQuotationDocumentReference>
{parties}<cac:QuotationLine><cbc:ID>1</cbc:ID><cbc:RequestForQuotationLineID>1</cbc:RequestForQuotationLineID><cac:LineItem><cbc:ID>1</cbc:ID>
<cac:Price><cbc:PriceAmount currencyID="CNY">{price}</cbc:PriceAmount></cac:Price>
<cac:Item><cac:SellersItemIdentification><cbc:ID>RV-40E</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:LineItem></cac:QuotationLine></Quotation>"""


def test_a_bid_handed_in_as_a_file_is_sealed_and_given_out_only_once_opened(cast, nothing_changes):
    rfq = issues(cast.chain_master, cast.gearworks, cast.rival)
    asked = taken(cast.gearworks, "REQUEST_FOR_QUOTATION", rfq["id"])
    told = asked.decode()
    assert "锐驰" not in told and kinds(asked, "SellerSupplierParty//{*}RegistrationName") != []
    assert cast.bearing.asks("ubl_document", kind="REQUEST_FOR_QUOTATION", id=rfq["id"]).problems
    parties = told[told.index("  <cac:SellerSupplierParty>") : told.index("  <cac:DeliveryTerms>")]

    def bid(price, until=day(60), number=rfq["number"]):
        return QUOTATION.format(today=day(0), until=until, number=number, parties=parties, price=price).encode()

    with nothing_changes():
        short = sends(cast.gearworks, "QUOTATION", bid("987.65", day(1)), by="sales")
        wrong = sends(cast.gearworks, "QUOTATION", bid("-987.65"), by="sales")
        never = sends(cast.bearing, "QUOTATION", bid("987.65"), by="sales")
        trial = sends(cast.gearworks, "QUOTATION", bid("987.65"), by="sales", dryRun=True)
    assert short.refusals == wrong.refusals == never.refusals == ["INVALID"]
    assert all("987" not in str(one.errors) + str(one.data) for one in (short, wrong, never, trial))
    assert cast.rival.asks("ubl_document", kind="QUOTATION", id=rfq["id"]).problems

    done = sends(cast.gearworks, "QUOTATION", bid("987.65"), by="sales")
    assert done["outcome"]["done"][0] == f"bid for request {rfq['number']} handed in and sealed"
    sealed = [p.asks("ubl_document", kind="QUOTATION", id=rfq["id"]) for p in (cast.gearworks, cast.chain_master)]
    assert "sealed" in sealed[0].said and sealed[1].problems
    time_comes(rfq)

    opened = taken(cast.gearworks, "QUOTATION", rfq["id"])
    assert kinds(opened, "PriceAmount") == ["987.65"]
    assert cast.rival.asks("ubl_document", kind="QUOTATION", id=rfq["id"]).problems
    again = sends(cast.gearworks, "QUOTATION", opened, by="sales", dryRun=True)
    assert again["outcome"]["done"][0].startswith("bid for request")
