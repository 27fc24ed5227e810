"""Every rule of our own: a document that keeps it, one that breaks it, and where."""

from datetime import date
from decimal import Decimal
from xml.sax.saxutils import quoteattr

import pytest

from exchange.ubl.hardened import CAC, CBC, DOCUMENTS, root_of
from exchange.ubl.rules import Facts, warnings_in
from exchange.warned import RULES

pytestmark = pytest.mark.feature("K2")

FACTS = Facts(
    today=date(2027, 1, 10), ordered={"1": Decimal(10), "2": Decimal(4)}, live=frozenset({"1", "2"}), order_currency="CNY",
    next_sequence=3, award_by=date(2027, 2, 1), requested=frozenset({"1", "2"}),
)  # fmt: skip


def tag(name, *inner, **attributes):
    """An element by its name: a leaf where its content is text, else an aggregate."""
    prefix = "cac" if any(isinstance(one, list) for one in inner) or not inner else "cbc"
    said = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items())
    body = "".join("".join(one) if isinstance(one, list) else one for one in inner)
    return f"<{prefix}:{name}{said}>{body}</{prefix}:{name}>"


def line(*parts, of=None, **leaves):
    """An OrderLine; leaves of its LineItem by name in ``leaves``."""
    item = [tag(name, text) for name, text in leaves.items() if text is not None]
    reference = [tag("OrderLineReference", [tag("LineID", of)])] if of else []
    return tag("OrderLine", [tag("LineItem", [*item, *parts]), *reference])


def days(*amounts, end="2027-02-01", name="RequestedDeliveryPeriod"):
    period = tag(name, [tag("EndDate", end)])
    return "".join(tag("Delivery", [tag("Quantity", a, unitCode="C62"), period]) for a in amounts) or tag(
        "Delivery", [period]
    )


def price(currency):
    return tag("Price", [tag("PriceAmount", "1", currencyID=currency)])


ITEM = tag("Item", [tag("SellersItemIdentification", [tag("ID", "RV")])])
QUANTITY = tag("Quantity", "10", unitCode="C62")
REFERENCE = tag("OrderReference", [tag("ID", "PO-1")])
CURRENCY = tag("DocumentCurrencyCode", "CNY")


def answer(code, *lines, note=""):
    return tag("OrderResponseCode", code) + (tag("Note", note) if note else "") + REFERENCE + "".join(lines)


def bid(until="2027-02-01", number="1", currency="CNY", rfq="R-1"):
    return (
        tag("PricingCurrencyCode", "CNY") + tag("ValidityPeriod", [tag("EndDate", until)])
        + (tag("RequestForQuotationDocumentReference", [tag("ID", rfq)]) if rfq else "")
        + tag("QuotationLine", [tag("RequestForQuotationLineID", number), tag("LineItem", [price(currency)])])
    )  # fmt: skip


def rfq(due="2027-01-20", until="2027-02-01", quantity="3"):
    return (
        tag("SubmissionDueDate", due) + tag("RequestedValidityPeriod", [tag("EndDate", until)])
        + tag("RequestForQuotationLine", [tag("LineItem", [tag("Quantity", quantity, unitCode="C62")])])
    )  # fmt: skip


ORDER, C, X, R, F, Q = "Order", "OrderChange", "OrderCancellation", "OrderResponse", "RequestForQuotation", "Quotation"
INVOICE, ANSWERED = "Invoice", "ApplicationResponse"
BOTH = (line(LineStatusCode="5", of="1"), line(LineStatusCode="5", of="2"))
CASES = {
    "CM-ORD-01": (ORDER, tag("OrderTypeCode", "220"), tag("OrderTypeCode", "380"), "OrderTypeCode"),
    "CM-ORD-02": (ORDER, line(ID="1") + line(ID="2"), line(ID="1") + line(ID="1"), "OrderLine[2]/LineItem/ID"),
    "CM-ORD-03": (ORDER, CURRENCY + line(price("CNY")), CURRENCY + line(price("EUR")), "OrderLine/LineItem/Price/PriceAmount/@currencyID"),
    "CM-ORD-04": (R, answer("CA", line(days("5", name="PromisedDeliveryPeriod"), of="1")),
                  answer("CA", line(days("5", end="2027-01-09", name="PromisedDeliveryPeriod"), of="1")),
                  "OrderLine/LineItem/Delivery/PromisedDeliveryPeriod/EndDate"),
    "CM-ORD-05": (ORDER, line(QUANTITY, days("6", "4")), line(QUANTITY, days("6", "5")), "OrderLine/LineItem/Delivery"),
    "CM-ORD-06": (C, line(QUANTITY), line(Quantity="10"), "OrderLine/LineItem/Quantity/@unitCode"),
    "CM-ORD-07": (C, line(ITEM), line(tag("Item", [tag("Name", "轴")])), "OrderLine/LineItem/Item"),
    "CM-CHG-01": (C, tag("SequenceNumberID", "3"), tag("SequenceNumberID", "0"), "SequenceNumberID"),
    "CM-CHG-02": (C, tag("SequenceNumberID", "3"), tag("SequenceNumberID", "5"), "SequenceNumberID"),
    "CM-CHG-03": (C, line(ID="1", LineStatusCode="74"), line(ID="1", LineStatusCode="5"), "OrderLine/LineItem/LineStatusCode"),
    "CM-CHG-04": (C, line(ID="2", LineStatusCode="3"), line(ID="9", LineStatusCode="3"), "OrderLine/LineItem/ID"),
    "CM-CHG-05": (C, line(ID="9", LineStatusCode="1"), line(ID="2", LineStatusCode="1"), "OrderLine/LineItem/ID"),
    "CM-CHG-06": (R, CURRENCY, tag("DocumentCurrencyCode", "EUR"), "DocumentCurrencyCode"),
    "CM-REF-01": (X, REFERENCE, REFERENCE + REFERENCE, "OrderReference"),
    "CM-CAN-01": (X, tag("CancellationNote", "停产"), "", "CancellationNote"),
    "CM-RSP-01": (R, answer("CA", *BOTH), answer("29"), "OrderResponseCode"),
    "CM-RSP-02": (R, answer("AP"), answer("AP", *BOTH), "OrderLine"),
    "CM-RSP-03": (R, answer("CA", *BOTH), answer("CA", BOTH[0]), "OrderLine"),
    "CM-RSP-04": (R, answer("CA", *BOTH), answer("CA", line(LineStatusCode="6", of="1"), BOTH[1]), "OrderLine[1]/LineItem/LineStatusCode"),
    "CM-RSP-05": (R, answer("CA", line(tag("Quantity", "2", unitCode="C62"), LineStatusCode="3", MaximumBackorderQuantity="8", of="1")),
                  answer("CA", line(tag("Quantity", "2", unitCode="C62"), LineStatusCode="3", MaximumBackorderQuantity="9", of="1")),
                  "OrderLine/LineItem/MaximumBackorderQuantity"),
    "CM-RSP-06": (R, answer("RE", note="CAPACITY"), answer("RE"), "Note"),
    "CM-RFQ-01": (F, rfq(), rfq(due="2027-01-09"), "SubmissionDueDate"),
    "CM-RFQ-02": (F, rfq(), rfq(until="2027-01-19"), "RequestedValidityPeriod/EndDate"),
    "CM-RFQ-03": (F, rfq(), rfq(quantity="0"), "RequestForQuotationLine/LineItem/Quantity"),
    "CM-QUO-01": (Q, bid(), bid(until="2027-01-31"), "ValidityPeriod/EndDate"),
    "CM-QUO-02": (Q, bid(), bid(number="7"), "QuotationLine/RequestForQuotationLineID"),
    "CM-QUO-03": (Q, bid(), bid(currency="EUR"), "QuotationLine/LineItem/Price/PriceAmount/@currencyID"),
    "CM-QUO-04": (Q, bid(), bid(rfq=""), "RequestForQuotationDocumentReference/ID"),
}  # fmt: skip


