"""What people do with orders: place, answer, decide, set a tolerance, close a line short."""

from collections.abc import Sequence

from sqlmodel import col

from chain.firms.tables import FirmStanding
from chain.firms.verbs import partner
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.qualification.verbs import require_qualified
from chain.sharing.verbs import require_terms
from collaboration.orders.answers import LARGEST
from collaboration.orders.asking import check_line, new_line, new_schedules
from collaboration.orders.deciding import decide_on_response
from collaboration.orders.decisions import shipping_state, to_ship
from collaboration.orders.events import LineClosedShort, OrderPlaced
from collaboration.orders.forms import LineAsked
from collaboration.orders.lapsing import lapse_response
from collaboration.orders.lifecycle import LINE_LIFE
from collaboration.orders.moving import (
    check_none_open,
    check_note,
    lines_of,
    moves_of,
    order_to_move,
    schedules_of,
    settle,
)
from collaboration.orders.owing import begin_to_owe
from collaboration.orders.responses import respond_to_order
from collaboration.orders.revisions import keep_revisions
from collaboration.orders.silence import assume_agreed, lapse_order
from collaboration.orders.supplying import check_supplied, in_item_units, supplied
from collaboration.orders.tables import Order, OrderLine
from collaboration.orders.tolerating import set_tolerance
from collaboration.orders.visibility import lines_visible_to, orders_visible_to
from collaboration.scorecards.verbs import require_score
from kernel import codes
from kernel.access import Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, Limit, NotAllowedNow, NotFound, Rule
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

__all__ = [
    "assume_agreed", "close_short", "decide_on_response", "lapse_order", "lapse_response", "place_order", "respond_to_order",
    "set_tolerance",
]  # fmt: skip

MOST_LINES = 10_000
TOO_MANY_LINES = Rule("order.lines", "采购方拆分订单", "the buyer, by splitting the order")


def place_order(
    work: UnitOfWork,
    actor: Actor,
    *,
    seller_id: int,
    number: str,
    currency: str,
    lines: Sequence[LineAsked],
    note: str = "",
    conditional_reason: str | None = None,
    by_link: bool = False,
    framework_id: int | None = None,
) -> Order:
    """The buyer asks a seller for goods; the seller owes an answer.

    by_link: a signed link goes with it (``collaboration.guests``), as an order to a firm that has not joined must.
    framework_id: of a call-off, whose caps its caller checks (``collaboration.frameworks.calling_off``).
    conditional_reason: why, though the seller is qualified on conditions only; kept beside its standing, read by the buyer.
    Raises NotAllowedNow, NotFound for a seller or item that is none to this buyer, Invalid naming the field, Limit.
    """
    require(actor, Role.BUYER)
    assert actor.party_id is not None
    seller = partner(work, actor, seller_id, field="sellerId", by_link=by_link)
    if seller_id == actor.party_id:
        raise Invalid("sellerId", "a firm places no order with itself", "不能向本单位下订单")
    if seller.standing is FirmStanding.CONFIRMED:  # who has not joined is shown this one order and can accept no terms
        require_terms(work, actor.party_id, seller_id)
    by = supplied(work, actor, lines)
    asked, lines = lines, in_item_units(lines, by)
    items = _check_order(work, actor, seller_id, number, lines)
    check_supplied(asked, lines, by)
    items_asked = [line.item_id for line in lines]
    require_score(work, actor, supplier_id=seller_id)
    require_qualified(work, actor, supplier_id=seller_id, item_ids=items_asked, reason=conditional_reason)
    order = work.add(
        Order(
            number=number,
            buyer_id=actor.party_id,
            seller_id=seller_id,
            framework_id=framework_id,
            currency=codes.currency(currency),
            note=check_note(note),
            placed_at=work.now,
        )  # fmt: skip
    )
    assert order.id is not None
    written = [
        new_line(
            order.id, x.number, x.item_id, items[x.item_id].unit, x.quantity, x.unit_price,
            framework_line_id=x.framework_line_id,
        )
        for x in lines
    ]  # fmt: skip
    work.session.add_all(written)
    work.session.flush()
    days = {line.id or 0: new_schedules(line, one.schedules) for line, one in zip(written, lines, strict=True)}
    for own in days.values():
        work.session.add_all(own)
    keep_revisions(work, order, written, days, act="place_order")
    begin_to_owe(work, order, asked_anew=True)
    work.record(OrderPlaced(order_id=order.id, number=number, lines=len(lines)))
    return order


