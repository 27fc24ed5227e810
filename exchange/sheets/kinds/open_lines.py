"""Lines a seller owes an answer to: given out, filled in with days, amounts and reasons, and taken in again as answers.

A row is one day of one line. An order is answered whole, at the version its rows were given out with, by itself: what is
refused of one order stops no other (decision 0041).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from collaboration.answer_batches.verbs import MOST_ORDERS, answer_orders
from collaboration.orders.lifecycle import OrderState
from collaboration.orders.tables import Order, Reason
from collaboration.orders.visibility import orders_visible_to
from exchange.sheets import reads
from exchange.sheets.columns import Choice, Column, Holds
from exchange.sheets.judging import Action, Judged, Kind
from exchange.sheets.kinds.answering import Sold, answers_of, asked_days, is_said, judge_order, sold_orders
from exchange.sheets.kinds.partners import BUYER
from exchange.sheets.kinds.parts import UNIT, note_given
from exchange.sheets.tables import SheetKind
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.work import UnitOfWork

AT_ONCE = 200
ANSWERS = (
    Choice("ACCEPTED", ("接受", "accept", "accepted", "确认")), Choice("CHANGED", ("修改", "change", "changed", "变更")),
    Choice("REJECTED", ("拒绝", "reject", "rejected", "不接受")),
)  # fmt: skip
REASON_WORDS = {
    Reason.CAPACITY: "产能", Reason.MATERIAL: "材料", Reason.PRICE: "价格", Reason.SPECIFICATION: "规格",
    Reason.MINIMUM_QUANTITY: "起订量", Reason.CALENDAR: "日历", Reason.CREDIT: "信用", Reason.DISCONTINUED: "停产",
    Reason.TRANSPORT: "运输", Reason.OTHER: "其他",
}  # fmt: skip
REASONS = tuple(
    Choice(reason.name, (REASON_WORDS[reason], reason.value.replace("_", " "), reason.value)) for reason in Reason
)
GIVEN = "由采购方填写，请勿改动"
GIVEN_EN = "As the buyer asks; leave it"
COLUMNS = (
    Column(BUYER.field, BUYER.zh, BUYER.en, Holds.CODE, BUYER.example, GIVEN, GIVEN_EN, key=True, fold=True, also=BUYER.also),
    Column("order_number", "订单号", "Order number", Holds.CODE, "PO-2026-001", GIVEN, GIVEN_EN, key=True, also=("订单编号",)),
    Column("line", "行号", "Line", Holds.WHOLE, "1", GIVEN, GIVEN_EN, key=True),
    Column("day", "交期序号", "Day number", Holds.WHOLE, "1", "同一行拆分多个交期时续编序号", "Go on counting to split a line over more days", key=True),
    Column("version", "订单版本", "Order version", Holds.WHOLE, "1", "导出时的版本；订单变更后须重新导出", "As it was given out; take the sheet out anew once the order has changed", new=True),
    Column("item_number", "供应方物料号", "Supplier's item number", Holds.CODE, "RV-40E", GIVEN, GIVEN_EN),
    Column("item_name", "物料名称", "Item name", Holds.TEXT, "RV-40E 精密减速机", GIVEN, GIVEN_EN),
    Column("wanted_on", "要求日期", "Wanted on", Holds.DAY, "2027-01-20", GIVEN, GIVEN_EN),
    Column("quantity", "要求数量", "Wanted quantity", Holds.DECIMAL, "10", GIVEN, GIVEN_EN),
    Column("unit", UNIT.zh, UNIT.en, Holds.CHOICE, UNIT.example, GIVEN, GIVEN_EN, choices=UNIT.choices, any_code=True),
    Column("unit_price", "要求单价", "Wanted unit price", Holds.DECIMAL, "1200.50", GIVEN, GIVEN_EN),
    Column("answer", "答复", "Answer", Holds.CHOICE, "接受", "接受、修改或拒绝；只填后面各列即为修改，都不填即未答复",
           "Accept, change or reject; filled columns after it mean change, none means no answer yet", choices=ANSWERS),
    Column("promised_on", "承诺日期", "Promised on", Holds.DAY, "2027-01-22", "不填即按要求日期", "As wanted when empty", also=("答复交期", "交期")),
    Column("promised_quantity", "承诺数量", "Promised quantity", Holds.DECIMAL, "10", "不填即按要求数量", "As wanted when empty"),
    Column("promised_price", "承诺单价", "Promised unit price", Holds.DECIMAL, "1200.50", "不填即按要求单价", "As wanted when empty"),
    Column("reason", "原因", "Reason", Holds.CHOICE, "产能", "拒绝时必填", "Needed to reject", choices=REASONS),
)  # fmt: skip


def judge(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    """By itself a row only says what it is about: two that say the same are refused before any is looked at."""
    for judged in rows:
        v = judged.values
        judged.key = (_plain(v["buyer"]), v["order_number"], v["line"], v["day"])
        judged.action = Action.UPDATE if is_said(judged) else Action.UNCHANGED


def _plain(code: str) -> str:
    return code.replace(" ", "").upper()


def whole(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    """Order by order: what is answered of it is whole, and said of the order as it stands."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for judged in rows:
        named = judged.values.get("buyer"), judged.values.get("order_number")
        if named[0] and named[1]:
            groups.setdefault((_plain(named[0]), named[1]), []).append(judged)
    speaking = {named: own for named, own in groups.items() if any(map(is_said, own))}
    sold = sold_orders(work, actor, speaking)
    today = today_of(work.now)
    for named, own in speaking.items():
        judge_order(own, sold.get(named), named, today)


