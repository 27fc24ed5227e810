"""What people ask about holds, and what they put off."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col

from collaboration.holds.decisions import days_since, due_after_holds
from collaboration.holds.tables import OrderHold
from collaboration.holds.visibility import order_holds_visible_to
from collaboration.orders.decisions import ANSWER_DAYS
from collaboration.orders.reads import revisions_of_orders
from collaboration.orders.revisions import days_of
from kernel.access import SYSTEM, Actor
from kernel.clock import today_of
from kernel.work import UnitOfWork


def holds_of_orders(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> Sequence[Any]:
    """Every hold of orders, oldest first."""
    own = order_holds_visible_to(actor).where(col(OrderHold.order_id).in_(order_ids))
    return work.rows(own.order_by(col(OrderHold.order_id), col(OrderHold.id)))


def holds_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(order_holds_visible_to(actor).where(col(OrderHold.id).in_(numbers)))


def held_until(work: UnitOfWork, actor: Actor, order_ids: Collection[int]) -> dict[int, date]:
    """Held order -> the day by which its buyer expected to decide, or the third day of the hold."""
    standing = [row for row in holds_of_orders(work, actor, order_ids) if row.lifted_at is None]
    return {row.order_id: row.decides_on or today_of(row.held_at) + timedelta(days=ANSWER_DAYS) for row in standing}


class PutOff:
    """What the holds of orders put off: days of a line that were agreed before its order was held."""

    def __init__(self, work: UnitOfWork, order_ids: Collection[int]) -> None:
        lifted = [row for row in holds_of_orders(work, SYSTEM, order_ids) if row.lifted_at is not None]
        self._holds: dict[int, list[tuple[date, date]]] = {}
        for row in lifted:
            spans = self._holds.setdefault(row.order_id, [])
            spans.append((today_of(row.held_at), today_of(row.lifted_at)))
        self._agreed: dict[int, dict[date, date]] = {}
        self._asked: dict[int, dict[date, date]] = {}
        for row in revisions_of_orders(work, SYSTEM, self._holds) if lifted else ():
            on, days = today_of(row.at), days_of(row)
            wanted, promised = ([day.wanted_on for day in days], [day.promised_on or day.wanted_on for day in days])
            self._asked[row.line_id] = days_since(self._asked.get(row.line_id, {}), wanted, on)
            if row.agreed:
                self._agreed[row.line_id] = days_since(self._agreed.get(row.line_id, {}), promised, on)

    def wanted_day(self, line: Any, wanted_on: date) -> date:
        """The wanted day, put off by what its order was held since that day was asked for."""
        since = self._asked.get(line.id, {}).get(wanted_on, date.min)
        return due_after_holds(wanted_on, self._holds.get(line.order_id, ()), since)

    def agreed_day(self, line: Any, agreed_on: date) -> date:
        """The agreed day, put off by what its order was held since that day was agreed."""
        since = self._agreed.get(line.id, {}).get(agreed_on, date.min)
        return due_after_holds(agreed_on, self._holds.get(line.order_id, ()), since)
