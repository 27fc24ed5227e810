"""One line of an order read from a file, as the line our verb takes: which item, how much of it, at what price, when."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from collaboration.orders.forms import LineAsked, WantedDay
from exchange.outcome import Report
from exchange.reads import Price
from exchange.ubl.documents import OrderedLine
from exchange.ubl.reading import shown
from exchange.units import factor, over, times, unit_shown
from kernel.quantities import plain

A_LINE_NUMBER = re.compile(r"0{0,20}[1-9]\d{0,5}", re.ASCII)
SELLERS, BUYERS = "LineItem/Item/SellersItemIdentification/ID", "LineItem/Item/BuyersItemIdentification/ID"


@dataclass(frozen=True)
class Shelf:
    """What one seller offers this buyer. own_numbers: the buyer's own number -> ids of the items it means."""

    seller: Any
    by_number: Mapping[str, Any]
    by_id: Mapping[int, Any]
    own_numbers: Mapping[str, set[int]]
    prices: Mapping[int, Price]
    today: date


def item_of(report: Report, place: str, line: OrderedLine, shelf: Shelf) -> Any:
    """The seller's item the line means, or None when it was complained of. A number that leads nowhere is no guess."""
    meant = shelf.own_numbers.get(line.buyers_item_number, set()) if line.buyers_item_number else set()
    if not line.sellers_item_number:
        return _by_buyers_number(report, place, line, shelf, meant)
    item = shelf.by_number.get(line.sellers_item_number)
    if item is None:
        hint = _likely(shelf, line)
        report.complain(
            place, SELLERS,
            f"{shown(line.sellers_item_number)} is no item of {shelf.seller.name} that you are supplied with; {hint[0]}",
            f"{shelf.seller.name} 向贵单位供应的物料中没有 {shown(line.sellers_item_number)}；{hint[1]}",
        )  # fmt: skip
    elif meant and item.id not in meant:
        other = shelf.by_id[min(meant)].number
        report.complain(
            place, BUYERS,
            f"{shown(line.buyers_item_number)} is your number for {other}, but the seller's number given is {item.number}; "
            "correct one of the two",
            f"{shown(line.buyers_item_number)} 是贵单位 {other} 的物料号，而供应方物料号为 {item.number}；请更正其一",
        )  # fmt: skip
        return None
    return item


def _by_buyers_number(report: Report, place: str, line: OrderedLine, shelf: Shelf, meant: set[int]) -> Any:
    number = line.buyers_item_number
    if len(meant) == 1:
        return shelf.by_id[next(iter(meant))]
    if not meant and number in shelf.by_number:
        return shelf.by_number[number]
    hint = _likely(shelf, line)
    if len(meant) > 1:
        several = ", ".join(sorted(shelf.by_id[i].number for i in meant))
        en, zh = (
            f"{shown(number)} is your number for several items: {several}",
            f"{shown(number)} 对应多个物料：{several}",
        )
        hint = (
            "give the seller's number in SellersItemIdentification/ID",
            "请在 SellersItemIdentification/ID 中填写供应方物料号",
        )
    elif number:
        en = f"{shown(number)} is neither your number nor the seller's for an item of {shelf.seller.name}"
        zh = f"{shown(number)} 既不是贵单位也不是 {shelf.seller.name} 的物料号"
    else:
        named = shown(line.item_name or line.standard_item_number)
        en = f"the line gives neither the seller's nor your own item number, only {named}"
        zh = f"该行既没有供应方物料号也没有贵单位物料号，只有 {named}"
    report.complain(place, BUYERS if number else SELLERS, f"{en}; {hint[0]}", f"{zh}；{hint[1]}")
    return None


def _likely(shelf: Shelf, line: OrderedLine) -> tuple[str, str]:
    """What would be right, as far as one can tell."""
    near = [i.number for i in shelf.by_id.values() if line.item_name and line.item_name in (i.name, i.number)]
    sought = (line.sellers_item_number, line.buyers_item_number, line.item_name)
    folded = {number.casefold(): number for number in shelf.by_number}
    near += [folded[m] for text in sought if text for m in get_close_matches(text.casefold(), folded, n=3, cutoff=0.6)]
    near = list(dict.fromkeys(near))[:3] or list(shelf.by_number)[:5]
    if not near:
        return "it offers you nothing yet", "该单位尚未向您供货"
    return f"write one of its numbers, such as {', '.join(near)}", f"请填写其物料号，例如 {'、'.join(near)}"


