"""A good UBL order is placed to the digit, and what was understood on the way is said."""

from decimal import Decimal

import pytest

from collaboration.orders.tables import Answer
from kernel import db
from kernel.access import unscoped
from seeds.cast import BEARING, GEARWORKS, STEEL, credit_code
from tests.exchange.conftest import BUYER, RIVAL, Desk
from tests.exchange.files import LONGTENG_CODE, RIVAL_CODE, delivery, in_days, line, order, party

pytestmark = pytest.mark.feature("K2")
D = Decimal


def test_an_order_is_placed_with_exact_quantities_prices_days_and_currency(desk: Desk) -> None:
    content = order(
        line("10", quantity="30", price="312.50", base='<cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity>',
             currency="EUR", deliveries=delivery(in_days(30), "18") + delivery(in_days(60), "12")),
        line("20", sellers="HD-25", quantity="1.5", price="0", currency="EUR"),
        number="LT-7", currency="EUR", type_code="220", note="请尽快答复。",
    )  # fmt: skip

    outcome = desk.takes_in(content)

    assert outcome.complaints == ()
    placed = desk.order("LT-7")
    assert (placed.currency, placed.note, placed.seller_id) == ("EUR", "请尽快答复。", desk.seated.firms[GEARWORKS])
    assert desk.lines("LT-7") == [
        (10, "RV-40E", D(30), "C62", D("3.125"), ((in_days(30), D(18)), (in_days(60), D(12)))),
        (20, "HD-25", D("1.5"), "C62", D(0), ((in_days(30), D("1.5")),)),
    ]
    assert outcome.done[:3] == (
        f"order LT-7 to {GEARWORKS}: 2 line(s), total 93.75 EUR / 向 {GEARWORKS} 下达订单 LT-7：共 2 行，合计 93.75 EUR",
        f"  10  RV-40E  30 C62 × 3.125 EUR  {in_days(30)}: 18, {in_days(60)}: 12",
        f"  20  HD-25  1.5 C62 × 0 EUR  {in_days(30)}: 1.5",
    )
    assert outcome.done[3:] == ("in the file but not taken over / 文件中未采用的内容: IssueDate",)


def test_the_person_who_imports_is_who_placed_the_order(desk: Desk) -> None:
    desk.takes_in(order(number="LT-8"))

    buyer = desk.seated.actors[BUYER]
    with unscoped("the test looks"), db.session(writes=False) as session:
        found = (
            session.connection().exec_driver_sql("SELECT by_user, by_party FROM event WHERE kind = 'OrderPlaced'").all()
        )
    assert [tuple(row) for row in found] == [(buyer.user_id, buyer.party_id)]


def test_a_dry_run_says_the_same_and_keeps_nothing(desk: Desk) -> None:
    before = desk.kept()

    trial = desk.takes_in(order(number="LT-9"), dry_run=True)

    assert desk.kept() == before
    assert trial == desk.takes_in(order(number="LT-9"))
    assert desk.kept()["purchase_order"] == before["purchase_order"] + 1


def test_the_official_oasis_sample_with_our_numbers_goes_to_the_firm_of_the_items(desk: Desk, sample) -> None:
    content = sample("oasis/UBL-Order-2.0-Example.xml").replace(b"17589683", b"GCR15")
    content = content.replace(b"2005-06-29", str(in_days(20)).encode())

    outcome = desk.takes_in(content, email="sales@bearing.example")

    assert outcome.complaints == ()
    placed = desk.order("AEG012345", email="sales@bearing.example")
    assert (placed.seller_id, placed.currency) == (desk.seated.firms[STEEL], "GBP")
    assert placed.note == "sample\n行 / line 1: this is an illustrative order line"
    assert desk.lines("AEG012345", email="sales@bearing.example") == [
        (1, "GCR15", D(100), "KGM", D(100), ((in_days(20), D(100)),))
    ]
    said = "\n".join(outcome.done)
    us = f"{BEARING} ({credit_code(4)})"
    assert f'"IYT Corporation" (UK VAT 12356478) is no firm known here by code or name; taken as yours, {us}' in said
    assert (
        f'"Consortial" (VAT 175 269 2355) is not known here by code or name; every item number is one of {STEEL}'
        in said
    )
    assert "Order: currency GBP, from @currencyID / " in said
    assert "in the file but not taken over / 文件中未采用的内容: AnticipatedMonetaryTotal, " in said


