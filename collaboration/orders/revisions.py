"""What an order was from version to version: kept line by line as it changes, and compared field by field (C12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from json import dumps, loads
from typing import Any

from collaboration.orders.decisions import UNBOUND
from collaboration.orders.tables import Order, OrderLine, OrderLineRevision, Schedule
from kernel.quantities import plain
from kernel.work import UnitOfWork


def keep_revisions(
    work: UnitOfWork, order: Order, lines: Iterable[OrderLine], schedules: Mapping[int, Sequence[Schedule]], *, act: str
) -> None:
    """Write down how these lines stand as from the order's version now; call it once an act has settled the order."""
    work.add_many(
        OrderLineRevision,
        [
            {
                "order_id": order.id, "line_id": line.id, "line_number": line.number, "version": order.version,
                "act": act, "agreed": line.state not in UNBOUND, "rule": line.agreed_rule, "state": line.state,
                "item_id": line.item_id, "unit": line.unit, "quantity": line.quantity, "unit_price": line.unit_price,
                "schedules": _days(schedules[line.id or 0]), "at": work.now, "by_user": work.actor.user_id,
                "by_party": work.actor.party_id,
            }
            for line in lines
        ],
    )  # fmt: skip


def _days(schedules: Sequence[Schedule]) -> str:
    """What is still agreed of each day: what was given up is no part of it."""
    kept = [(s, s.quantity - s.never) for s in schedules if s.quantity - s.never]
    told = [
        [s.wanted_on.isoformat(), s.promised_on.isoformat() if s.promised_on else None, plain(left)] for s, left in kept
    ]
    return dumps(told, separators=(",", ":"))


@dataclass(frozen=True)
class Day:
    """A day and quantity of a line as it stood; ``promised_on`` is empty until agreed."""

    wanted_on: date
    promised_on: date | None
    quantity: Decimal


def days_of(revision: Any) -> list[Day]:
    """The schedules of a line as they stood in a revision, in their order."""
    return [
        Day(date.fromisoformat(wanted), date.fromisoformat(promised) if promised else None, Decimal(quantity))
        for wanted, promised, quantity in loads(revision.schedules)
    ]


@dataclass(frozen=True)
class FieldChange:
    """One field of one line that two versions of an order tell differently; None where the line was not there."""

    line_number: int
    field: str
    earlier: str | None
    later: str | None


def standing_at(revisions: Sequence[Any], version: int) -> dict[int, Any]:
    """Line number -> its last revision up to a version. revisions: of one order, by version."""
    return {r.line_number: r for r in sorted(revisions, key=lambda r: r.version) if r.version <= version}


def differences_between(
    earlier: Mapping[int, Any], later: Mapping[int, Any], item: Mapping[int, str]
) -> list[FieldChange]:
    """Every field that differs, by line number. item: item id -> its number, as both firms read it."""
    found = []
    for number in sorted(earlier.keys() | later.keys()):
        one, other = _said(earlier.get(number), item), _said(later.get(number), item)
        fields = dict.fromkeys([*one, *other])
        found += [
            FieldChange(number, name, one.get(name), other.get(name))
            for name in fields
            if one.get(name) != other.get(name)
        ]
    return found


def _said(revision: Any, item: Mapping[int, str]) -> dict[str, str]:
    """A line as it stood, field by field, each as text; nothing of a line that was not there."""
    if revision is None:
        return {}
    days = days_of(revision)
    said = {
        "state": revision.state.name, "item": item[revision.item_id], "quantity": plain(revision.quantity),
        "unitPrice": plain(revision.unit_price),
    }  # fmt: skip
    for position, day in enumerate(days, start=1):
        said[f"schedules.{position}.wantedOn"] = day.wanted_on.isoformat()
        said[f"schedules.{position}.promisedOn"] = day.promised_on.isoformat() if day.promised_on else ""
        said[f"schedules.{position}.quantity"] = plain(day.quantity)
    return said
