"""What people ask about framework agreements: lists, one, its prices, and what of its caps is called, shipped, received, left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from sqlalchemy import or_
from sqlmodel import col

from collaboration.frameworks.amending import clause_of, may_accept
from collaboration.frameworks.approving import may_decide
from collaboration.frameworks.decisions import Called, Computation, index_price, price_entry_on
from collaboration.frameworks.lifecycle import (
    FRAMEWORK_AMENDMENT_LIFE,
    FRAMEWORK_LIFE,
    FrameworkAmendmentSide,
    FrameworkAmendmentState,
    FrameworkSide,
    FrameworkState,
)
from collaboration.frameworks.moving import DUTY, OPEN
from collaboration.frameworks.tables import (
    Framework,
    FrameworkAmendment,
    FrameworkAmendmentLine,
    FrameworkApproval,
    FrameworkLine,
    FrameworkPrice,
    FrameworkPriceBreak,
)
from collaboration.frameworks.visibility import (
    framework_amendment_lines_visible_to,
    framework_amendments_visible_to,
    framework_approvals_visible_to,
    framework_lines_visible_to,
    framework_price_breaks_visible_to,
    framework_prices_visible_to,
    frameworks_visible_to,
    side_of,
)
from collaboration.orders.capping import called_by, is_live, lines_under, offered_on
from collaboration.orders.decisions import kept_of
from collaboration.orders.tables import Order, OrderLine, Schedule
from collaboration.orders.visibility import orders_visible_to, schedules_visible_to
from kernel.access import SYSTEM, Actor, Role, Side
from kernel.paging import Page, page
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

TYPE_CODE = "221"
"""UNTDID 1001: a blanket order is what a framework is there."""


def side(framework: Any, actor: Actor) -> Side:
    return side_of(framework, actor)


def frameworks(
    work: UnitOfWork, actor: Actor, *, side: Side | None, states: Collection[FrameworkState] | None, first: int | None,
    after: str | None,
) -> Page:  # fmt: skip
    """One's firm's, bought and sold under, newest first."""
    visible = frameworks_visible_to(actor)
    if side is not None:
        mine = col(Framework.buyer_id) == (-1 if actor.party_id is None else actor.party_id)
        visible = visible.where(mine if side is Side.BUYER else ~mine)
    if states:
        visible = visible.where(col(Framework.state).in_(list(states)))
    return page(work, visible, Framework, first=first, after=after)


def frameworks_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(frameworks_visible_to(actor).where(col(Framework.id).in_(numbers)))


def lines_of_frameworks(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    own = framework_lines_visible_to(actor).where(col(FrameworkLine.framework_id).in_(numbers))
    return work.rows(own.order_by(col(FrameworkLine.framework_id), col(FrameworkLine.number)))


def lines_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(framework_lines_visible_to(actor).where(col(FrameworkLine.id).in_(numbers)))


def prices_of_lines(work: UnitOfWork, actor: Actor, line_ids: Collection[int]) -> Sequence[Any]:
    """Agreed, proposed, and those nobody agreed to, in the order they were written."""
    own = framework_prices_visible_to(actor).where(col(FrameworkPrice.line_id).in_(line_ids))
    return work.rows(own.order_by(col(FrameworkPrice.line_id), col(FrameworkPrice.id)))


def prices_of_amendments(work: UnitOfWork, actor: Actor, amendment_ids: Collection[int]) -> Sequence[Any]:
    own = framework_prices_visible_to(actor).where(col(FrameworkPrice.amendment_id).in_(amendment_ids))
    return work.rows(own.order_by(col(FrameworkPrice.id)))


def breaks_of_prices(work: UnitOfWork, actor: Actor, price_ids: Collection[int]) -> Sequence[Any]:
    own = framework_price_breaks_visible_to(actor).where(col(FrameworkPriceBreak.price_id).in_(price_ids))
    return work.rows(own.order_by(col(FrameworkPriceBreak.price_id), col(FrameworkPriceBreak.id)))


def amendments_of(work: UnitOfWork, actor: Actor, framework_ids: Collection[int]) -> Sequence[Any]:
    own = framework_amendments_visible_to(actor).where(col(FrameworkAmendment.framework_id).in_(framework_ids))
    return work.rows(own.order_by(col(FrameworkAmendment.framework_id), col(FrameworkAmendment.number)))


def amendments_by_id(work: UnitOfWork, actor: Actor, numbers: Collection[int]) -> Sequence[Any]:
    return work.rows(framework_amendments_visible_to(actor).where(col(FrameworkAmendment.id).in_(numbers)))


def amendment_lines_of(work: UnitOfWork, actor: Actor, amendment_ids: Collection[int]) -> Sequence[Any]:
    own = framework_amendment_lines_visible_to(actor).where(col(FrameworkAmendmentLine.amendment_id).in_(amendment_ids))
    return work.rows(own.order_by(col(FrameworkAmendmentLine.id)))


def approvals_of(work: UnitOfWork, actor: Actor, framework_ids: Collection[int]) -> Sequence[Any]:
    """To the buyer's firm alone."""
    own = framework_approvals_visible_to(actor).where(col(FrameworkApproval.framework_id).in_(framework_ids))
    return work.rows(own.order_by(col(FrameworkApproval.framework_id), col(FrameworkApproval.id)))


