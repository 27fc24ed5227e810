"""What is wrong with an order file is said in the file's own words, all at once, and nothing of the file is kept."""

import pytest

from kernel.errors import NotAllowedNow
from seeds.cast import GEARWORKS, LONGTENG, RIVAL, STEEL, credit_code
from tests.exchange.conftest import BUYER, SUPPLIER, Desk
from tests.exchange.files import (
    GEARWORKS_CODE,
    LONGTENG_CODE,
    RIVAL_CODE,
    delivery,
    in_days,
    line,
    order,
    party,
    today,
)

pytestmark = pytest.mark.feature("K2")

ITEM, DAY = "LineItem/Item/SellersItemIdentification/ID", "LineItem/Delivery/RequestedDeliveryPeriod/EndDate"
PAST = f"{in_days(-1)} is past or more than ten years away; want it today or later / "


def refused(desk: Desk, content: bytes, *, email: str = BUYER) -> list[str]:
    """The complaints; nothing may be left of the file."""
    before = desk.kept()

    outcome = desk.takes_in(content, email=email)

    assert desk.kept() == before
    assert outcome.done == ()
    return list(outcome.complaints)


def test_every_wrong_row_is_told_with_its_field_and_what_would_be_right(desk: Desk) -> None:
    said = refused(
        desk,
        order(
            line("1"),
            line("2", sellers="RV-40F"),
            line("3", unit="KGM"),
            line("4", price=None),
            line("5", deliveries=delivery(in_days(-1))),
            line("6", sellers="", buyers="LT-1"),
            line("7", sellers="", name="HD-25 谐波减速机"),
            number="x" * 61,
        ),
    )

    assert [text.partition(" / ")[0] for text in said] == [
        f'OrderLine 2, {ITEM}: "RV-40F" is no item of {GEARWORKS} that you are supplied with; '
        "write one of its numbers, such as RV-40E, RV-80E",
        "OrderLine 3, LineItem/Quantity/@unitCode: RV-40E is ordered in C62 (pc), the line says KGM (kg), and no exact "
        "number leads from one to the other; state quantity and price in C62",
        "OrderLine 4, LineItem/Price/PriceAmount: no price is given, and none was agreed for RV-40E in CNY yet; "
        "give PriceAmount",
        f"OrderLine 5, {DAY}: {in_days(-1)} is past or more than ten years away; want it today or later",
        f'OrderLine 6, LineItem/Item/BuyersItemIdentification/ID: "LT-1" is neither your number nor the seller\'s for an '
        f"item of {GEARWORKS}; write one of its numbers, such as HD-25, RV-40E, RV-80E",
        f"OrderLine 7, {ITEM}: the line gives neither the seller's nor your own item number, only "
        '"HD-25 谐波减速机"; write one of its numbers, such as HD-25',
        "Order, ID: an order number has 1 to 60 characters",
    ]
    assert all(" / " in text and any("\u4e00" <= c <= "\u9fff" for c in text.rpartition(" / ")[2]) for text in said)


def test_the_official_oasis_sample_as_it_is_says_whom_and_what_it_does_not_know(desk: Desk, sample) -> None:
    said = refused(desk, sample("oasis/UBL-Order-2.0-Example.xml"))

    assert len(said) == 2
    assert said[0].startswith(
        'Order, SellerSupplierParty/Party: "Consortial" (VAT 175 269 2355) is none of your partners by credit code or name, '
        "and the item numbers do not settle it; put the credit code in PartyIdentification/ID, such as that of "
    )
    assert f"{GEARWORKS} {GEARWORKS_CODE}" in said[0] and STEEL not in said[0]
    assert said[1].startswith(
        'OrderLine 1, LineItem/Item: "17589683" is the number of no item that any partner supplies you with / '
    )


def test_a_past_day_of_the_header_is_told_once(desk: Desk) -> None:
    said = refused(desk, order(*(line(str(n), deliveries="") for n in (1, 2, 3)), header=delivery(in_days(-1))))

    assert len(said) == 1
    assert said[0].startswith(f"Order, Delivery/RequestedDeliveryPeriod/EndDate: {PAST}")


@pytest.mark.parametrize(
    ("buyer", "word"),
    [
        (
            party("BuyerCustomerParty", LONGTENG, codes=(("", RIVAL_CODE),)),
            f"the buyer has the credit code {RIVAL_CODE}, and",
        ),
        (party("BuyerCustomerParty", legal=RIVAL), f"the buyer is {RIVAL}, and you act for {LONGTENG}"),
    ],
)
def test_another_firms_order_is_refused(desk: Desk, buyer: str, word: str) -> None:
    (said,) = refused(desk, order(buyer=buyer))

    assert said.startswith(f"Order, BuyerCustomerParty/Party: {word}")


def test_a_supplier_does_not_place_the_order_it_received(desk: Desk) -> None:
    said = refused(desk, order(), email=SUPPLIER)

    assert said[0].startswith(
        f"Order, BuyerCustomerParty/Party: the buyer has the credit code {LONGTENG_CODE}, and you act for {GEARWORKS}"
    )
    assert said[1].startswith("Order, SellerSupplierParty/Party: the seller is your own firm")


