"""Orders called off under a framework agreement stay within its caps and keep its prices, whichever act touches them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from collaboration.frameworks.decisions import CAP, ITEM, PRICE, Called, Over, check_least, over_caps
from collaboration.frameworks.tables import Framework, FrameworkLine
from collaboration.frameworks.visibility import framework_lines_visible_to, frameworks_visible_to
from collaboration.orders.decisions import DEAD
from collaboration.orders.forms import LineAnswered
from collaboration.orders.lifecycle import LineState
from collaboration.orders.tables import LineAnswer, Order, OrderLine, ResponseLine, Schedule, Verdict
from collaboration.orders.visibility import lines_visible_to, response_lines_visible_to, schedules_visible_to
from kernel.access import SYSTEM
from kernel.errors import Invalid, NotAllowedNow
from kernel.quantities import ZERO, plain
from kernel.work import UnitOfWork

PRICED = (
    "the price of a call-off is its framework's; leave it out",
    "要货单的价格以框架协议为准，请勿填写其他价格",
)
ITEMS = (
    "a call-off is for the items of its framework; order others on their own",
    "要货单只限框架协议内的物料；其他物料请另行下订单",
)


def lines_under(framework_ids: Iterable[int]) -> Select[OrderLine]:
    """The order lines that call something off under these frameworks, whoever asks: both firms of each know them all."""
    known = framework_lines_visible_to(SYSTEM).where(col(FrameworkLine.framework_id).in_(framework_ids))
    return lines_visible_to(SYSTEM).where(
        col(OrderLine.framework_line_id).in_(known.with_only_columns(col(FrameworkLine.id)))
    )


def called_under(work: UnitOfWork, framework_id: int) -> dict[int, dict[int, Called]]:
    """Framework line -> order -> what it calls off: agreed or open, less what was cancelled, rejected or given up.

    What a seller offers above that and waits for the buyer counts already, for the buyer may take it at any moment.
    """
    lines = lines_under([framework_id])
    numbers = lines.with_only_columns(col(OrderLine.id))
    offered = offered_on(work, numbers)
    never: dict[int, Decimal] = {}
    for one in work.rows(schedules_visible_to(SYSTEM).where(col(Schedule.line_id).in_(numbers))):
        never[one.line_id] = never.get(one.line_id, ZERO) + one.never
    found: dict[int, dict[int, Called]] = {}
    for line in work.rows(lines):
        if is_live(line):
            of_line = found.setdefault(line.framework_line_id, {})
            called = called_by(line, never.get(line.id, ZERO), offered.get(line.id, ZERO))
            of_line[line.order_id] = of_line.get(line.order_id, Called()) + called
    return found


def offered_on(work: UnitOfWork, numbers: Select[Any]) -> dict[int, Decimal]:
    """Order line -> what its seller offers and waits for the buyer, later deliveries in. numbers: of the lines."""
    waiting = response_lines_visible_to(SYSTEM).where(
        col(ResponseLine.line_id).in_(numbers), col(ResponseLine.verdict) == Verdict.WAITING
    )
    return {one.line_id: one.quantity + (one.backorder_maximum or ZERO) for one in work.rows(waiting)}


def is_live(line: Any) -> bool:
    return line.state not in DEAD and line.state is not LineState.ADDED_PROPOSED


def called_by(line: Any, never: Decimal, offered: Decimal = ZERO) -> Called:
    """What a live line calls off. never: what was given up of it; offered: what the seller would deliver instead."""
    quantity = max(line.quantity, offered) - never
    return Called(quantity, quantity * line.unit_price)


def check_within_caps(
    work: UnitOfWork, order: Order, *, place: Callable[[int], str] | None = None,
    more: Mapping[int, Called] = MappingProxyType({}),
) -> None:  # fmt: skip
    """Once an act has written what an order asks: the caps of its framework hold, or the act is refused as a whole.

    The framework is locked, so that of two acts at once the second counts what the first asks. more: framework line ->
    what is asked beside what is written. place: framework line -> the field to name. Raises Invalid where there is one,
    else NotAllowedNow.
    """
    if order.framework_id is None:
        return
    own = frameworks_visible_to(SYSTEM).where(col(Framework.id) == order.framework_id)
    framework = work.one(own, lock=True)
    work.session.flush()
    lines = framework_lines_visible_to(SYSTEM).where(col(FrameworkLine.framework_id) == order.framework_id)
    by_id = {line.id: line for line in work.rows(lines)}
    called = called_under(work, order.framework_id)
    others = {
        line_id: _sum(c for order_id, c in own.items() if order_id != order.id) for line_id, own in called.items()
    }
    mine = {line_id: own[order.id or 0] for line_id, own in called.items() if order.id in own}
    mine |= {line_id: mine.get(line_id, Called()) + one for line_id, one in more.items()}
    caps = {line_id: (line.quantity_cap, line.value_cap) for line_id, line in by_id.items()}
    over = over_caps(framework.value_cap, caps, others, mine)
    if over is not None:
        raise _refusal(framework, by_id, over, place)


def check_minimums(work: UnitOfWork, asked: Sequence[tuple[int, Decimal, str]]) -> None:
    """What a buyer wants of a call-off nobody has agreed to is no less than may be called off at once; of one both have, both decide.

    asked: (framework line, quantity, field to name). Raises Invalid.
    """
    known = framework_lines_visible_to(SYSTEM).where(col(FrameworkLine.id).in_([one for one, _, _ in asked]))
    least = {line.id: line.minimum_quantity for line in work.rows(known)} if asked else {}
    for line_id, quantity, field in asked:
        check_least(quantity, least[line_id], field)


def _sum(parts: Iterable[Called]) -> Called:
    return sum(parts, Called())


def _refusal(
    framework: Framework, lines: Mapping[int | None, Any], over: Over, place: Callable[[int], str] | None
) -> Invalid | NotAllowedNow:
    line = lines.get(over.line_id)
    unit = framework.currency if over.kind == "value" or line is None else line.unit
    which_en = "in all" if line is None else f"in line {line.number}"
    which_zh = "总金额" if line is None else f"第 {line.number} 行"
    left, cap, asked = (
        f"{plain(amount.normalize() if amount else ZERO)} {unit}" for amount in (over.left, over.cap, over.asked)
    )
    said = (
        f"framework {framework.number} leaves {left} of its cap of {cap} {which_en}, this asks for {asked}; call off no more",
        f"框架协议 {framework.number} {which_zh}上限 {cap}，尚余 {left}，本次为 {asked}；请减少要货",
    )
    if place is None:
        return NotAllowedNow(*said, rule=CAP)
    return Invalid("lines" if line is None else place(line.id), *said, rule=CAP)


def check_answers(order: Order, given: Sequence[LineAnswered]) -> None:
    """A seller answers a call-off in quantities and days: price and item are agreed already. Raises Invalid naming the field."""
    if order.framework_id is None:
        return
    for n, one in enumerate(given):
        if one.unit_price is not None:
            raise Invalid(f"lines.{n}.unitPrice", *PRICED, rule=PRICE)
        if one.substitute_item_id is not None or one.answer is LineAnswer.ADDED:
            raise Invalid(f"lines.{n}.substituteItemId", *ITEMS, rule=ITEM)
