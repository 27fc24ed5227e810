"""What a change that asks for more must pass: the same as a new order (see collaboration.orders.verbs.place_order)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from chain.qualification.verbs import require_qualified
from collaboration.changes.judging import Asked
from collaboration.changes.tables import LineAction
from collaboration.frameworks.decisions import ITEM, PRICE, Called
from collaboration.orders.answers import LARGEST
from collaboration.orders.capping import ITEMS, PRICED, check_minimums, check_within_caps
from collaboration.orders.decisions import DEAD
from collaboration.orders.forms import LineAsked
from collaboration.orders.lifecycle import LineState
from collaboration.orders.supplying import check_supplied, supplied
from collaboration.orders.tables import Order, OrderLine
from collaboration.scorecards.verbs import require_score
from kernel.access import Actor
from kernel.errors import Invalid
from kernel.quantities import ZERO
from kernel.work import UnitOfWork


def check_gates(
    work: UnitOfWork,
    actor: Actor,
    order: Order,
    own: Sequence[OrderLine],
    asked: Sequence[Asked],
    *,
    reason: str | None,
) -> None:
    """More of anything is asked only of a seller that may be asked, in its quantities, and of what it still makes.

    Raises NotAllowedNow, Invalid naming the line of the change.
    """
    standing = {line.number: line for line in own}
    check_called_off(order, asked)
    after = {one.number: _after(one, standing.get(one.number)) for one in asked}
    grown = [(n, one) for n, one in enumerate(asked) if after[one.number] > _before(standing.get(one.number))]
    if grown:
        items = [one.item_id for _, one in grown]
        require_score(work, actor, supplier_id=order.seller_id)
        require_qualified(work, actor, supplier_id=order.seller_id, item_ids=items, reason=reason)
        lines = [LineAsked(one.number, one.item_id, after[one.number], ZERO, ()) for _, one in grown]
        check_supplied(lines, lines, supplied(work, actor, lines), at=[n for n, _ in grown])
    check_minimums(work, _anew(standing, asked, after))
    _check_caps(work, order, standing, after, grown)
    if _worth(standing, asked, after) >= LARGEST:
        raise Invalid("lines", "the order is worth more than any amount can say", "订单总金额超出可表示范围")


def check_called_off(order: Order, asked: Sequence[Asked]) -> None:
    """A call-off is changed in quantities and days: price and items are its framework's. Raises Invalid."""
    if order.framework_id is None:
        return
    for n, one in enumerate(asked):
        if one.action is LineAction.ADD:
            raise Invalid(f"lines.{n}.itemId", *ITEMS, rule=ITEM)
        if one.unit_price is not None:
            raise Invalid(f"lines.{n}.unitPrice", *PRICED, rule=PRICE)


def _anew(
    standing: Mapping[int, OrderLine], asked: Sequence[Asked], after: Mapping[int, Decimal]
) -> list[tuple[int, Decimal, str]]:
    """(framework line, quantity, field) of what a change wants more or less of, before both have agreed to it."""
    found = []
    for n, one in enumerate(asked):
        line = standing.get(one.number)
        if line is None or line.framework_line_id is None or one.action is LineAction.DELETE:
            continue
        if line.state in DEAD | {LineState.OPEN} and after[one.number] != _before(line):
            found.append((line.framework_line_id, after[one.number], f"lines.{n}.quantity"))
    return found


def _check_caps(
    work: UnitOfWork, order: Order, standing: Mapping[int, OrderLine], after: Mapping[int, Decimal],
    grown: Sequence[tuple[int, Asked]],
) -> None:  # fmt: skip
    more, at = dict[int, Called](), dict[int, str]()
    for n, one in grown:
        line = standing.get(one.number)
        if line is not None and line.framework_line_id is not None:
            extra = after[one.number] - _before(line)
            more[line.framework_line_id] = Called(extra, extra * line.unit_price)
            at[line.framework_line_id] = f"lines.{n}.quantity"
    if more:
        check_within_caps(work, order, place=at.__getitem__, more=more)


def _before(line: OrderLine | None) -> Decimal:
    return ZERO if line is None or line.state in DEAD else line.quantity


def _after(one: Asked, line: OrderLine | None) -> Decimal:
    """What a line asks for once the change counts."""
    if one.action is LineAction.DELETE:
        return ZERO
    if one.quantity is not None:
        return one.quantity
    return ZERO if line is None else line.quantity


def _worth(standing: Mapping[int, OrderLine], asked: Sequence[Asked], after: Mapping[int, Decimal]) -> Decimal:
    stays = [x for number, x in standing.items() if number not in after and x.state not in DEAD]
    total = sum((line.quantity * line.unit_price for line in stays), ZERO)
    for one in asked:
        price = one.unit_price if one.unit_price is not None else standing[one.number].unit_price
        total += after[one.number] * price
    return total