def test_a_peppol_order_by_name_with_our_numbers_is_placed(desk: Desk, sample) -> None:
    text = sample("own/peppol-like.xml").decode()
    for theirs, ours in {
        "GW-RV40E-P1": "RV-40E", "GW-GREASE-00": "RV-80E", "LT-0008-M8": "HD-25", "91320100EXAMPLE01X": LONGTENG_CODE,
        "<cbc:RegistrationName>苏州精齿传动<": "<cbc:RegistrationName>苏州精齿传动 有限公司<", 'unitCode="KGM"': 'unitCode="H87"',
        "<cac:Item><cbc:Name>Encoder cable, shielded</cbc:Name></cac:Item>":
        "<cac:Item><cac:SellersItemIdentification><cbc:ID>HD-25</cbc:ID></cac:SellersItemIdentification></cac:Item>",
        'unitCode="MTR"': 'unitCode="EA"',
    }.items():  # fmt: skip
        text = text.replace(theirs, ours)
    desk.takes_in(order(line(sellers="HD-25", price="0.85"), number="earlier"))
    desk.answers("earlier", Answer.ACCEPTED)

    outcome = desk.takes_in(text.encode())

    assert outcome.complaints == ()
    lines = desk.lines("LT-2026-00417")
    assert [x[:5] for x in lines] == [
        (10, "RV-40E", D(40), "C62", D(1830)),
        (20, "RV-80E", D("12.5"), "C62", D("86.4")),
        (30, "HD-25", D(250), "C62", D("3.125")),
        (40, "HD-25", D(1000), "C62", D("0.85")),
    ]
    assert [str(x[5][0][0]) for x in lines] == ["2027-01-15", "2027-01-08", "2027-01-08", "2027-01-08"]
    said = "\n".join(outcome.done)
    assert "OrderLine 1, 3: EA (ea) counts the same as C62 (pc), the item's unit / " in said
    assert "OrderLine 4: no price given; 0.85 CNY for HD-25 as agreed in order earlier / " in said


@pytest.mark.parametrize(
    "buyer",
    [
        party("BuyerCustomerParty", "Longteng Robotics", codes=(("0088", "6900000000017"), ("", f"0000:{LONGTENG_CODE.lower()}"))),
        party("BuyerCustomerParty", legal="龙腾智能装备（南京）有限公司"),
        party("BuyerCustomerParty", "Longteng", legal="龙腾智能装备 (南京) 有限公司"),
        party("BuyerCustomerParty", "Longteng Robotics", codes=(("0088", "6900000000017"),)),
    ],
)  # fmt: skip
def test_a_buyer_known_by_code_or_name_or_not_evidently_another_is_the_importing_firm(desk: Desk, buyer: str) -> None:
    assert desk.takes_in(order(buyer=buyer)).complaints == ()

    assert desk.order("PO-1").buyer_id == desk.seated.actors[BUYER].party_id


def test_a_sellers_code_counts_before_its_name(desk: Desk) -> None:
    seller = party("SellerSupplierParty", GEARWORKS, codes=(("CN-USCC", RIVAL_CODE),))

    assert desk.takes_in(order(line(sellers="RC-40"), seller=seller)).complaints == ()

    assert desk.order("PO-1").seller_id == desk.seated.actors[RIVAL].party_id


def test_a_line_is_known_by_the_buyers_own_number(desk: Desk) -> None:
    desk.offers("RV-110E", own_number="LT-7700")

    outcome = desk.takes_in(order(line(sellers="", buyers="LT-7700"), line("2", sellers="", buyers="HD-25")))

    assert outcome.complaints == ()
    assert [row[1] for row in desk.lines("PO-1")] == ["RV-110E", "HD-25"]


