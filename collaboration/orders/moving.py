"""What every act on an order shares: find it, check version, state and duty, and settle its state afterwards."""

from collections.abc import Sequence

from sqlmodel import col

from collaboration.orders.decisions import order_state
from collaboration.orders.events import Moves
from collaboration.orders.lifecycle import ORDER_LIFE
from collaboration.orders.tables import Order, OrderLine, Schedule
from collaboration.orders.visibility import lines_visible_to, orders_visible_to, schedules_visible_to, side_of
from kernel.access import Actor, Role, require
from kernel.errors import Invalid, NotAllowedNow, Rule, Stale
from kernel.work import UnitOfWork


def order_to_move(
    work: UnitOfWork,
    actor: Actor,
    order_id: int,
    *,
    verb: str,
    duty: Role | tuple[Role, ...],
    version: int | None = None,
) -> Order:
    """The order, locked, if this actor may do this to it now. Raises NotFound, Stale, NotAllowedNow in that order."""
    order = work.one(orders_visible_to(actor).where(col(Order.id) == order_id), lock=True, field="orderId")
    if version is not None and version != order.version:
        raise Stale(order.version)
    ORDER_LIFE.after(order.state, verb, by=side_of(order, actor))
    require(actor, *(duty if isinstance(duty, tuple) else (duty,)))
    if verb in STOPPED_BY_HOLD and order.held_at is not None:
        raise NotAllowedNow(
            f"order {order.number} is on hold: nothing of it may be despatched until the buyer lifts the hold",
            f"订单 {order.number} 已被采购方暂停：在采购方解除暂停之前不得发货", rule=HOLD,
        )  # fmt: skip
    return order


HOLD = Rule("order.hold", "采购方解除暂停", "the buyer, by lifting the hold")
STOPPED_BY_HOLD = frozenset({"send_despatch_advice"})
"""What nobody does to an order while its buyer holds it."""


def lines_of(work: UnitOfWork, actor: Actor, order: Order) -> Sequence[OrderLine]:
    own = lines_visible_to(actor).where(col(OrderLine.order_id) == order.id)
    lines = work.all(own.order_by(col(OrderLine.number)), lock=True)
    work.session.info.setdefault(_BEFORE, {}).update({line.id: line.state for line in lines})
    return lines


_BEFORE = "states of order lines when the act began"


def moves_of(work: UnitOfWork, lines: Sequence[OrderLine], *, order: str = "") -> Moves:
    """Which lines this act moved, from which state to which (none: an added line): what history tells of each.

    ``order``: the number of their order, where an act moves lines of several.
    """
    before = work.session.info.get(_BEFORE, {})
    moved = [(line, before.get(line.id, "none")) for line in lines if before.get(line.id) is not line.state]
    whose: dict[str, str | int] = {"order": order} if order else {}
    return tuple(whose | {"line": line.number, "from": str(old), "to": str(line.state)} for line, old in moved)


def schedules_of(work: UnitOfWork, actor: Actor, lines: Sequence[OrderLine]) -> dict[int, list[Schedule]]:
    """Line id -> its schedules, in their order."""
    own = schedules_visible_to(actor).where(col(Schedule.line_id).in_([line.id for line in lines]))
    found: dict[int, list[Schedule]] = {line.id: [] for line in lines if line.id is not None}
    for schedule in work.all(own.order_by(col(Schedule.line_id), col(Schedule.number)), lock=True):
        found[schedule.line_id].append(schedule)
    return found


ONE_OPEN = Rule("order.one_open_change", "先答复或撤回未决的变更", "answering or withdrawing the one that is open")


def check_none_open(order: Order) -> None:
    """Raises NotAllowedNow while a change or a cancellation of the order waits for an answer."""
    if order.open_amendment is not None:
        raise NotAllowedNow(
            f"a {order.open_amendment.value} of this order is open, one at a time; settle that one first",
            "该订单有一项未决的变更或取消，同一时间只能有一项；请先了结该项",
            rule=ONE_OPEN,
        )


LONGEST_NOTE = 4_000


def check_note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise Invalid("note", f"a note has at most {LONGEST_NOTE} characters", f"备注最多 {LONGEST_NOTE} 个字符")
    return note


def settle(order: Order, lines: Sequence[OrderLine]) -> None:
    """After any act: derive the state from the lines, and let the version grow."""
    order.state = order_state((line.state for line in lines), acknowledged=order.acknowledged)
    order.version += 1
