"""From the rows about one order to the one answer they come down to, or to what keeps it from being given."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from collaboration.answer_batches.forms import OrderAnswer
from collaboration.orders.answers import FARTHEST_DAYS
from collaboration.orders.decisions import ANSWERABLE, UNANSWERED
from collaboration.orders.forms import LineAnswered, PromisedDay
from collaboration.orders.lifecycle import OrderState
from collaboration.orders.tables import Answer, LineAnswer, Order, OrderLine, Reason, Schedule
from collaboration.orders.visibility import lines_visible_to, orders_visible_to, schedules_visible_to
from exchange.sheets.judging import Action, Change, Judged
from exchange.sheets.writing import said
from kernel.access import Actor
from kernel.bulk import portions
from kernel.work import UnitOfWork

Named = tuple[str, str]
"""(credit code of the buyer, its order's number)"""
SAID = ("answer", "promised_on", "promised_quantity", "promised_price", "reason")
GIVEN = {"wanted_on": "wanted_on", "quantity": "quantity", "unit_price": "ordered_unit_price"}
ENDED = {
    OrderState.CANCELLED: ("cancelled", "已取消"), OrderState.REJECTED: ("rejected", "已拒绝"),
    OrderState.ACCEPTED: ("accepted and closed", "已验收结束"),
}  # fmt: skip
WORDS = {
    LineAnswer.ACCEPTED: "接受 / accept",
    LineAnswer.CHANGED: "修改 / change",
    LineAnswer.REJECTED: "拒绝 / reject",
}


def is_said(judged: Judged) -> bool:
    """Whether a row answers anything: one given out and left as it was says nothing."""
    return any(judged.values.get(name) is not None for name in SAID)


@dataclass
class Sold:
    """An order with its lines by number and their days by number."""

    order: Any
    lines: dict[int, Any] = field(default_factory=dict)
    days: dict[int, dict[int, Any]] = field(default_factory=dict)

    @staticmethod
    def of(work: UnitOfWork, actor: Actor, orders: Sequence[Any]) -> "dict[int, Sold]":
        """Order number of the database -> the order."""
        found = {order.id: Sold(order) for order in orders}
        number_of: dict[int, tuple[int, int]] = {}
        for part in portions(found):
            for line in work.rows(lines_visible_to(actor).where(col(OrderLine.order_id).in_(part))):
                found[line.order_id].lines[line.number] = line
                number_of[line.id] = line.order_id, line.number
        for part in portions(number_of):
            for day in work.rows(schedules_visible_to(actor).where(col(Schedule.line_id).in_(part))):
                order_id, number = number_of[day.line_id]
                found[order_id].days.setdefault(number, {})[day.number] = day
        return found

    def answerable(self) -> dict[int, Any]:
        return {number: line for number, line in self.lines.items() if line.state in ANSWERABLE}

    def asked(self, line: int) -> dict[int, Any]:
        """The days of a line that ask for something."""
        return {number: day for number, day in self.days.get(line, {}).items() if day.quantity}


def asked_days(sold: Sold) -> Iterator[tuple[Any, Any]]:
    """(line, day) of every day that waits for an answer, in their order."""
    for number in sorted(sold.answerable()):
        for _, day in sorted(sold.asked(number).items()):
            yield sold.lines[number], day


def sold_orders(work: UnitOfWork, actor: Actor, named: Collection[Named]) -> dict[Named, Sold]:
    """The orders the rows name, as far as the actor's firm sells by them."""
    codes: dict[int, str] = {}
    for part in portions({code for code, _ in named}):
        codes |= {firm.id: firm.code for firm in work.rows(firms_visible_to(actor).where(col(Firm.code).in_(part)))}
    orders = []
    mine = orders_visible_to(actor).where(col(Order.seller_id) == actor.party_id)
    for part in portions({number for _, number in named}):
        orders += list(work.rows(mine.where(col(Order.number).in_(part))))
    wanted = [order for order in orders if (codes.get(order.buyer_id), order.number) in named]
    found = Sold.of(work, actor, wanted)
    return {(codes[order.buyer_id], order.number): found[order.id] for order in wanted}


def judge_order(rows: Sequence[Judged], sold: Sold | None, named: Named, today: date) -> None:
    """All rows about one order, some of which say something. Where anything keeps the answer from being given, none is."""
    saying = [judged for judged in rows if is_said(judged)]
    first = saying[0]
    if sold is None:
        first.refuse(
            "order_number", f"no order {named[1][:60]} of this buyer is sold by your firm", f"没有该采购方的订单 {named[1][:60]}",
            "correct the number and the buyer's code, or take the sheet out anew", "请更正订单号与采购方信用代码，或重新导出",
        )  # fmt: skip
    elif not _is_open(first, sold):
        pass
    else:
        for judged in saying:
            _judge_row(judged, sold, today)
        if not any(judged.faults for judged in rows):
            _judge_whole(saying, sold)
    if any(judged.faults for judged in rows):
        for judged in saying:  # an order is answered whole or not at all; the one sentence that says why is enough
            judged.action, judged.plan, judged.changes = Action.REFUSED, None, ()


def _is_open(first: Judged, sold: Sold) -> bool:
    order, version = sold.order, first.values.get("version")
    number = order.number[:60]
    if order.state in ENDED:
        en, zh = ENDED[order.state]
        first.refuse(
            "order_number", f"order {number} is {en}: nothing of it is to be answered", f"订单 {number} {zh}，无需答复",
            "take its rows out", "请删除该订单的行",
        )  # fmt: skip
    elif version is None:
        first.refuse(
            "version", "the order's version is empty", "订单版本未填写", "take the sheet out anew", "请重新导出"
        )
    elif version != order.version:
        first.refuse(
            "version", f"order {number} has changed since: version {order.version} stands now, the sheet answers {version}",
            f"订单 {number} 在导出后已变更：当前版本 {order.version}，表中为 {version}", "take the sheet out anew and answer that",
            "请重新导出后再答复",
        )  # fmt: skip
    elif order.state not in UNANSWERED and order.state is not OrderState.COUNTERED or not sold.answerable():
        first.refuse(
            "order_number", f"no line of order {number} waits for an answer", f"订单 {number} 没有待答复的行", "take its rows out",
            "请删除该订单的行",
        )  # fmt: skip
    return not first.faults


def _judge_row(judged: Judged, sold: Sold, today: date) -> None:
    v = judged.values
    if judged.row.is_hidden:
        judged.refuse(
            "answer", "this row is hidden in the workbook, and answers all the same", "该行在表格中被隐藏，却填写了答复",
            "show it (clear the filter) if it is meant, or empty its answer", "请取消隐藏或清除筛选以确认，或清空该行答复",
        )  # fmt: skip
        return
    if v.get("version") != sold.order.version:
        judged.refuse(
            "version", f"other rows of this order say version {sold.order.version}", f"该订单其他行的版本为 {sold.order.version}",
            "take the sheet out anew", "请重新导出",
        )  # fmt: skip
    line = sold.lines.get(v["line"]) if "line" in v else None
    if line is None:
        judged.refuse(
            "line",
            f"the order has no line {v.get('line')}",
            f"该订单没有第 {v.get('line')} 行",
            "correct it, or take the sheet out anew",
            "请更正或重新导出",
        )
        return
    if line.state not in ANSWERABLE:
        judged.refuse(
            "line",
            f"line {line.number} is answered already",
            f"第 {line.number} 行已答复",
            "take the row out",
            "请删除该行",
        )
        return
    day = sold.asked(line.number).get(v.get("day") or 0)
    _check_given(judged, line, day)
    if day is None and (v.get("promised_on") is None or v.get("promised_quantity") is None):
        judged.refuse(
            "day", f"line {line.number} has no day {v.get('day')}; one more needs its promised day and quantity",
            f"第 {line.number} 行没有序号为 {v.get('day')} 的交期；新增交期须填写承诺日期和承诺数量", "fill both in, or take the row out",
            "请填写这两项，或删除该行",
        )  # fmt: skip
    _check_amounts(judged, today)


def _check_given(judged: Judged, line: Any, day: Any) -> None:
    """What the buyer asks is not changed by writing over it: whoever does means something else."""
    for name, column in GIVEN.items():
        found = getattr(line if name == "unit_price" else day, column, None)
        if found is not None and judged.values.get(name) is not None and judged.values[name] != found:
            judged.refuse(
                name, f"the buyer asks {said(found)} here; this column is not answered in", f"此处采购方要求为 {said(found)}，本列不能用于答复",
                "put it back, and write your own into the promised columns", "请恢复原值，并在“承诺”列填写",
            )  # fmt: skip


def _check_amounts(judged: Judged, today: date) -> None:
    v = judged.values
    on, quantity, price = v.get("promised_on"), v.get("promised_quantity"), v.get("promised_price")
    if on is not None and not 0 <= (on - today).days <= FARTHEST_DAYS:
        judged.refuse(
            "promised_on", f"{on} is past or more than ten years away", f"{on} 已过或超过十年", "promise today or later", "承诺日期不得早于今天"
        )  # fmt: skip
    if quantity is not None and quantity <= 0:
        judged.refuse(
            "promised_quantity",
            "a quantity is more than 0",
            "数量须大于 0",
            "reject the line to deliver nothing",
            "不供货请填“拒绝”",
        )
    if price is not None and price < 0:
        judged.refuse("promised_price", "a price is not negative", "单价不得为负", "write 0 or more", "请填写 0 或以上")
    if v.get("answer") == "REJECTED" and v.get("reason") is None:
        judged.refuse(
            "reason", "a rejected line needs a reason", "拒绝订单行时必须填写原因", "choose one", "请选择原因"
        )


def _judge_whole(saying: Sequence[Judged], sold: Sold) -> None:
    """Every open line is answered, with all its days; then each row is given its part of the answer."""
    by_line: dict[int, list[Judged]] = {}
    for judged in saying:
        by_line.setdefault(judged.values["line"], []).append(judged)
    missing = sorted(set(sold.answerable()) - set(by_line))
    if missing:
        some = missing[:12]
        saying[0].refuse(
            "order_number", f"once one line is answered all are: lines {', '.join(map(str, some))}{' ..' if missing[12:] else ''} have no answer",
            f"一旦答复则须答复全部订单行：第 {'、'.join(map(str, some))}{' 等' if missing[12:] else ''} 行尚未答复",
            "answer them in this sheet, or empty the answers of this order", "请在表中一并答复，或清空该订单的答复",
        )  # fmt: skip
        return
    for number, own in by_line.items():
        line, asked = sold.lines[number], sold.asked(number)
        absent = sorted(set(asked) - {judged.values["day"] for judged in own})
        if absent:
            own[0].refuse(
                "day", f"line {number} is wanted on more days: {', '.join(map(str, absent))} says nothing",
                f"第 {number} 行还有交期 {'、'.join(map(str, absent))} 未答复", "answer all days of a line", "请答复该行的全部交期",
            )  # fmt: skip
            return
        for name in ("answer", "promised_price", "reason"):
            if len({judged.values.get(name) for judged in own} - {None}) > 1:
                own[-1].refuse(
                    name, f"the days of line {number} say different things here", f"第 {number} 行各交期的此项不一致", "say the same in all of them", "请填写一致"
                )  # fmt: skip
                return
        _plan(own, sold, line, asked)


def _contradicts(own: Sequence[Judged], line: Any, answer: LineAnswered) -> bool:
    """Accept leaves nothing else to be said, and change says something else. Refuses the first row that says so."""
    for judged in own:
        word = judged.values.get("answer")
        if word == "ACCEPTED" and answer.answer is LineAnswer.CHANGED:
            judged.refuse(
                "answer", f"line {line.number} is accepted, and other terms are promised all the same",
                f"第 {line.number} 行填了“接受”，却又填写了不同的承诺", "choose change, or empty the promised columns", "请改选“修改”，或清空“承诺”列",
            )  # fmt: skip
        elif word == "CHANGED" and answer.answer is LineAnswer.ACCEPTED:
            judged.refuse(
                "answer", f"line {line.number} says change, and nothing differs from what is asked", f"第 {line.number} 行填了“修改”，但与要求没有差异",
                "choose accept, or fill in what changes", "请改选“接受”，或填写变更内容",
            )  # fmt: skip
    return any(judged.faults for judged in own)


def _plan(own: Sequence[Judged], sold: Sold, line: Any, asked: Mapping[int, Any]) -> None:
    answer = _line_answer(own, line, asked)
    if _contradicts(own, line, answer):
        return
    about = f"{sold.order.number} · {line.number}"
    for position, judged in enumerate(own):
        judged.action = Action.UPDATE
        judged.found = (sold.order.id,)  # versions are looked at order by order when the answers are given
        judged.plan = (sold.order.id, sold.order.version, answer if position == 0 else None)
        changes = [Change("answer", about, "—", WORDS[answer.answer])] if position == 0 else []
        if answer.answer is LineAnswer.CHANGED:
            changes += _changes(judged, line, asked.get(judged.values["day"]), about)
        judged.changes = changes


def _changes(judged: Judged, line: Any, day: Any, about: str) -> Iterator[Change]:
    wanted = {
        "promised_on": getattr(day, "wanted_on", None), "promised_quantity": getattr(day, "quantity", None),
        "promised_price": line.ordered_unit_price,
    }  # fmt: skip
    for name, was in wanted.items():
        value = judged.values.get(name)
        if value is not None and value != was:
            yield Change(name, about, said(was) or "—", said(value))


def _line_answer(own: Sequence[Judged], line: Any, asked: Mapping[int, Any]) -> LineAnswered:
    """What the rows of one line come down to; days and amounts that are as wanted are no change."""

    def one(name: str) -> Any:
        return next((judged.values[name] for judged in own if judged.values.get(name) is not None), None)

    reason = None if one("reason") is None else Reason[one("reason")]
    base = LineAnswered(LineAnswer.ACCEPTED, line_id=line.id, reason=reason)
    if one("answer") == "REJECTED":
        return replace(base, answer=LineAnswer.REJECTED)
    days = [_promised(judged, asked.get(judged.values["day"])) for judged in own]
    price: Decimal | None = one("promised_price")
    wanted = sorted((day.wanted_on, day.quantity) for day in asked.values())
    same = sorted((day.promised_on, day.quantity) for day in days) == wanted
    if same and price in (None, line.ordered_unit_price):
        return base
    return replace(base, answer=LineAnswer.CHANGED, unit_price=price, schedules=() if same else days)


def _promised(judged: Judged, day: Any) -> PromisedDay:
    v = judged.values
    on, quantity = v.get("promised_on"), v.get("promised_quantity")
    return PromisedDay(day.wanted_on if on is None else on, day.quantity if quantity is None else quantity)


def answers_of(rows: Sequence[Judged]) -> list[OrderAnswer]:
    """One answer to each order, of the rows that were chosen; an order of which a row is left out is left out whole."""
    orders: dict[tuple[int, int], list[LineAnswered]] = {}
    for judged in rows:
        order_id, version, line = judged.plan
        orders.setdefault((order_id, version), []).extend([line] if line else [])
    found = []
    for (order_id, version), lines in orders.items():
        kinds = {line.answer for line in lines}
        whole = {LineAnswer.ACCEPTED: Answer.ACCEPTED, LineAnswer.REJECTED: Answer.REJECTED}
        answer = whole.get(next(iter(kinds)), Answer.CHANGED) if len(kinds) == 1 else Answer.CHANGED
        found.append(OrderAnswer(order_id, version, answer, lines=lines))
    return found