def _check_order(
    work: UnitOfWork, actor: Actor, seller_id: int, number: str, lines: Sequence[LineAsked]
) -> dict[int, Item]:
    """The items of the lines, once every field of the order is right. Raises Invalid, NotFound, Limit."""
    if not number.strip() or len(number) > 60 or not number.isprintable():
        raise Invalid("number", "an order number has 1 to 60 characters", "订单号为 1 至 60 个字符")
    taken = orders_visible_to(actor).where(col(Order.buyer_id) == actor.party_id, col(Order.number) == number)
    if work.maybe(taken) is not None:
        raise Invalid("number", f"you have an order numbered {number} already", f"订单号 {number} 已存在")
    if not lines:
        raise Invalid("lines", "an order has at least one line", "订单至少包含一行")
    if len(lines) > MOST_LINES:
        raise Limit(
            f"an order has at most {MOST_LINES} lines",
            f"每张订单最多 {MOST_LINES} 行",
            fields=("lines",),
            rule=TOO_MANY_LINES,
        )
    today, seen = today_of(work.now), set()
    for position, line in enumerate(lines):
        if line.number < 1 or line.number > 999_999 or line.number in seen:
            raise Invalid(
                f"lines.{position}.number", "line numbers are 1 to 999999, each once", "行号为 1 至 999999 且不得重复"
            )
        seen.add(line.number)
        check_line(line, f"lines.{position}", today)
    if sum((line.quantity * line.unit_price for line in lines), ZERO) >= LARGEST:
        raise Invalid("lines", "the order is worth more than any amount can say", "订单总金额超出可表示范围")
    offered = items_visible_to(actor).where(col(Item.firm_id) == seller_id)
    found = {i.id: i for i in work.all(offered.where(col(Item.id).in_({line.item_id for line in lines})))}
    for position, line in enumerate(lines):
        if line.item_id not in found:
            raise NotFound(f"lines.{position}.itemId")
    return {item_id: item for item_id, item in found.items() if item_id is not None}


def order_of(work: UnitOfWork, actor: Actor, order_id: int) -> Order:
    """The order as it stands inside this unit of work."""
    return work.one(orders_visible_to(actor).where(col(Order.id) == order_id))


def close_short(work: UnitOfWork, actor: Actor, *, line_id: int, expected_version: int | None = None) -> Order:
    """The buyer gives up what has not been shipped of a line. Raises NotFound, NotAllowedNow, Stale."""
    line = work.one(lines_visible_to(actor).where(col(OrderLine.id) == line_id), field="lineId")
    order = order_to_move(work, actor, line.order_id, verb="close_short", duty=Role.BUYER, version=expected_version)
    lines = lines_of(work, actor, order)
    line = next(x for x in lines if x.id == line_id)
    check_none_open(order)
    LINE_LIFE.after(line.state, "close_short", by=Side.BUYER)
    schedules = schedules_of(work, actor, [line])[line_id]
    never = sum((to_ship(s) for s in schedules), ZERO)
    if not never:
        raise NotAllowedNow(
            "nothing of this line is left to be shipped; post the receipt of what is on its way",
            "该行已无待发数量；请对在途货物办理收货",
            rule=Rule("order.close_short.nothing_open", "采购方收货", "the buyer, by receiving"),
        )
    for schedule in schedules:
        schedule.never += to_ship(schedule)
    line.state = shipping_state(schedules)
    settle(order, lines)
    keep_revisions(work, order, [line], {line_id: schedules}, act="close_short")
    assert order.id is not None
    moves = moves_of(work, lines)
    work.record(LineClosedShort(order_id=order.id, line_id=line_id, line_number=line.number, never=never, moves=moves))
    return order