@pytest.mark.parametrize(
    ("unit", "quantity", "price", "kept"),
    [
        ("KGM", "12.5", "8.64", (D("12.5"), D("8.64"))),
        ("TNE", "1.25", "4200", (D(1250), D("4.2"))),
        ("GRM", "500", "0.0086", (D("0.5"), D("8.6"))),
    ],
)
def test_mass_in_another_unit_is_reckoned_exactly(desk: Desk, unit: str, quantity: str, price: str, kept) -> None:
    content = order(
        line(sellers="GCR15", unit=unit, quantity=quantity, price=price),
        buyer=party("BuyerCustomerParty", BEARING), seller=party("SellerSupplierParty", STEEL),
    )  # fmt: skip

    outcome = desk.takes_in(content, email="sales@bearing.example")

    assert outcome.complaints == ()
    (row,) = desk.lines("PO-1", email="sales@bearing.example")
    assert (row[2], row[3], row[4]) == (kept[0], "KGM", kept[1])


def test_without_a_day_the_lead_time_says_when(desk: Desk) -> None:
    outcome = desk.takes_in(order(line(deliveries="")))

    assert desk.lines("PO-1")[0][5] == ((in_days(21), D(10)),)
    assert (
        f"OrderLine 1: no day given; wanted on {in_days(21)}, today and the lead time of RV-40E, 21 days / "
        f"未填写交期；按今天加 RV-40E 的交货周期 21 天，即 {in_days(21)}"
    ) in outcome.done


def test_a_missing_price_is_the_newest_agreed_one_in_that_currency(desk: Desk) -> None:
    for number, currency, price, agreed in (
        ("A", "CNY", "100", True), ("B", "CNY", "90", True), ("C", "EUR", "12", True), ("D", "CNY", "80", False),
    ):  # fmt: skip
        desk.takes_in(order(line(currency=currency, price=price), number=number, currency=currency))
        if agreed:
            desk.answers(number, Answer.ACCEPTED)

    outcome = desk.takes_in(order(line(price=None)))

    assert desk.lines("PO-1")[0][4] == D(90)
    assert "no price given; 90 CNY for RV-40E as agreed in order B / " in "\n".join(outcome.done)


def test_leading_zeros_of_a_line_number_go(desk: Desk) -> None:
    desk.takes_in(order(line("000010"), line("000020")))

    assert [row[0] for row in desk.lines("PO-1")] == [10, 20]


@pytest.mark.parametrize("numbers", [("A-1", "7"), ("10", "010"), ("1000000", "2"), ("²", "3"), ("9" * 5000, "1")])
def test_line_numbers_that_do_not_fit_are_given_anew_and_the_note_keeps_them(desk: Desk, numbers) -> None:
    fits = len(numbers[0]) < 1000

    outcome = desk.takes_in(order(line(numbers[0]), line(numbers[1])))

    if fits:
        assert [row[0] for row in desk.lines("PO-1")] == [1, 2]
        assert desk.order("PO-1").note == f"行号 / line numbers: 1 = {numbers[0]}, 2 = {numbers[1]}"
        assert "the lines are numbered 1, 2, 3 .. in the order of the file" in "\n".join(outcome.done)
    else:
        assert outcome.complaints[0].startswith("Order, Note: the notes of order and lines come to 5")


def test_two_thousand_lines_are_taken_and_told_briefly(desk: Desk) -> None:
    outcome = desk.takes_in(order(*(line(str(n), unit="EA", quantity="1") for n in range(1, 2001))))

    assert outcome.complaints == ()
    assert len(desk.lines("PO-1")) == 2000
    assert len(outcome.done) < 60
    assert any(
        text.startswith("OrderLine 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 (+1988): EA (ea) ") for text in outcome.done
    )
