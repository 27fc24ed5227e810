"""The seller's newest answer goes out as valid UBL to both parties, and to nobody else."""

from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from chain.items.verbs import add_item
from collaboration.orders.forms import LineAnswered, LineDecision, PromisedDay
from collaboration.orders.reads import lines_of_orders, responses_of_orders
from collaboration.orders.tables import Answer, Decision, LineAnswer, Reason
from collaboration.orders.verbs import decide_on_response
from exchange.ubl.hardened import CAC, CBC
from exchange.ubl.validate import validate_ubl
from kernel import ids
from kernel.errors import DomainError, Invalid, NotAllowedNow
from kernel.work import unit_of_work
from seeds.cast import BEARING, GEARWORKS, LONGTENG, credit_code
from tests.exchange.conftest import BUYER, RIVAL, SUPPLIER, Desk
from tests.exchange.files import GEARWORKS_CODE, LONGTENG_CODE, delivery, in_days, line, order, party, today

pytestmark = pytest.mark.feature("K2")

NS = {"cac": CAC, "cbc": CBC}
D = Decimal
ACCEPTED, CHANGED = LineAnswered(LineAnswer.ACCEPTED), LineAnswer.CHANGED


def read(content: bytes) -> Any:
    assert validate_ubl(content) == []
    return etree.fromstring(content)


def texts(element: Any, path: str) -> list[str]:
    return [found if isinstance(found, str) else found.text for found in element.xpath(path, namespaces=NS)]


def rows(root: Any) -> list[dict[str, list[str]]]:
    paths = {
        "code": "cac:LineItem/cbc:LineStatusCode", "of": "cac:OrderLineReference/cbc:LineID",
        "note": "cac:LineItem/cbc:Note", "quantity": "cac:LineItem/cbc:Quantity", "unit": "cac:LineItem/cbc:Quantity/@unitCode",
        "backorder": "cac:LineItem/cbc:MaximumBackorderQuantity", "price": "cac:LineItem/cac:Price/cbc:PriceAmount",
        "day": "cac:LineItem/cac:Delivery/cac:PromisedDeliveryPeriod/cbc:EndDate",
        "item": "cac:LineItem/cac:Item/cac:SellersItemIdentification/cbc:ID",
        "own": "cac:LineItem/cac:Item/cac:BuyersItemIdentification/cbc:ID",
        "substitute": "cac:SellerSubstitutedLineItem/cac:Item/cac:SellersItemIdentification/cbc:ID",
    }  # fmt: skip
    return [
        {key: found for key, path in paths.items() if (found := texts(row, path))}
        for row in root.findall("cac:OrderLine", NS)
    ]


def days(*promised: tuple[int, int]) -> list[PromisedDay]:
    return [PromisedDay(in_days(day), D(quantity)) for day, quantity in promised]


def test_every_kind_of_answer_to_a_line_is_written(desk: Desk) -> None:
    desk.offers("RV-110E", own_number="LT-7700")
    desk.takes_in(
        order(line("10"), line("20", sellers="", buyers="LT-7700"), line("30"), line("40"), line("50", quantity="7"))
    )
    desk.answers(
        "PO-1", Answer.CHANGED, ACCEPTED,
        LineAnswered(CHANGED, reason=Reason.CAPACITY, schedules=days((31, 4), (40, 3)), unit_price=D("1900"),
                     backorder_maximum=D(3)),
        LineAnswered(CHANGED, reason=Reason.DISCONTINUED, substitute_item_id=desk.seated.items["RV-80E"]),
        LineAnswered(LineAnswer.REJECTED, reason=Reason.CREDIT),
        LineAnswered(LineAnswer.ALREADY_DELIVERED),
        LineAnswered(LineAnswer.ADDED, substitute_item_id=desk.seated.items["HD-25"], unit_price=D("99.5"),
                     schedules=days((35, 2))),
        note="详见附注", reason=Reason.CAPACITY,
    )  # fmt: skip

    root = read(desk.gives_out("PO-1"))

    assert texts(root, "cbc:UBLVersionID | cbc:ID | cbc:IssueDate | cbc:OrderResponseCode | cbc:Note") == [
        "2.1", "PO-1-R1", str(today()), "CA", "CAPACITY: 详见附注",
    ]  # fmt: skip
    assert texts(root, "cac:OrderReference/cbc:ID") == ["PO-1"]
    usual = {"unit": ["C62"], "price": ["1830.00"], "item": ["RV-40E"]}
    own = {"of": ["20"], "unit": ["C62"], "price": ["1900"], "item": ["RV-110E"], "own": ["LT-7700"]}
    assert rows(root) == [
        {"code": ["5"], "of": ["10"], "quantity": ["10"], "day": [str(in_days(30))], **usual},
        {"code": ["3"], "quantity": ["4"], "backorder": ["3"], "day": [str(in_days(31))], "note": ["CAPACITY"], **own},
        {"code": ["1"], "quantity": ["3"], "day": [str(in_days(40))], **own},
        {"code": ["3"], "of": ["30"], "quantity": ["10"], "day": [str(in_days(30))], "note": ["DISCONTINUED"],
         "substitute": ["RV-80E"], **usual},
        {"code": ["7"], "of": ["40"], "note": ["CREDIT"], "item": ["RV-40E"]},
        {"code": ["42"], "of": ["50"], "quantity": ["7"], "note": [f"delivered / 已交付 {in_days(30)}: 7"], **usual},
        {"code": ["1"], "quantity": ["2"], "day": [str(in_days(35))], "unit": ["C62"], "price": ["99.5"], "item": ["HD-25"]},
    ]  # fmt: skip