def invoice(amount="20", total="20", due="2027-02-09", order="1"):
    return (
        tag("IssueDate", "2027-01-10") + tag("DueDate", due) + REFERENCE
        + tag("LegalMonetaryTotal", [tag("LineExtensionAmount", total, currencyID="CNY")])
        + tag("InvoiceLine", [
            tag("InvoicedQuantity", "2", unitCode="C62"), tag("LineExtensionAmount", amount, currencyID="CNY"),
            tag("OrderLineReference", [tag("LineID", order)]) if order else "", tag("Price", [tag("PriceAmount", "10", currencyID="CNY")]),
        ])
    )  # fmt: skip


def answered(code, reason=""):
    status = [tag("Status", [tag("StatusReasonCode", reason)])] if reason else []
    return tag("DocumentResponse", [tag("Response", [tag("ResponseCode", code), *status])])


CASES |= {
    "CM-INV-01": (INVOICE, invoice(), invoice(amount="21", total="21"), "InvoiceLine/LineExtensionAmount"),
    "CM-INV-02": (INVOICE, invoice(), invoice(total="21"), "LegalMonetaryTotal/LineExtensionAmount"),
    "CM-INV-03": (INVOICE, invoice(), invoice(due="2027-01-09"), "DueDate"),
    "CM-INV-04": (INVOICE, invoice(), invoice(order=""), "InvoiceLine/OrderLineReference/LineID"),
    "CM-IRS-01": (ANSWERED, answered("IP"), answered("29"), "DocumentResponse/Response/ResponseCode"),
    "CM-IRS-02": (ANSWERED, answered("UQ", "PRI"), answered("UQ"), "DocumentResponse/Response/Status/StatusReasonCode"),
}  # fmt: skip


def found(document, inner, facts=FACTS):
    namespace = root_of(document)[1:].split("}")[0]
    content = f'<{document} xmlns="{namespace}" xmlns:cac="{CAC}" xmlns:cbc="{CBC}">{inner}</{document}>'
    return {(w.rule, w.place): w for w in warnings_in(content.encode(), RULES, facts)}


def test_every_rule_is_tried_and_says_a_sentence_and_a_cure_in_both_languages():
    assert set(CASES) == {rule.id for rule in RULES} and len(RULES) == len({rule.id for rule in RULES})
    for rule in RULES:
        assert all((rule.en, rule.zh, rule.cure_en, rule.cure_zh)) and set(rule.documents) <= set(DOCUMENTS)
        assert rule.severity == "warning" and rule.zh != rule.en


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_is_silent_where_it_is_kept_and_names_the_place_where_it_is_broken(rule):
    document, good, bad, place = CASES[rule]

    assert rule not in {name for name, _ in found(document, good)}
    warned = found(document, bad)[rule, place]
    assert warned.said("zh") in str(warned) and warned.cure("en") in str(warned)


def test_what_is_not_known_of_a_deal_is_not_guessed():
    """Of a deal the reader may not know of, rules that need it are silent: a warning must not tell what stands in it."""
    stranger = Facts(today=FACTS.today)
    for rule in ("CM-CHG-02", "CM-CHG-04", "CM-CHG-05", "CM-CHG-06", "CM-RSP-05", "CM-QUO-02"):
        document, _, bad, _ = CASES[rule]
        assert rule not in {name for name, _ in found(document, bad, stranger)}
