"""The seller's answers of Peppol's guide, as UBL that validates."""

from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from exchange.ubl import write_response, writing
from exchange.ubl.documents import PartyNamed
from exchange.ubl.responses import HeaderCode, LineCode, PromisedSchedule, ResponseDocument, ResponseLine
from exchange.ubl.validate import validate_ubl
from exchange.ubl.write_response import write_order_response

SELLER = PartyNamed("苏州精齿传动", (("CN-USCC", "91320500EXAMPLE02X"), ("", "GEARWORKS")))
BUYER = PartyNamed("龙腾智能装备")
NS = {"cac": writing.CAC, "cbc": writing.CBC}


def answer(code, *lines, **more):
    return ResponseDocument(
        "R-1", date(2026, 11, 25), "LT-1", SELLER, BUYER, "CNY", code, date(2026, 11, 24), lines=lines, **more
    )


def written(response):
    content = write_order_response(response)
    assert validate_ubl(content) == []
    return etree.fromstring(content)


def texts(root, path):
    return [element.text for element in root.findall(path, NS)]


def rows(root):
    """Per written line: id, code, quantity, backorder, first and last day, order line."""
    item, period = "cac:LineItem/", "cac:LineItem/cac:Delivery/cac:PromisedDeliveryPeriod/"
    paths = (
        f"{item}cbc:ID", f"{item}cbc:LineStatusCode", f"{item}cbc:Quantity", f"{item}cbc:MaximumBackorderQuantity",
        f"{period}cbc:StartDate", f"{period}cbc:EndDate", "cac:OrderLineReference/cbc:LineID",
    )  # fmt: skip
    return [tuple(line.findtext(path, None, NS) for path in paths) for line in root.findall("cac:OrderLine", NS)]


def test_an_order_of_30_answered_over_two_dates_becomes_two_lines_of_one_order_line():
    schedules = (
        PromisedSchedule(date(2027, 7, 15), Decimal(18)),
        PromisedSchedule(date(2027, 8, 15), Decimal(12)),
    )

    root = written(
        answer(
            HeaderCode.CHANGED,
            ResponseLine(LineCode.ACCEPTED, "3"),
            ResponseLine(LineCode.CHANGED, "4", quantity=Decimal(30), unit="EA", schedules=schedules),
        )
    )

    assert rows(root) == [
        ("1", "5", None, None, None, None, "3"),
        ("2", "3", "18", None, "2027-07-15", "2027-07-15", "4"),
        ("2.2", "1", "12", None, "2027-08-15", "2027-08-15", "4"),
    ]


@pytest.mark.parametrize("later", ["3", "0"])
def test_an_order_of_6_answered_with_2_on_a_day_and_a_backorder(later):
    line = ResponseLine(
        LineCode.CHANGED,
        "1",
        quantity=Decimal(2),
        unit="C62",
        maximum_backorder=Decimal(later),
        schedules=(PromisedSchedule(date(2027, 7, 5), Decimal(2)),),
    )

    root = written(answer(HeaderCode.CHANGED, line))

    assert rows(root) == [("1", "3", "2", later, "2027-07-05", "2027-07-05", "1")]


def test_an_item_replaced_whole_is_a_substitute_and_in_part_an_added_line():
    whole = ResponseLine(
        LineCode.CHANGED, "1", "Wet tissues", sellers_item_number="S-11",
        substitute_number="S-12", substitute_name="Wet tissues, large",
    )  # fmt: skip
    part = ResponseLine(LineCode.ADDED, "2", "Dry tissues", quantity=Decimal(5), unit="EA")

    root = written(answer(HeaderCode.CHANGED, whole, part))

    substitute = "cac:OrderLine/cac:SellerSubstitutedLineItem/"
    assert texts(root, f"{substitute}cac:Item/cac:SellersItemIdentification/cbc:ID") == ["S-12"]
    assert texts(root, f"{substitute}cac:Item/cbc:Name") == ["Wet tissues, large"]
    assert texts(root, "cac:OrderLine/cac:LineItem/cac:Item/cbc:Name") == ["Wet tissues", "Dry tissues"]
    assert [row[1] for row in rows(root)] == ["3", "1"]