@pytest.mark.parametrize(
    "seller",
    [
        party("SellerSupplierParty", GEARWORKS, codes=(("", credit_code(5)),)),
        party("SellerSupplierParty", STEEL),
        party("SellerSupplierParty", "Nobody Ltd"),
    ],
)
def test_a_seller_that_is_no_partner_and_not_settled_by_items_is_refused(desk: Desk, seller: str) -> None:
    said = refused(desk, order(line("1"), line("2", sellers="RC-40"), seller=seller))

    assert len(said) == 1
    assert (
        "Order, SellerSupplierParty/Party: " in said[0] and "is none of your partners by credit code or name" in said[0]
    )


def test_one_wrong_number_does_not_hide_whose_items_the_others_are(desk: Desk) -> None:
    seller = party("SellerSupplierParty", "Consortial")

    (said,) = refused(desk, order(line("1"), line("2", sellers="RV-4OE"), seller=seller))

    assert said.startswith(f'OrderLine 2, {ITEM}: "RV-4OE" is no item of {GEARWORKS} that you are supplied with; ')


def test_a_firm_that_is_no_partner_is_told_like_a_made_up_one(desk: Desk) -> None:
    real, made_up = (
        refused(desk, order(line(sellers="GCR15"), seller=party("SellerSupplierParty", name)))
        for name in (STEEL, "Nobody Ltd")
    )

    assert [text.replace(STEEL, "Nobody Ltd") for text in real] == made_up


def test_two_numbers_that_mean_two_items_are_refused(desk: Desk) -> None:
    desk.offers("RV-110E", own_number="LT-7700")

    (said,) = refused(desk, order(line(sellers="RV-40E", buyers="LT-7700")))

    assert said.startswith(
        'OrderLine 1, LineItem/Item/BuyersItemIdentification/ID: "LT-7700" is your number for RV-110E, '
        "but the seller's number given is RV-40E; correct one of the two / "
    )


def test_a_sellers_number_that_leads_nowhere_is_not_overruled_by_the_buyers(desk: Desk) -> None:
    (said,) = refused(desk, order(line(sellers="OLD-40", buyers="RV-40E")))

    assert said.startswith(f'OrderLine 1, {ITEM}: "OLD-40" is no item of {GEARWORKS} that you are supplied with; ')


@pytest.mark.parametrize(
    ("quantity", "price", "field"),
    [
        ("0.0001", "1", "LineItem/Quantity"),
        ("1000", "0.00001", ""),
        ("1000", "0.0000001", "LineItem/Price/PriceAmount"),
    ],
)
def test_a_quantity_or_price_that_cannot_be_reckoned_exactly_is_refused(desk: Desk, quantity, price, field) -> None:
    desk.offers("WIRE", own_number="W", unit="KMT")
    content = order(line(sellers="WIRE", unit="MTR", quantity=quantity, price=price))

    said = desk.takes_in(content).complaints

    assert [text.partition(": ")[0] for text in said] == ([f"OrderLine 1, {field}"] if field else [])


@pytest.mark.parametrize(("code", "word"), [("221", '"221" (blanket order)'), ("999", '"999"')])
def test_other_order_types_are_refused_and_the_taken_ones_named(desk: Desk, code: str, word: str) -> None:
    (said,) = refused(desk, order(type_code=code))

    assert said.startswith(
        f"Order, OrderTypeCode: type {word} is not taken in; 220 (order), 105 (purchase order) or no code is"
    )


def test_the_same_number_twice_is_refused(desk: Desk) -> None:
    desk.takes_in(order(number="TWICE", type_code="105"))

    assert refused(desk, order(number="TWICE")) == [
        "Order, ID: you have an order numbered TWICE already / 订单号 TWICE 已存在"
    ]


def test_too_many_lines_and_too_long_notes_are_refused(desk: Desk) -> None:
    said = refused(desk, order(*(line(str(n)) for n in range(1, 10_002))))
    assert [text.partition(" / ")[0] for text in said] == [
        "Order, OrderLine: the order has 10001 lines, at most 10000 are taken: split it"
    ]

    said = refused(desk, order(line(note="长" * 3000), note="n" * 1500))
    assert [text.partition(": ")[0] for text in said] == ["Order, Note"]


def test_hundreds_of_wrong_rows_are_listed_to_a_limit(desk: Desk) -> None:
    said = refused(desk, order(*(line(str(n), sellers=f"NONE-{n}") for n in range(1, 701))))

    assert len(said) == 501
    assert said[-1].startswith("File: 200 more problems are not listed")


@pytest.mark.parametrize(
    "email", ["planner@longteng.example", "official@jiangsu.example", "operator@chainmaster.example"]
)
def test_who_may_not_place_orders_is_told_so_before_the_file_is_read(desk: Desk, email: str) -> None:
    before = desk.kept()

    with pytest.raises(NotAllowedNow, match="this is done by a person with the role buyer; ask one of your firm"):
        desk.takes_in(b"no xml", email=email)

    assert desk.kept() == before


@pytest.mark.parametrize(
    "name",
    [
        "broken",
        "external-entity",
        "billion-laughs",
        "ubl-1.0",
        "faults",
        "two-currencies",
        "uneven-price",
        "unknown-item",
    ],
)
def test_faulty_files_are_refused_with_a_sentence_each(desk: Desk, sample, name: str) -> None:
    said = refused(desk, sample(f"own/{name}.xml"))

    assert said
    assert all(": " in text and " / " in text and "\n" not in text for text in said)


def test_an_order_wanted_today_is_taken(desk: Desk) -> None:
    assert desk.takes_in(order(line(deliveries=delivery(today())))).complaints == ()
