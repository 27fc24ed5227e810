"""Take a UBL order in: read it, find out what it means here, and place it through the same verb as pages and API."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from collaboration.orders.asking import check_line
from collaboration.orders.forms import LineAsked
from collaboration.orders.verbs import MOST_LINES, place_order
from exchange import reads
from exchange.order_rows import Shelf, asked_line, item_of, line_numbers
from exchange.outcome import Outcome, Report, Told, left_out_told, said
from exchange.parties import SELLER, check_buyer, seller_of
from exchange.ubl.documents import OrderDocument, OrderedLine
from exchange.ubl.read_order import read_order
from exchange.ubl.reading import shown
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import DomainError, NotAllowedNow, Rule
from kernel.quantities import ZERO, plain
from kernel.work import UnitOfWork

TAKEN_TYPES = ("", "220", "105")
OTHER_TYPES = {"221": "blanket order", "226": "call-off", "227": "consignment order", "230": "order change"}
MOST_NOTE = 4000
MOST_SHOWN = 50
NOT_IN_A_NOTE = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]")


@dataclass(frozen=True)
class Row:
    """A line that can be placed, beside where it stands in the file."""

    place: str
    line: OrderedLine
    item: Any
    asked: LineAsked


class _Faulty(Exception):
    """Undoes an order placed only to learn what else is wrong with it."""


def import_ubl_order(work: UnitOfWork, actor: Actor, content: bytes) -> Outcome:
    """Place the order in a UBL file, or say everything that is wrong with it. Raises NotAllowedNow."""
    require(actor, Role.BUYER)
    if actor.party_id is None:
        raise NotAllowedNow(
            "you act for no firm, and only a firm places orders; ask the operator to enter you under one",
            "您未代表任何单位，只有单位才能下订单；请联系平台运营人员将您登记到单位名下",
            rule=Rule("duty.firm", "平台运营人员登记所属单位", "the operator, by entering your firm"),
        )
    document, faults = read_order(content)
    if document is None:
        return Outcome(complaints=tuple(said(fault) for fault in faults))
    report = Report()
    own, partners = reads.own_firm_and_partners(work, actor)
    _check_header(report, document)
    check_buyer(report, document.buyer, own, partners)
    if len(document.lines) > MOST_LINES:
        return report.refused()
    lines = document.lines
    numbers = {n for line in lines for n in (line.sellers_item_number, line.buyers_item_number) if n}
    items, meant = reads.items_to_order(work, actor, numbers)
    sources = [_sources(line, items, meant) for line in lines]
    seller = seller_of(report, document.seller, own, partners, sources)
    if seller is None:
        _tell_unknown_items(report, lines, sources)
        return report.refused()
    shelf = _shelf(work, actor, document, seller, meant, [item.id for item in items if item.firm_id == seller.id])
    numbered = line_numbers(report, lines)
    note = _note(report, document, numbered)
    rows = _rows(report, lines, numbered, shelf)
    placed = _place(work, actor, report, document, seller, rows, note)
    if placed is None or report.faulty:
        return report.refused()
    return Outcome(tuple(_told(report, document, seller, rows)), subject=("Order", placed))


def _check_header(report: Report, document: OrderDocument) -> None:
    code = document.type_code
    if code not in TAKEN_TYPES:
        what = f" ({OTHER_TYPES[code]})" if code in OTHER_TYPES else ""
        report.complain(
            "Order", "OrderTypeCode",
            f"type {shown(code)}{what} is not taken in; 220 (order), 105 (purchase order) or no code is",
            f"不接受类型 {shown(code)}；只接受 220（订单）、105（采购订单）或不填",
        )  # fmt: skip
    if document.currency_from != "DocumentCurrencyCode":
        where = document.currency_from
        report.remark("Order", f"currency {document.currency}, from {where}", f"货币 {document.currency}，取自 {where}")
    if len(document.lines) > MOST_LINES:
        report.complain(
            "Order", "OrderLine",
            f"the order has {len(document.lines)} lines, at most {MOST_LINES} are taken: split it",
            f"订单有 {len(document.lines)} 行，最多 {MOST_LINES} 行；请拆分订单",
        )  # fmt: skip


def _sources(line: OrderedLine, items: Sequence[Any], meant: Mapping[tuple[int, str], set[int]]) -> set[int]:
    """The partners one of whose items the line can mean."""
    if line.sellers_item_number:
        return {item.firm_id for item in items if item.number == line.sellers_item_number}
    own = {firm_id for firm_id, number in meant if number == line.buyers_item_number}
    return own or {item.firm_id for item in items if line.buyers_item_number and item.number == line.buyers_item_number}


def _tell_unknown_items(report: Report, lines: Sequence[OrderedLine], sources: Sequence[set[int]]) -> None:
    for place, (line, found) in enumerate(zip(lines, sources, strict=True), start=1):
        if not found:
            number = line.sellers_item_number or line.buyers_item_number or line.item_name or line.standard_item_number
            report.complain(
                f"OrderLine {place}", "LineItem/Item",
                f"{shown(number)} is the number of no item that any partner supplies you with",
                f"没有任何合作单位向贵单位供应物料号为 {shown(number)} 的物料",
            )  # fmt: skip


def _shelf(
    work: UnitOfWork, actor: Actor, document: OrderDocument, seller: Any,
    meant: Mapping[tuple[int, str], set[int]], found: Sequence[int],
) -> Shelf:  # fmt: skip
    offered = reads.range_of(work, actor, seller.id)
    priced = all(line.unit_price is not None for line in document.lines)
    prices = {} if priced else reads.agreed_prices(
        work, actor, seller_id=seller.id, currency=document.currency, item_ids=found
    )  # fmt: skip
    return Shelf(
        seller=seller,
        by_number={item.number: item for item in offered},
        by_id={item.id: item for item in offered},
        own_numbers={number: found for (firm_id, number), found in meant.items() if firm_id == seller.id},
        prices=prices,
        today=today_of(work.now),
    )


def _note(report: Report, document: OrderDocument, numbers: Sequence[int]) -> str:
    """The order's note; notes of lines, which have none here, stand in it with their line's number."""
    paired = list(zip(numbers, document.lines, strict=False))
    renumbered = any(line.number.lstrip("0") != str(number) for number, line in paired)
    own = [f"行号 / line numbers: {', '.join(f'{n} = {line.number}' for n, line in paired)}"] if renumbered else []
    of_lines = [f"行 / line {number}: {line.note}" for number, line in paired if line.note]
    written = unicodedata.normalize("NFC", "\n".join([document.note, *own, *of_lines]).strip())
    note = NOT_IN_A_NOTE.sub(" ", written.replace("\r\n", "\n"))
    if len(note) > MOST_NOTE:
        report.complain(
            "Order", "Note",
            f"the notes of order and lines come to {len(note)} characters, at most {MOST_NOTE} are kept: shorten them",
            f"订单及各行备注合计 {len(note)} 个字符，最多 {MOST_NOTE} 个；请缩短",
        )  # fmt: skip
    return note[:MOST_NOTE]


def _rows(report: Report, lines: Sequence[OrderedLine], numbers: Sequence[int], shelf: Shelf) -> list[Row]:
    rows = []
    for position, (line, number) in enumerate(zip(lines, numbers, strict=True), start=1):
        place = f"OrderLine {position}"
        item = item_of(report, place, line, shelf)
        asked = None if item is None else asked_line(report, place, line, item, number=number, shelf=shelf)
        if asked is None:
            continue
        row = Row(place, line, item, asked)
        try:
            check_line(asked, "line", shelf.today)
        except DomainError as refused:
            _map(report, refused, [row], document_field={})
        else:
            rows.append(row)
    return rows


def _place(
    work: UnitOfWork, actor: Actor, report: Report, document: OrderDocument, seller: Any, rows: Sequence[Row], note: str
) -> int | None:
    """The new order's row number. Nothing stays of one with a complaint; it is tried all the same, for what else is wrong."""
    try:
        with work.savepoint():
            placed = place_order(
                work, actor, seller_id=seller.id, number=document.number, currency=document.currency, note=note,
                lines=[row.asked for row in rows],
            )  # fmt: skip
            if report.faulty:
                raise _Faulty
            return placed.id
    except _Faulty:
        return None
    except NotAllowedNow:
        raise
    except DomainError as refused:
        if not (report.faulty and refused.fields == ("lines",)):  # its lines were told one by one
            _map(report, refused, rows, document_field=_header_fields(document))
        return None