def test_an_accepted_line_is_not_split_into_added_ones():
    days = (PromisedSchedule(date(2027, 7, 1), Decimal(2)), PromisedSchedule(date(2027, 7, 5), Decimal(1)))
    line = ResponseLine(LineCode.ACCEPTED, "2", quantity=Decimal(3), unit="EA", schedules=days)

    root = written(answer(HeaderCode.CHANGED, line))

    assert [row[:3] for row in rows(root)] == [("1", "5", "3")]
    assert texts(root, "cac:OrderLine/cac:LineItem/cac:Delivery/cbc:Quantity") == ["2", "1"]


@pytest.mark.parametrize("code", [HeaderCode.RECEIVED, HeaderCode.ACCEPTED, HeaderCode.REJECTED])
def test_an_answer_to_the_whole_order_has_no_lines(code):
    root = written(answer(code, reason="CAPACITY", note="产能不足"))

    assert rows(root) == []
    assert texts(root, "cbc:OrderResponseCode") == [code.value]
    assert texts(root, "cbc:Note") == ["CAPACITY: 产能不足"]
    assert texts(root, "cac:OrderReference/cbc:ID") == ["LT-1"]
    assert texts(root, "cac:OrderReference/cbc:IssueDate") == ["2026-11-24"]


def test_ubl_2_3_is_written_only_where_an_order_change_is_answered():
    plain, change = answer(HeaderCode.ACCEPTED), answer(HeaderCode.ACCEPTED, order_change_number="C-1")

    assert texts(written(plain), "cbc:UBLVersionID") == ["2.1"]
    assert texts(written(change), "cbc:UBLVersionID") == ["2.3"]
    assert texts(written(change), "cac:OrderChangeDocumentReference/cbc:ID") == ["C-1"]


def test_the_same_answer_gives_the_same_bytes():
    assert write_order_response(answer(HeaderCode.ACCEPTED)) == write_order_response(answer(HeaderCode.ACCEPTED))


def test_a_result_that_does_not_validate_is_a_bug_and_never_leaves(monkeypatch):
    monkeypatch.setattr(write_response, "write_day", lambda delivery, name, day: delivery.set("wrong", "1"))
    line = ResponseLine(
        LineCode.CHANGED, "1", quantity=Decimal(2), unit="C62",
        schedules=(PromisedSchedule(date(2027, 7, 5), Decimal(2)),),
    )  # fmt: skip

    with pytest.raises(AssertionError, match="the OrderResponse written is not valid UBL"):
        write_order_response(answer(HeaderCode.CHANGED, line))


@pytest.mark.parametrize(
    "line",
    [
        {"code": LineCode.CHANGED, "line_number": ""},
        {"code": LineCode.CHANGED, "quantity": Decimal(0), "unit": "EA"},
        {"code": LineCode.CHANGED, "quantity": Decimal("NaN"), "unit": "EA"},
        {"code": LineCode.CHANGED, "quantity": Decimal(1)},
        {"code": LineCode.CHANGED, "unit": "EA"},
        {"code": LineCode.CHANGED, "unit_price": Decimal(-1)},
        {"code": LineCode.CHANGED, "maximum_backorder": Decimal(1)},
        {"code": LineCode.CHANGED, "quantity": Decimal(3), "unit": "EA",
         "schedules": (PromisedSchedule(date(2027, 1, 1), Decimal(2)),)},
        {"code": LineCode.CHANGED, "reason": "a\x00b"},
        {"code": LineCode.ADDED},
        {"code": LineCode.ACCEPTED, "substitute_number": "S"},
        {"code": LineCode.NOT_ACCEPTED, "quantity": Decimal(1), "unit": "EA"},
        {"code": LineCode.ALREADY_DELIVERED, "quantity": Decimal(2), "unit": "EA",
         "schedules": (PromisedSchedule(date(2027, 1, 1), Decimal(2)),)},
    ],
)  # fmt: skip
def test_a_line_that_means_nothing_cannot_be_made(line):
    with pytest.raises(ValueError):
        ResponseLine(**{"line_number": "1", **line})


def test_an_answer_that_means_nothing_cannot_be_made():
    line = ResponseLine(LineCode.ACCEPTED, "1")
    for code, lines in ((HeaderCode.ACCEPTED, [line]), (HeaderCode.CHANGED, []), (HeaderCode.CHANGED, [line, line])):
        with pytest.raises(ValueError):
            answer(code, *lines)