def write(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> None:
    """Hand the answers over, so many orders at once: each is given in a transaction of its own."""
    answers = answers_of([judged for judged in rows if judged.plan is not None])
    for begin in range(0, len(answers), MOST_ORDERS):
        answer_orders(work, actor, answers=answers[begin : begin + MOST_ORDERS])


def stamp(work: UnitOfWork, actor: Actor) -> Any:
    """Nothing is written by what was judged: each order's version is looked at when its answer is given."""
    return None


def rows(work: UnitOfWork, actor: Actor) -> Iterator[Mapping[str, Any]]:
    """A row for each day of each line that waits for the actor's firm to answer."""
    waiting = orders_visible_to(actor).where(
        col(Order.seller_id) == actor.party_id, col(Order.open_amendment).is_(None),
        col(Order.state).in_((OrderState.PLACED, OrderState.ACKNOWLEDGED)),
    )  # fmt: skip
    codes = {firm.id: firm.code for firm in reads.in_portions(work, firms_visible_to(actor), Firm)}
    mine = items_visible_to(actor).where(col(Item.firm_id) == actor.party_id)
    items = {item.id: item for item in reads.in_portions(work, mine, Item)}
    about: Counter[int] = Counter()
    listed = iter(reads.in_portions(work, waiting, Order))
    while some := list(islice(listed, AT_ONCE)):
        sold = Sold.of(work, actor, some)
        for order, line, day in ((o, line, day) for o in some for line, day in asked_days(sold[o.id])):
            item = items.get(line.item_id)
            about[order.buyer_id] += 1
            yield {
                "buyer": codes.get(order.buyer_id), "order_number": order.number, "line": line.number, "day": day.number,
                "version": order.version, "item_number": getattr(item, "number", None),
                "item_name": getattr(item, "name", None), "wanted_on": day.wanted_on, "quantity": day.quantity,
                "unit": line.unit, "unit_price": line.ordered_unit_price,
            }  # fmt: skip
    note_given(work, actor, SheetKind.OPEN_LINES, about)


OPEN_LINES = Kind(
    SheetKind.OPEN_LINES, "待答复订单行", "order lines to answer", COLUMNS, (Role.SALES,), judge, write, stamp, rows,
    (
        {"buyer": "91320000MADEM0902K", "order_number": "PO-2026-001", "line": "1", "day": "1", "version": "1",
         "item_number": "RV-40E", "wanted_on": "2027-01-20", "quantity": "10", "answer": "接受"},
        {"buyer": "91320000MADEM0902K", "order_number": "PO-2026-001", "line": "2", "day": "1", "version": "1",
         "item_number": "HD-25", "wanted_on": "2027-01-20", "quantity": "5", "promised_on": "2027-01-27", "reason": "产能"},
    ), most=20_000, whole=whole,
)  # fmt: skip
