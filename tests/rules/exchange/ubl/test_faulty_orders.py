"""Every fault is told: which line, which field, what would be right; in both languages; all at once."""

import pytest

from exchange.ubl.read_order import read_order
from exchange.ubl.reading import MOST_COMPLAINTS


def places(content):
    order, complaints = read_order(content)
    assert order is None
    assert all(c.en and c.zh and c.said("zh") == c.zh and c.said("en") == c.en for c in complaints)
    return [(c.place, c.field) for c in complaints]


def test_all_faults_of_a_file_are_told_at_once(sample):
    assert places(sample("own/faults.xml")) == [
        ("Order", "UBLVersionID"),
        ("Order", "ID"),
        ("Order", "IssueDate"),
        ("Order", "BuyerCustomerParty/Party"),
        ("OrderLine 1", "LineItem/Quantity"),
        ("OrderLine 2", "LineItem/ID"),
        ("OrderLine 2", "LineItem/Quantity/@unitCode"),
        ("OrderLine 2", "LineItem/Quantity"),
        ("OrderLine 3", "LineItem/Quantity/@unitCode"),
        ("OrderLine 3", "LineItem/Quantity"),
        ("OrderLine 4", "LineItem/Quantity"),
        ("OrderLine 5", "LineItem/ID"),
        ("OrderLine 5", "LineItem/Quantity"),
        ("OrderLine 5", "LineItem/Price/PriceAmount"),
        ("OrderLine 5", "LineItem/Price/BaseQuantity/@unitCode"),
        ("OrderLine 5", "LineItem/Price/BaseQuantity"),
        ("OrderLine 5", "LineItem/Price/OrderableUnitFactorRate"),
        ("OrderLine 5", "LineItem/Item"),
        ("OrderLine 6", "LineItem/Quantity"),
        ("OrderLine 6", "LineItem/Price/PriceAmount"),
        ("OrderLine 7", "LineItem/Price/PriceAmount/@currencyID"),
        ("OrderLine 7", "LineItem/Price/PriceAmount"),
    ]


def test_a_price_in_another_currency_is_told_with_both(sample):
    _, complaints = read_order(sample("own/two-currencies.xml"))

    assert [(c.place, c.field, c.en) for c in complaints] == [
        (f"OrderLine {line}", "LineItem/Price/PriceAmount/@currencyID",
         f'the price is in "{own}", the order in "CNY"; one order has one currency')
        for line, own in ((2, "EUR"), (3, "USD"))
    ]  # fmt: skip
    assert complaints[0].zh == '价格货币为 "EUR"，订单货币为 "CNY"；一张订单只能使用一种货币'


def test_a_price_that_does_not_divide_evenly_is_told(sample):
    _, complaints = read_order(sample("own/uneven-price.xml"))

    assert [(c.place, c.field) for c in complaints] == [("OrderLine 1", "LineItem/Price/PriceAmount")]
    assert complaints[0].en.startswith("10 per 3 is no exact price per unit")


def test_deliveries_must_come_to_what_the_line_orders(sample):
    _, complaints = read_order(sample("own/deliveries-that-do-not-fit.xml"))

    assert [(c.place, c.field, c.en) for c in complaints] == [
        ("OrderLine 1", "LineItem/Delivery/Quantity", "the deliveries come to 9, the line orders 10; make them equal"),
        ("OrderLine 2", "LineItem/Delivery/Quantity",
         "2 deliveries, but some have no Quantity (1, 2); say how much comes in each"),
        ("OrderLine 3", "LineItem/Delivery/Quantity", "the deliveries come to 8, the line orders 10; make them equal"),
        ("OrderLine 4", "LineItem/Delivery/Quantity/@unitCode",
         '"KGM" is not the unit the line is ordered in, "EA"; state it in "EA"'),
        ("OrderLine 5", "LineItem/Delivery/Quantity", "-2 must be more than 0"),
    ]  # fmt: skip