def test_both_parties_get_the_same_file_with_both_credit_codes(desk: Desk) -> None:
    desk.takes_in(order())
    desk.answers("PO-1", Answer.ACCEPTED)

    given = desk.gives_out("PO-1", email=SUPPLIER)

    assert desk.gives_out("PO-1", email=BUYER) == given
    assert desk.gives_out("PO-1", email="planner@longteng.example") == given
    root = read(given)
    for role, name, code in (("Buyer", LONGTENG, LONGTENG_CODE), ("Seller", GEARWORKS, GEARWORKS_CODE)):
        path = f"*[starts-with(local-name(), '{role}')]/cac:Party/"
        assert texts(root, path + "cac:PartyIdentification/cbc:ID[@schemeID='CN-USCC']") == [code]
        assert texts(root, path + "cac:PartyLegalEntity/cbc:RegistrationName") == [name]


@pytest.mark.parametrize(
    ("answer", "reason", "code", "note"),
    [
        (Answer.ACKNOWLEDGED, None, "AB", []),
        (Answer.ACCEPTED, None, "AP", []),
        (Answer.REJECTED, Reason.MATERIAL, "RE", ["MATERIAL"]),
    ],
)
def test_an_answer_to_the_whole_order_sends_no_lines(desk: Desk, answer, reason, code, note) -> None:
    desk.takes_in(order(line("1"), line("2", sellers="HD-25")))
    desk.answers("PO-1", answer, reason=reason)

    root = read(desk.gives_out("PO-1"))

    assert (texts(root, "cbc:OrderResponseCode"), texts(root, "cbc:Note"), rows(root)) == ([code], note, [])


def test_reasons_of_rejected_lines_stand_in_the_note_where_no_lines_are_sent(desk: Desk) -> None:
    desk.takes_in(order(line("10"), line("20")))
    why = [LineAnswered(LineAnswer.REJECTED, reason=reason) for reason in (Reason.PRICE, Reason.CALENDAR)]
    desk.answers("PO-1", Answer.REJECTED, *why, note="sorry")

    root = read(desk.gives_out("PO-1"))

    assert (texts(root, "cbc:OrderResponseCode"), rows(root)) == (["RE"], [])
    assert texts(root, "cbc:Note") == ["10: PRICE\n20: CALENDAR\nsorry"]


def test_a_second_answer_speaks_of_all_lines_though_only_some_were_open(desk: Desk) -> None:
    desk.takes_in(order(line("1"), line("2"), line("3"), line("4")))
    later = LineAnswered(CHANGED, reason=Reason.CAPACITY, schedules=days((60, 10)))
    extra = LineAnswered(
        LineAnswer.ADDED, substitute_item_id=desk.seated.items["HD-25"], unit_price=D(1), schedules=days((9, 1))
    )
    rejected = LineAnswered(LineAnswer.REJECTED, reason=Reason.CREDIT)
    desk.answers("PO-1", Answer.CHANGED, rejected, ACCEPTED, later, later, extra)
    _decides(desk, {3: Decision.REFUSE, 4: Decision.CANCEL, 5: Decision.REFUSE})
    desk.answers("PO-1", Answer.ACCEPTED)

    root = read(desk.gives_out("PO-1"))

    assert texts(root, "cbc:ID | cbc:OrderResponseCode") == ["PO-1-R2", "CA"]
    assert [(row["of"], row["code"], row.get("note")) for row in rows(root)] == [
        (["1"], ["7"], ["CREDIT"]),
        (["2"], ["5"], None),
        (["3"], ["5"], None),
        (["4"], ["7"], ["cancelled by the buyer / 采购方已取消"]),
    ]