def asked_line(
    report: Report, place: str, line: OrderedLine, item: Any, *, number: int, shelf: Shelf
) -> LineAsked | None:
    """The line in the item's unit, with a price and days; None when it was complained of. The verb judges the rest."""
    quantities = [day.quantity for day in line.schedules]
    rate = _rate(report, place, line, item)
    price = _price(report, place, line, item, rate=rate, shelf=shelf)
    if rate is None or price is None:
        return None
    try:
        total, parts = times(line.quantity, rate), [times(quantity, rate) for quantity in quantities]
    except ValueError:
        report.complain(
            place, "LineItem/Quantity",
            f"{plain(line.quantity)} {unit_shown(line.unit, 'en')} is no exact quantity in {unit_shown(item.unit, 'en')}, "
            f"the unit of {item.number} (6 decimals); order in {item.unit}",
            f"{plain(line.quantity)} {unit_shown(line.unit, 'zh')} 无法精确换算为 {item.number} 的计量单位 "
            f"{unit_shown(item.unit, 'zh')}（最多 6 位小数）；请按 {item.unit} 订购",
        )  # fmt: skip
        return None
    days = [_wanted_on(report, place, day.wanted_on, item, shelf.today) for day in line.schedules]
    return LineAsked(number, item.id, total, price, [WantedDay(d, q) for d, q in zip(days, parts, strict=True)])


def _rate(report: Report, place: str, line: OrderedLine, item: Any) -> Decimal | None:
    """How many of the item's unit one of the line's is, or None when it was complained of."""
    ours, theirs = (unit_shown(item.unit, "en"), unit_shown(item.unit, "zh")), line.unit
    rate = factor(theirs, item.unit)
    if rate is None:
        report.complain(
            place, "LineItem/Quantity/@unitCode",
            f"{item.number} is ordered in {ours[0]}, the line says {unit_shown(theirs, 'en')}, and no exact number leads "
            f"from one to the other; state quantity and price in {item.unit}",
            f"{item.number} 的计量单位为 {ours[1]}，该行为 {unit_shown(theirs, 'zh')}，两者无法精确换算；"
            f"请按 {item.unit} 填写数量和价格",
        )  # fmt: skip
    elif theirs != item.unit:
        same = "counts the same as" if rate == 1 else f"is {plain(rate)}"
        report.remark(
            place, f"{unit_shown(theirs, 'en')} {same} {ours[0]}, the item's unit",
            f"{unit_shown(theirs, 'zh')} 按物料计量单位 {ours[1]} 计（1 : {plain(rate)}）",
        )  # fmt: skip
    return rate


def _price(
    report: Report, place: str, line: OrderedLine, item: Any, *, rate: Decimal | None, shelf: Shelf
) -> Decimal | None:
    if line.unit_price is None:
        return _agreed_price(report, place, line, item, shelf)
    if rate is None:
        return None
    try:
        return over(line.unit_price, rate)
    except ValueError:
        report.complain(
            place, "LineItem/Price/PriceAmount",
            f"{plain(line.unit_price)} per {unit_shown(line.unit, 'en')} is no exact price per {unit_shown(item.unit, 'en')} "
            f"(6 decimals); state it per {item.unit}",
            f"每 {unit_shown(line.unit, 'zh')} {plain(line.unit_price)} 无法精确换算为每 {unit_shown(item.unit, 'zh')} 的价格"
            f"（最多 6 位小数）；请按 {item.unit} 报价",
        )  # fmt: skip
        return None


def _agreed_price(report: Report, place: str, line: OrderedLine, item: Any, shelf: Shelf) -> Decimal | None:
    agreed = shelf.prices.get(item.id)
    if agreed is None or agreed.unit != item.unit:
        report.complain(
            place, "LineItem/Price/PriceAmount",
            f"no price is given, and none was agreed for {item.number} in {line.currency} yet; give PriceAmount",
            f"没有填写价格，且 {item.number} 尚无以 {line.currency} 约定的价格；请填写 PriceAmount",
        )  # fmt: skip
        return None
    said = f"{plain(agreed.amount)} {line.currency}"
    report.remark(
        place, f"no price given; {said} for {item.number} as agreed in order {agreed.order_number}",
        f"未填写价格；{item.number} 按订单 {agreed.order_number} 约定的 {said}",
    )  # fmt: skip
    return agreed.amount


def _wanted_on(report: Report, place: str, given: date | None, item: Any, today: date) -> date:
    if given is not None:
        return given
    day = today + timedelta(days=item.lead_time_days)
    report.remark(
        place, f"no day given; wanted on {day}, today and the lead time of {item.number}, {item.lead_time_days} days",
        f"未填写交期；按今天加 {item.number} 的交货周期 {item.lead_time_days} 天，即 {day}",
    )  # fmt: skip
    return day


def line_numbers(report: Report, lines: Sequence[OrderedLine]) -> list[int]:
    """The file's own numbers where all are whole, 1 to 999999 and different; else all lines are numbered anew."""
    own = [int(line.number) if A_LINE_NUMBER.fullmatch(line.number) else 0 for line in lines]
    if 0 not in own and len(set(own)) == len(own):
        for number, line in zip(own, lines, strict=True):
            if str(number) != line.number:
                report.remark(f"OrderLine {shown(line.number)}", "leading zeros are not kept", "行号的前导零不保留")
        return own
    report.remark(
        "OrderLine, LineItem/ID",
        "not all line numbers are different whole numbers from 1 to 999999; the lines are numbered 1, 2, 3 .. in the order "
        "of the file, the answer names them so, and the note keeps the file's own",
        "并非所有行号都是 1 至 999999 且互不相同的整数；已按文件顺序重新编号为 1、2、3……，答复将使用新行号，原行号记入备注",
    )
    return list(range(1, len(lines) + 1))