def _header_fields(document: OrderDocument) -> dict[str, str]:
    return {
        "number": "ID", "currency": document.currency_from, "sellerId": f"{SELLER}/Party", "lines": "OrderLine", "note": "Note",
    }  # fmt: skip


def _map(report: Report, refused: DomainError, rows: Sequence[Row], *, document_field: Mapping[str, str]) -> None:
    """Tell a refusal of the verb in the words of the file: ``lines.2.schedules.0.wantedOn`` is nothing a sender knows."""
    for path in refused.fields or ("",):
        found = re.fullmatch(r"(?:lines\.(\d+)|line)\.(.*)", path)
        if found is None:
            place, element = "Order", document_field.get(path, "")
        else:
            row = rows[int(found[1] or 0)]
            place, element = row.place, _line_field(row.line, found[2])
            if not element.startswith("LineItem"):
                place = "Order"
        # Only a path with a dot is one for certain: "number" is also a word of the sentence.
        en, zh = (text.replace(path, element) if "." in path else text for text in (refused.en, refused.zh))
        report.complain(place, element, en, zh)


def _line_field(line: OrderedLine, path: str) -> str:
    day = re.fullmatch(r"schedules\.(\d+)\.wantedOn", path)
    if day is not None:
        return line.schedules[int(day[1])].wanted_from.removeprefix("OrderLine/") or "LineItem/Delivery"
    return {
        "number": "LineItem/ID", "itemId": "LineItem/Item", "quantity": "LineItem/Quantity",
        "unitPrice": "LineItem/Price/PriceAmount", "schedules": "LineItem/Delivery",
    }.get(path, "LineItem/Delivery/Quantity")  # fmt: skip