def call_offs_of(work: UnitOfWork, actor: Actor, framework_ids: Collection[int]) -> Sequence[Any]:
    """The orders under these frameworks, oldest first."""
    own = orders_visible_to(actor).where(col(Order.framework_id).in_(framework_ids))
    return work.rows(own.order_by(col(Order.framework_id), col(Order.id)))


def price_on(prices: Collection[Any], day: date) -> Any:
    """Which of a line's prices holds on a day: of those both agreed to, the last that begins by then; None for none."""
    return price_entry_on([price for price in prices if price.agreed_at is not None], day)


def computation_of(line: Any, price: Any) -> Computation | None:
    """How an index made a price, step by step; None of a price that was said."""
    if price.index_value is None:
        return None
    return index_price(
        clause_of(line), base_price=line.base_price, index=price.index_value, price_before=price.price_before
    )


@dataclass(frozen=True)
class Usage:
    """What of a line is called off, on its way or kept (``shipped``), accepted (``received``), and left of its caps.

    Quantities in the line's unit, ``value`` in the framework's currency; ``quantity_left``, ``value_left``: None without cap;
    ``share_percent``: of the cap that is used most, one decimal.
    """

    line_id: int
    called: Decimal
    value: Decimal
    shipped: Decimal
    received: Decimal
    quantity_left: Decimal | None
    value_left: Decimal | None
    share_percent: Decimal | None


def usage_of_lines(work: UnitOfWork, actor: Actor, line_ids: Collection[int]) -> Sequence[Usage]:
    """How far each line is used, for either firm: both read the same figures."""
    known = lines_by_id(work, actor, line_ids)
    numbers = {line.framework_id for line in known}
    under = lines_under(numbers)
    of_orders = under.with_only_columns(col(OrderLine.id))
    offered, schedules = offered_on(work, of_orders), dict[int, list[Any]]()
    for one in work.rows(schedules_visible_to(SYSTEM).where(col(Schedule.line_id).in_(of_orders))):
        schedules.setdefault(one.line_id, []).append(one)
    parts: dict[int, list[tuple[Called, Decimal, Decimal]]] = {}
    for line in work.rows(under):
        if is_live(line):
            days = schedules.get(line.id, [])
            called = called_by(line, sum((s.never for s in days), ZERO), offered.get(line.id, ZERO))
            moved = sum((kept_of(s) for s in days), ZERO), sum((s.accepted for s in days), ZERO)
            parts.setdefault(line.framework_line_id, []).append((called, *moved))
    return [_usage(line, parts.get(line.id, [])) for line in known]


def _usage(line: Any, parts: list[tuple[Called, Decimal, Decimal]]) -> Usage:
    called = sum((part[0] for part in parts), Called())
    shares = [
        _percent(used, cap)
        for used, cap in ((called.quantity, line.quantity_cap), (called.value, line.value_cap)) if cap is not None
    ]  # fmt: skip
    return Usage(
        line.id, called.quantity, called.value, sum((part[1] for part in parts), ZERO),
        sum((part[2] for part in parts), ZERO),
        None if line.quantity_cap is None else line.quantity_cap - called.quantity,
        None if line.value_cap is None else line.value_cap - called.value, max(shares, default=None),
    )  # fmt: skip


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    with localcontext(prec=80):
        return round(part * 100 / whole, 1)


def share_percent(part: Decimal, whole: Decimal | None) -> Decimal | None:
    return None if whole is None else _percent(part, whole)


