"""Call off: an order under a framework agreement, at its price of the day, within its caps (order type 226)."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col

from collaboration.frameworks import decisions
from collaboration.frameworks.events import CalledOff
from collaboration.frameworks.forms import LineCalledOff
from collaboration.frameworks.lifecycle import FRAMEWORK_LIFE
from collaboration.frameworks.moving import breaks_of, lines_of, prices_of
from collaboration.frameworks.tables import Framework, FrameworkLine
from collaboration.frameworks.visibility import frameworks_visible_to, side_of
from collaboration.orders.capping import check_within_caps
from collaboration.orders.forms import LineAsked
from collaboration.orders.tables import Order
from collaboration.orders.verbs import place_order
from kernel.access import Actor, Role, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound
from kernel.quantities import positive
from kernel.work import UnitOfWork


def call_off(
    work: UnitOfWork, actor: Actor, *, framework_id: int, number: str, lines: Sequence[LineCalledOff], note: str = "",
    conditional_reason: str | None = None,
) -> Order:  # fmt: skip
    """The buyer orders under a framework what its caps leave, at the framework's price of today.

    Everything else is as of any order: see ``place_order``. It answers no version, for what another called off meanwhile
    is counted under the same lock. Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    seen = frameworks_visible_to(actor).where(col(Framework.id) == framework_id)
    framework = work.one(seen, lock=True, field="frameworkId")
    FRAMEWORK_LIFE.after(framework.state, "call_off", by=side_of(framework, actor))
    require(actor, Role.BUYER)
    today = today_of(work.now)
    check_valid(framework, today)
    asked = _asked(work, framework, lines, today)
    order = place_order(
        work, actor, seller_id=framework.seller_id, number=number, currency=framework.currency, lines=asked, note=note,
        conditional_reason=conditional_reason, framework_id=framework_id,
    )  # fmt: skip
    at = {one.line_id: f"lines.{n}.quantity" for n, one in enumerate(lines)}
    check_within_caps(work, order, place=at.__getitem__)
    assert order.id is not None
    work.record(CalledOff(framework_id=framework_id, order_id=order.id, number=number))
    return order


def check_valid(framework: Framework, today: date) -> None:
    """Raises NotAllowedNow outside the days of the framework."""
    if not framework.valid_from <= today <= framework.valid_until:
        raise NotAllowedNow(
            f"framework {framework.number} is valid from {framework.valid_from} to {framework.valid_until}; today it is not",
            f"框架协议 {framework.number} 有效期为 {framework.valid_from} 至 {framework.valid_until}，今天不在有效期内",
            rule=decisions.VALIDITY,
        )  # fmt: skip


def _asked(work: UnitOfWork, framework: Framework, said: Sequence[LineCalledOff], today: date) -> list[LineAsked]:
    """The order's lines, numbered as the framework's. Raises Invalid, NotFound."""
    known = {line.id or 0: line for line in lines_of(work, framework.id or 0)}
    seen = set[int]()
    for n, one in enumerate(said):
        if one.line_id not in known:
            raise NotFound(f"lines.{n}.lineId")
        if one.line_id in seen:
            raise Invalid(
                f"lines.{n}.lineId",
                "call a line off once; say the days in its schedules",
                "同一行只填一次，多个日期请分列交期",
            )
        seen.add(one.line_id)
        positive(one.quantity, f"lines.{n}.quantity")
        decisions.check_least(one.quantity, known[one.line_id].minimum_quantity, f"lines.{n}.quantity")
    prices = prices_of(work, list(known))
    agreed = {line_id: [p for p in own if p.agreed_at is not None] for line_id, own in prices.items()}
    standing = {line_id: decisions.price_entry_on(agreed[line_id], today) for line_id in seen}
    breaks = breaks_of(work, [price.id or 0 for price in standing.values() if price is not None])
    asked = []
    for n, one in enumerate(said):
        entry, line = standing[one.line_id], known[one.line_id]
        if entry is None:
            raise _without_price(line, n)
        price = decisions.price_at(breaks[entry.id or 0], one.quantity)
        asked.append(
            LineAsked(
                number=line.number, item_id=line.item_id, quantity=one.quantity, unit_price=price,
                schedules=one.schedules, framework_line_id=line.id,
            )
        )  # fmt: skip
    return asked


def _without_price(line: FrameworkLine, position: int) -> Invalid:
    return Invalid(
        f"lines.{position}.lineId", f"line {line.number} of the framework has no price today", f"框架协议第 {line.number} 行今天没有价格",
        rule=decisions.PRICE,
    )  # fmt: skip