def _told(report: Report, document: OrderDocument, seller: Any, rows: Sequence[Row]) -> list[str]:
    total = sum((row.asked.quantity * row.asked.unit_price for row in rows), ZERO)
    amount = f"{_short(round(total, 6))} {document.currency}"
    told: list[str] = [
        Told(
            f"order {document.number} to {seller.name}: {len(rows)} line(s), total {amount}",
            f"向 {seller.name} 下达订单 {document.number}：共 {len(rows)} 行，合计 {amount}",
        )
    ]
    told += [_row_shown(row, document.currency) for row in rows[:MOST_SHOWN]]
    if (more := len(rows) - MOST_SHOWN) > 0:
        told.append(Told(f"  {more} more lines", f"  另有 {more} 行", f"  {more} more lines / 另有 {more} 行"))
    told += report.remarks()
    return [*told, left_out_told(_not_taken_over(document))]


def _not_taken_over(document: OrderDocument) -> list[str]:
    """What was never read, and what was read and has no place in an order here."""
    read = {"IssueDate"}
    if any(line.standard_item_number for line in document.lines):
        read.add("OrderLine/LineItem/Item/StandardItemIdentification")
    return sorted(read.union(document.left_out))


def _row_shown(row: Row, currency: str) -> str:
    asked = row.asked
    days = ", ".join(f"{day.wanted_on}: {_short(day.quantity)}" for day in asked.schedules)
    price = f"{_short(asked.unit_price)} {currency}"
    return f"  {asked.number}  {row.item.number}  {_short(asked.quantity)} {row.item.unit} × {price}  {days}"


def _short(amount: Decimal) -> str:
    return plain(amount.normalize())