def framework_verbs(actor: Actor, framework: Any, approvals: Collection[Any], amendments: Collection[Any]) -> list[str]:
    """What this person may do to it now: the buttons of its page."""
    side = side_of(framework, actor)
    found = FRAMEWORK_LIFE.verbs(framework.state, side) if actor.has(*DUTY.get(side, ())) else []
    if any(one.state in OPEN for one in amendments):
        found = [verb for verb in found if verb != "propose_framework_amendment"]
    if _is_to_approve(actor, approvals, None):
        found += FRAMEWORK_LIFE.verbs(framework.state, FrameworkSide.APPROVER)
    return found


def _is_to_approve(actor: Actor, approvals: Collection[Any], amendment_id: int | None) -> bool:
    """Whether the framework's own approval, or that of an amendment, waits for this very person."""
    waiting = [one for one in approvals if one.decided_at is None and one.amendment_id == amendment_id]
    return bool(waiting) and waiting[0].asked_by != actor.user_id and may_decide(actor, waiting[0].approver_id)


def amendment_verbs(
    work: UnitOfWork, actor: Actor, framework: Any, amendment: Any, approvals: Collection[Any]
) -> list[str]:
    """What this person may do to an amendment now."""
    own, by = side_of(framework, actor) is amendment.proposed_by, FrameworkAmendmentSide
    found = []
    duty = DUTY.get(side_of(framework, actor), ())
    if own and actor.has(*duty, Role.LEAD):
        found += FRAMEWORK_AMENDMENT_LIFE.verbs(amendment.state, by.PROPOSER)
    if not own and amendment.state is FrameworkAmendmentState.PROPOSED:
        accepts = may_accept(work, actor, amendment, framework)
        found += [
            verb for verb in FRAMEWORK_AMENDMENT_LIFE.verbs(amendment.state, by.ANSWERER)
            if (accepts if verb == "accept_framework_amendment" else actor.has(*duty, Role.LEAD))
        ]  # fmt: skip
    if _is_to_approve(actor, approvals, amendment.id):
        found += FRAMEWORK_AMENDMENT_LIFE.verbs(amendment.state, by.APPROVER)
    return found


def over_frameworks(work: UnitOfWork, today: date) -> list[int]:
    """Frameworks in force whose last day has passed."""
    over = frameworks_visible_to(SYSTEM).where(
        col(Framework.state) == FrameworkState.AGREED, col(Framework.valid_until) < today
    )
    return [row.id for row in work.rows(over.order_by(col(Framework.id)))]


def frameworks_to_answer(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Proposed to the actor's firm."""
    asked = frameworks_visible_to(actor).where(
        col(Framework.seller_id) == actor.party_id, col(Framework.state) == FrameworkState.PROPOSED
    )
    return work.rows(asked.order_by(col(Framework.id)).limit(most))


def amendments_to_answer(work: UnitOfWork, actor: Actor, *, side: Side, most: int) -> Sequence[Any]:
    """Proposed by the other firm, of agreements on whose ``side`` the actor's firm stands."""
    own = Framework.buyer_id if side is Side.BUYER else Framework.seller_id
    mine = frameworks_visible_to(actor).where(col(own) == actor.party_id, col(Framework.state) == FrameworkState.AGREED)
    asked = framework_amendments_visible_to(actor).where(
        col(FrameworkAmendment.state) == FrameworkAmendmentState.PROPOSED,
        col(FrameworkAmendment.proposed_by) != side,
        col(FrameworkAmendment.framework_id).in_(mine.with_only_columns(col(Framework.id))),
    )
    return work.rows(asked.order_by(col(FrameworkAmendment.id)).limit(most))


def approvals_to_decide(work: UnitOfWork, actor: Actor, *, most: int) -> Sequence[Any]:
    """Of agreements and of amendments, those that wait for this very person."""
    mine = col(FrameworkApproval.approver_id) == actor.user_id
    if actor.has(Role.LEAD):
        mine = or_(mine, col(FrameworkApproval.approver_id).is_(None))
    waiting = framework_approvals_visible_to(actor).where(
        mine, col(FrameworkApproval.decided_at).is_(None), col(FrameworkApproval.asked_by) != actor.user_id
    )
    return work.rows(waiting.order_by(col(FrameworkApproval.id)).limit(most))
