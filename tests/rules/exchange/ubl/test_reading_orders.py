"""Good orders, official and our own, are read whole and to the digit."""

from datetime import date
from decimal import Decimal

import pytest

from exchange.ubl.documents import OrderedLine, PartyNamed, WantedSchedule
from exchange.ubl.read_order import read_order

ON_THE_LINE = "OrderLine/LineItem/Delivery/RequestedDeliveryPeriod"
IN_THE_HEADER = "Delivery/RequestedDeliveryPeriod"


def read(content):
    order, complaints = read_order(content)
    assert complaints == []
    return order


def test_the_official_ubl_2_0_order_is_read_whole(sample):
    order = read(sample("oasis/UBL-Order-2.0-Example.xml"))

    assert (order.number, order.issued_on, order.note) == ("AEG012345", date(2005, 6, 20), "sample")
    assert (order.currency, order.currency_from) == ("GBP", "@currencyID")
    assert order.buyer == PartyNamed("IYT Corporation", (("UK VAT", "12356478"),), ("Bridgtow District Council",))
    assert order.seller == PartyNamed("Consortial", (("VAT", "175 269 2355"),), ("Farthing Purchasing Consortium",))
    assert order.lines == (
        OrderedLine(
            "1", "beeswax", "6578489", "17589683", "", Decimal(100), "KGM", Decimal("100.00"), Decimal(1), "GBP",
            (WantedSchedule(date(2005, 6, 29), Decimal(100), f"{IN_THE_HEADER}/EndDate"),),
            "this is an illustrative order line",
        ),
    )  # fmt: skip


def test_a_peppol_like_order_is_read_whole(sample):
    order = read(sample("own/peppol-like.xml"))

    assert (order.number, order.issued_on, order.type_code) == ("LT-2026-00417", date(2026, 11, 24), "220")
    assert (order.currency, order.currency_from) == ("CNY", "DocumentCurrencyCode")
    assert order.note == "请在三个工作日内答复。\nPlease answer within three working days."
    assert order.buyer == PartyNamed(
        "龙腾智能装备",
        (("EM", "buyer@longteng.example"), ("CN-USCC", "91320100EXAMPLE01X"), ("VAT", "CN-TAX-EXAMPLE-1")),
        ("龙腾智能装备股份有限公司",),
    )
    assert order.seller == PartyNamed("苏州精齿传动", (("EM", "sales@gearworks.example"), ("", "GEARWORKS")))
    assert [(x.number, x.quantity, x.unit, x.unit_price, x.price_base_quantity) for x in order.lines] == [
        ("10", Decimal(40), "EA", Decimal("1830.00"), Decimal(1)),
        ("20", Decimal("12.5"), "KGM", Decimal("86.40"), Decimal(1)),
        ("30", Decimal(250), "MTR", Decimal("3.125"), Decimal(100)),
        ("40", Decimal(1000), "C62", None, Decimal(1)),
    ]
    first, *_, last = order.lines
    assert (first.item_name, first.buyers_item_number, first.sellers_item_number, first.standard_item_number) == (
        "RV-40E 摆线减速机", "LT-7700-40E", "GW-RV40E-P1", "06900000000017",
    )  # fmt: skip
    assert last.item_name == "Flange bolt M8, price by framework contract"


def test_the_day_wanted_is_the_lines_own_else_the_headers_and_says_which(sample):
    order = read(sample("own/peppol-like.xml"))

    assert [line.schedules for line in order.lines] == [
        (WantedSchedule(date(2027, 1, 15), Decimal(40), f"{ON_THE_LINE}/EndDate"),),
        (WantedSchedule(date(2027, 1, 8), Decimal("12.5"), f"{IN_THE_HEADER}/EndDate"),),
        (WantedSchedule(date(2027, 1, 8), Decimal(250), f"{IN_THE_HEADER}/EndDate"),),
        (WantedSchedule(date(2027, 1, 8), Decimal(1000), f"{IN_THE_HEADER}/EndDate"),),
    ]


