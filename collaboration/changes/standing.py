"""An order as one act finds it: its lines with their schedules, locked and read once; the act moves them and adds to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from collaboration.orders.capping import check_within_caps
from collaboration.orders.events import Moves
from collaboration.orders.moving import lines_of, moves_of, schedules_of, settle
from collaboration.orders.revisions import keep_revisions
from collaboration.orders.tables import Order, OrderLine, Schedule
from kernel.access import Actor
from kernel.work import UnitOfWork


@dataclass
class Standing:
    """``lines`` by number; ``schedules``: line id -> its own, in their order."""

    order: Order
    lines: list[OrderLine]
    schedules: dict[int, list[Schedule]]

    def of(self, line: OrderLine) -> list[Schedule]:
        """The schedules of a line that has its number."""
        assert line.id is not None
        return self.schedules[line.id]


def standing_of(work: UnitOfWork, actor: Actor, order: Order) -> Standing:
    lines = list(lines_of(work, actor, order))
    return Standing(order, lines, schedules_of(work, actor, lines))


def settle_touched(work: UnitOfWork, standing: Standing, touched: Sequence[OrderLine], *, act: str) -> Moves:
    """After an act: the order's state and version, and how the lines it touched stand from now on; which moved.

    Raises NotAllowedNow where a call-off would break a cap of its framework.
    """
    settle(standing.order, standing.lines)
    check_within_caps(work, standing.order)
    if touched:
        keep_revisions(work, standing.order, touched, standing.schedules, act=act)
    return moves_of(work, touched)
