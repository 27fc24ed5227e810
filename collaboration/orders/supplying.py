"""A new order as its supplier delivers: said in the item's unit, from the minimum on, in the multiple, of items still made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from chain.items.decisions import (
    Ratio,
    deliverable,
    nearest,
    price_per_item_unit,
    to_buyer_unit,
    to_item_unit,
)
from chain.items.reads import in_force_between, items_by_id
from collaboration.orders.forms import LineAsked, WantedDay
from kernel.access import Actor
from kernel.clock import today_of
from kernel.errors import Invalid, Rule
from kernel.quantities import plain
from kernel.work import UnitOfWork

RETIRED = Rule("item.retired", "生产企业另行提供物料", "the maker, by offering another item")
TERMS = Rule("cross_reference.terms", "供需双方修改物料对照", "either firm, by stating other terms for the item")


@dataclass(frozen=True)
class Supplied:
    """The items a new order may name, and the cross-references in force for its buyer today, by item."""

    items: Mapping[int, Any]
    references: Mapping[int, Any]


def supplied(work: UnitOfWork, actor: Actor, lines: Sequence[LineAsked]) -> Supplied:
    wanted = {line.item_id for line in lines}
    items = {item.id: item for item in items_by_id(work, actor, wanted)}
    on = today_of(work.now)
    return Supplied(items, in_force_between(work, actor, buyer_id=actor.party_id or 0, item_ids=wanted, on=on))


def in_item_units(lines: Sequence[LineAsked], by: Supplied) -> list[LineAsked]:
    """Every line in the item's unit, quantities and price alike, to the digit. Raises Invalid naming the field."""
    return [_in_item_unit(line, by, f"lines.{n}") for n, line in enumerate(lines)]


def _in_item_unit(line: LineAsked, by: Supplied, place: str) -> LineAsked:
    item, reference = by.items.get(line.item_id), by.references.get(line.item_id)
    if line.unit is None or item is None or line.unit == item.unit:
        return line
    if reference is None or reference.buyer_unit != line.unit:
        known = [item.unit] if reference is None else sorted({item.unit, reference.buyer_unit})
        raise Invalid(
            f"{place}.unit", f"{item.number} is ordered in {' or '.join(known)}, not in {line.unit[:3]}",
            f"{item.number} 应按 {'或'.join(known)} 订购，不能按 {line.unit[:3]}", rule=TERMS,
        )  # fmt: skip
    ratio = Ratio(reference.buyer_units, reference.item_units)
    quantity = _converted(line.quantity, ratio, item, line.unit, f"{place}.quantity")
    days = [
        WantedDay(day.wanted_on, _converted(day.quantity, ratio, item, line.unit, f"{place}.schedules.{n}.quantity"))
        for n, day in enumerate(line.schedules)
    ]
    try:
        price = price_per_item_unit(line.unit_price, ratio)
    except ValueError:
        raise Invalid(
            f"{place}.unitPrice",
            f"{plain(line.unit_price)} per {line.unit} is no exact price per {item.unit} (6 decimals); state it per {item.unit}",
            f"每 {line.unit} {plain(line.unit_price)} 无法精确换算为每 {item.unit} 的价格（最多 6 位小数）；请按 {item.unit} 报价",
        ) from None
    return replace(line, quantity=quantity, unit_price=price, schedules=days, unit=item.unit)


def _converted(quantity: Decimal, ratio: Ratio, item: Any, unit: str, field: str) -> Decimal:
    try:
        return to_item_unit(quantity, ratio)
    except ValueError:
        raise Invalid(
            field,
            f"{plain(quantity)} {unit} is no exact quantity in {item.unit} ({ratio.buyer_units} {unit} are "
            f"{ratio.item_units} {item.unit}, 6 decimals); order a multiple, or in {item.unit}",
            f"{plain(quantity)} {unit} 无法精确换算为 {item.unit}（{ratio.buyer_units} {unit} = {ratio.item_units} {item.unit}，"
            f"最多 6 位小数）；请改为整倍数量，或按 {item.unit} 订购",
        ) from None


def check_supplied(
    asked: Sequence[LineAsked], lines: Sequence[LineAsked], by: Supplied, *, at: Sequence[int] | None = None
) -> None:
    """No retired item, no less than its minimum, nothing between its multiples. Raises Invalid saying what would be right.

    asked: the lines as they were said, for the answer speaks in the unit of the question; lines: in the item's unit;
    at: where each stands among the lines of the input, in their order unless said.
    """
    for n, said, line in zip(range(len(lines)) if at is None else at, asked, lines, strict=True):
        item, reference = by.items[line.item_id], by.references.get(line.item_id)
        if item.retired_on is not None:
            raise Invalid(
                f"lines.{n}.itemId", f"{item.number} is out of its maker's range since {item.retired_on}",
                f"{item.number} 已于 {item.retired_on} 停用，不能再订购", rule=RETIRED,
            )  # fmt: skip
        if reference is not None and not deliverable(line.quantity, reference.minimum, reference.multiple):
            raise _not_delivered(f"lines.{n}.quantity", said, line, item, reference)


def _not_delivered(field: str, said: LineAsked, line: LineAsked, item: Any, reference: Any) -> Invalid:
    right = [
        _said(q, said, item, reference) for q in nearest(line.quantity, reference.minimum, reference.multiple) if q
    ]
    terms_en, terms_zh = [], []
    if reference.minimum is not None:
        terms_en.append(f"at least {plain(reference.minimum)} {item.unit}")
        terms_zh.append(f"至少 {plain(reference.minimum)} {item.unit}")
    if reference.multiple is not None:
        terms_en.append(f"in multiples of {plain(reference.multiple)} {item.unit}")
        terms_zh.append(f"按 {plain(reference.multiple)} {item.unit} 的整倍数")
    return Invalid(
        field, f"{item.number} is delivered {', '.join(terms_en)}; {' or '.join(right)} would be right",
        f"{item.number} 的供货条件为{'、'.join(terms_zh)}；可改为 {' 或 '.join(right)}", rule=TERMS,
    )  # fmt: skip


def _said(quantity: Decimal, said: LineAsked, item: Any, reference: Any) -> str:
    """A quantity in the unit the line was asked in, where that comes out."""
    if said.unit in (None, item.unit):
        return f"{plain(quantity)} {item.unit}"
    try:
        return f"{plain(to_buyer_unit(quantity, Ratio(reference.buyer_units, reference.item_units)))} {said.unit}"
    except ValueError:
        return f"{plain(quantity)} {item.unit}"