def test_what_is_not_held_is_named_never_dropped_in_silence(sample):
    order = read(sample("own/peppol-like.xml"))

    assert order.left_out == (
        "BuyerCustomerParty/Party/Contact",
        "BuyerCustomerParty/Party/PostalAddress",
        "CustomerReference",
        "CustomizationID",
        "Delivery/DeliveryLocation",
        "IssueTime",
        "OrderLine/LineItem/LineExtensionAmount",
        "ProfileID",
        "ValidityPeriod",
    )


def test_several_deliveries_become_several_schedules(sample):
    order = read(sample("own/several-dates.xml"))

    latest = "LatestDeliveryDate"
    assert [line.schedules for line in order.lines] == [
        (
            WantedSchedule(date(2027, 1, 15), Decimal(18), f"{ON_THE_LINE}/EndDate"),
            WantedSchedule(date(2027, 2, 15), Decimal(10), f"{ON_THE_LINE}/StartDate"),
            WantedSchedule(date(2027, 3, 31), Decimal(2), f"Delivery/{latest}"),
        ),
        (
            WantedSchedule(date(2027, 1, 20), Decimal("0.25"), f"OrderLine/LineItem/Delivery/{latest}"),
            WantedSchedule(date(2027, 1, 27), Decimal("0.5"), f"OrderLine/LineItem/Delivery/{latest}"),
        ),
    ]
    assert order.issued_on == date(2026, 11, 24)
    assert order.lines[1].unit_price == 0


def test_an_order_with_the_fewest_elements_is_read(sample):
    order = read(sample("own/barest.xml"))

    assert order.seller == PartyNamed("", (("", "b"),))
    assert order.lines[0].unit_price is None
    assert order.lines[0].schedules == (WantedSchedule(None, Decimal(1), ""),)
    assert order.left_out == ()


@pytest.mark.parametrize(("name", "currency"), [("ubl-2.0", "USD"), ("ubl-2.3", "JPY"), ("several-dates", "EUR")])
def test_every_2_x_version_is_read(sample, name, currency):
    assert read(sample(f"own/{name}.xml")).currency == currency


@pytest.mark.parametrize("name", ["utf-16", "bom", "gb18030"])
def test_every_encoding_gives_the_same_order(sample, name):
    order = read(sample(f"own/{name}.xml"))

    assert (order.buyer.name, order.lines[0].item_name) == ("龙腾智能装备", "减速机输出轴")


def test_prefixes_order_and_comments_do_not_matter(sample):
    order = read(sample("own/other-prefixes.xml"))

    assert (order.number, order.currency, order.issued_on) == ("LT-2026 00424", "CNY", date(2026, 11, 24))
    assert (order.lines[0].item_name, order.lines[0].quantity) == ("Bolt & nut <M8>", Decimal(120))
    assert order.left_out == ("Internal",)


def test_an_item_known_to_nobody_is_read_with_all_its_numbers(sample):
    line = read(sample("own/unknown-item.xml")).lines[0]

    assert (line.buyers_item_number, line.sellers_item_number) == ("NO-SUCH-ITEM", "NOR-THIS-ONE")


@pytest.mark.parametrize(
    ("amount", "per", "unit_price"),
    [
        ("312.50", "100", "3.125"),
        ("0.01", "1000", "0.00001"),
        ("1000", "0.5", "2000"),
        ("999999999999999999.999999", "1", "999999999999999999.999999"),
        ("1E3", "8", "125"),
    ],
)
def test_a_price_per_base_quantity_stays_exact(sample, amount, per, unit_price):
    price = f"<cac:Price><cbc:PriceAmount currencyID='EUR'>{amount}</cbc:PriceAmount>"
    price += f"<cbc:BaseQuantity>{per}</cbc:BaseQuantity></cac:Price><cac:Item>"

    line = read(sample("own/barest.xml").replace(b"<cac:Item>", price.encode())).lines[0]

    assert line.unit_price == Decimal(unit_price)