def test_without_an_answer_there_is_nothing_to_give_out(desk: Desk) -> None:
    desk.takes_in(order())

    with pytest.raises(NotAllowedNow, match="order PO-1 has no answer yet; the seller gives it, then export again"):
        desk.gives_out("PO-1")


@pytest.mark.parametrize(
    "email", [RIVAL, "sales@bearing.example", "official@jiangsu.example", "operator@chainmaster.example"]
)
def test_an_outsider_learns_no_more_than_of_a_made_up_number(desk: Desk, email: str) -> None:
    desk.takes_in(order())
    desk.answers("PO-1", Answer.ACCEPTED)
    outward = ids.seal("Order", desk.order("PO-1").id or 0)

    told = {_refusal(desk, name, email) for name in ("PO-1", f"{LONGTENG_CODE}:PO-1", outward, "MADE-UP")}

    assert told == {("NOT_FOUND", "there is nothing here under this id", ("number",))}


def test_an_order_is_named_by_number_by_outward_id_or_with_its_buyers_code(desk: Desk) -> None:
    desk.takes_in(order(number="A:B"))
    desk.answers("A:B", Answer.ACCEPTED)
    given = desk.gives_out("A:B")

    assert desk.gives_out(ids.seal("Order", desk.order("A:B").id or 0)) == given
    assert desk.gives_out(f"{LONGTENG_CODE}:A:B") == given
    with pytest.raises(Invalid, match="say which order"):
        desk.gives_out("")


def test_a_number_two_buyers_use_is_asked_back(desk: Desk) -> None:
    for buyer, email, code in ((GEARWORKS, SUPPLIER, 2), ("", RIVAL, 3)):
        named = party("BuyerCustomerParty", buyer, codes=(("", credit_code(code)),))
        content = order(line(sellers="CRB-100"), number="7", buyer=named, seller=party("SellerSupplierParty", BEARING))
        assert desk.takes_in(content, email=email).complaints == ()

    with pytest.raises(
        Invalid, match=f"2 of your buyers have an order 7; write CODE:7 with one of {credit_code(3)}, {credit_code(2)}"
    ):
        desk.gives_out("7", email="sales@bearing.example")
    with pytest.raises(NotAllowedNow, match="order 7 has no answer yet"):
        desk.gives_out(f"{credit_code(2)}:7", email="sales@bearing.example")


def test_a_substitute_the_buyer_was_never_supplied_with_is_named_to_it(desk: Desk) -> None:
    bearing = "sales@bearing.example"
    named = party("BuyerCustomerParty", BEARING, codes=(("", credit_code(4)),))
    content = order(
        line(sellers="GCR15", unit="KGM"),
        buyer=named,
        seller=party("SellerSupplierParty", "", codes=(("", credit_code(5)),)),
    )
    desk.takes_in(content, email=bearing)
    steel = desk.seated.actors["sales@steel.example"]
    with unit_of_work(steel) as work:
        other = add_item(work, steel, number="GCR18", name="GCr18", unit="KGM")
    given = LineAnswered(CHANGED, reason=Reason.DISCONTINUED, substitute_item_id=other.id)
    desk.answers("PO-1", Answer.CHANGED, given, email="sales@steel.example")

    root = read(desk.gives_out("PO-1", email=bearing))

    assert rows(root)[0]["substitute"] == ["GCR18"]


def test_schedules_of_an_accepted_line_stand_in_one_row(desk: Desk) -> None:
    desk.takes_in(order(line(deliveries=delivery(in_days(5), "4") + delivery(in_days(9), "6"))))
    desk.answers("PO-1", Answer.CHANGED, ACCEPTED)

    (row,) = rows(read(desk.gives_out("PO-1")))

    assert (row["code"], row["quantity"], row["day"]) == (["5"], ["10"], [str(in_days(5)), str(in_days(9))])


def _decides(desk: Desk, decisions: dict[int, Decision]) -> None:
    actor, placed = desk.seated.actors[BUYER], desk.order("PO-1")
    with unit_of_work(actor) as work:
        numbers = {row.number: row.id for row in lines_of_orders(work, actor, [placed.id or 0])}
        response = responses_of_orders(work, actor, [placed.id or 0])[-1]
        decide_on_response(
            work, actor, response_id=response.id, expected_version=placed.version,
            decisions=[LineDecision(numbers[number], decision) for number, decision in decisions.items()],
        )  # fmt: skip


def _refusal(desk: Desk, number: str, email: str) -> tuple[str, str, tuple[str, ...]]:
    with pytest.raises(DomainError) as refused:
        desk.gives_out(number, email=email)
    return refused.value.code, refused.value.en, refused.value.fields