def test_a_day_that_does_not_follow_is_never_guessed(sample):
    period = "LineItem/Delivery/RequestedDeliveryPeriod"

    assert places(sample("own/contradicting-days.xml")) == [
        ("OrderLine 2", period),
        ("OrderLine 3", f"{period}/EndDate"),
        ("OrderLine 4", period),
        ("OrderLine 5", f"{period}/EndDate"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "1,5", "1 000", "NaN", "-NaN", "Infinity", "1e400", "1E-400", "1e18", "0.0000001", "٣", "1_0",
     "0x10", "9" * 19, "9" * 70, "--1"],
)  # fmt: skip
def test_what_is_no_exact_number_is_told(sample, text):
    content = sample("own/barest.xml").decode().replace(">1</cbc:Quantity>", f">{text}</cbc:Quantity>")

    assert places(content.encode()) == [("OrderLine 1", "LineItem/Quantity")]


@pytest.mark.parametrize("text", ["0", "-1", "-0.000001"])
def test_a_quantity_is_more_than_nothing(sample, text):
    content = sample("own/barest.xml").decode().replace(">1</cbc:Quantity>", f">{text}</cbc:Quantity>")

    assert places(content.encode()) == [("OrderLine 1", "LineItem/Quantity")]


@pytest.mark.parametrize(
    "text",
    ["20261120", "2026-W47-5", "2026-324", "20-11-2026", "2026-13-01", "2026-11-20T00:00:00", "-2026-11-20",
     "12026-11-20", "二〇二六", ""],
)  # fmt: skip
def test_a_day_is_written_one_way(sample, text):
    content = sample("own/barest.xml").decode().replace("2026-11-20", text)

    assert places(content.encode()) == [("Order", "IssueDate")]


@pytest.mark.parametrize(
    ("was", "becomes", "place", "field"),
    [
        ("<cbc:ID>7</cbc:ID>", "", "Order", "ID"),
        ("<cbc:ID>7</cbc:ID>", "<cbc:ID>7</cbc:ID><cbc:ID>8</cbc:ID>", "Order", "ID"),
        ("<cbc:ID>7</cbc:ID>", "<cbc:ID>7<cbc:Note/></cbc:ID>", "Order", "ID"),
        ("<cbc:IssueDate>2026-11-20</cbc:IssueDate>", "", "Order", "IssueDate"),
        (">EUR<", "><", "Order", "DocumentCurrencyCode"),
        (">EUR<", ">euro<", "Order", "DocumentCurrencyCode"),
        (">EUR<", ">XYZ<", "Order", "DocumentCurrencyCode"),
        ("<cbc:EndpointID>b</cbc:EndpointID>", "", "Order", "SellerSupplierParty/Party"),
        ('unitCode="C62"', "", "OrderLine 1", "LineItem/Quantity/@unitCode"),
        ('unitCode="C62"', 'unitCode="ea"', "OrderLine 1", "LineItem/Quantity/@unitCode"),
        ("<cbc:Name>Shaft</cbc:Name>", "", "OrderLine 1", "LineItem/Item"),
    ],
)
def test_one_fault_makes_one_complaint(sample, was, becomes, place, field):
    content = sample("own/barest.xml").decode()
    assert was in content

    assert places(content.replace(was, becomes).encode()) == [(place, field)]


def test_an_order_without_lines_is_told(sample):
    head, _, rest = sample("own/barest.xml").partition(b"<cac:OrderLine>")

    assert places(head + rest.partition(b"</cac:OrderLine>")[2]) == [("Order", "OrderLine")]


def test_a_currency_is_not_taken_from_amounts_that_disagree(sample):
    content = sample("own/ubl-2.0.xml").replace(b'PayableAmount currencyID="USD"', b'PayableAmount currencyID="EUR"')

    _, complaints = read_order(content)

    assert [(c.place, c.field) for c in complaints] == [("Order", "DocumentCurrencyCode")]
    assert '"EUR", "USD"' in complaints[0].en


def test_a_flood_of_faults_is_told_up_to_a_limit_and_counted_beyond(sample):
    head, _, rest = sample("own/barest.xml").partition(b"<cac:OrderLine>")
    body, _, foot = rest.partition(b"</cac:OrderLine>")
    line = b"<cac:OrderLine>" + body.replace(b">1<", b">x<", 1).replace(b"C62", b"") + b"</cac:OrderLine>"

    order, complaints = read_order(head + line * MOST_COMPLAINTS + foot)

    assert order is None
    assert len(complaints) == MOST_COMPLAINTS + 1
    assert complaints[-1].en.startswith("499 more problems are not listed")
