"""What every act on a framework agreement shares: find it, check version, state and duty; its lines, prices and open amendment."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from sqlmodel import col

from collaboration.frameworks.decisions import Capped, worth
from collaboration.frameworks.lifecycle import FRAMEWORK_LIFE, FrameworkAmendmentState
from collaboration.frameworks.tables import (
    Framework,
    FrameworkAmendment,
    FrameworkAmendmentLine,
    FrameworkLine,
    FrameworkPrice,
    FrameworkPriceBreak,
)
from collaboration.frameworks.visibility import (
    framework_amendment_lines_visible_to,
    framework_amendments_visible_to,
    framework_lines_visible_to,
    framework_price_breaks_visible_to,
    framework_prices_visible_to,
    frameworks_visible_to,
    side_of,
)
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.errors import Stale
from kernel.quantities import ZERO
from kernel.work import UnitOfWork

DUTY = {Side.BUYER: (Role.BUYER,), Side.SELLER: (Role.SALES,)}
"""Who speaks for a firm to the other."""
OPEN = (FrameworkAmendmentState.WAITING, FrameworkAmendmentState.PROPOSED)


def framework_to_move(
    work: UnitOfWork, actor: Actor, framework_id: int, verb: str, *, duty: tuple[Role, ...], expected_version: int
) -> Framework:
    """One the actor sees, locked, moved on by the verb. Raises NotFound, Stale, NotAllowedNow in that order."""
    found = framework_seen(work, actor, framework_id, expected_version)
    found.state = FRAMEWORK_LIFE.after(found.state, verb, by=side_of(found, actor))
    require(actor, *duty)
    found.version += 1
    return found


def framework_seen(work: UnitOfWork, actor: Actor, framework_id: int, expected_version: int) -> Framework:
    """Locked, in the version that was read. Raises NotFound, Stale."""
    seen = frameworks_visible_to(actor).where(col(Framework.id) == framework_id)
    found = work.one(seen, lock=True, field="frameworkId")
    if found.version != expected_version:
        raise Stale(found.version)
    return found


def lines_of(work: UnitOfWork, framework_id: int) -> Sequence[FrameworkLine]:
    """All lines, by number, as whoever found the framework visible may know them."""
    own = framework_lines_visible_to(SYSTEM).where(col(FrameworkLine.framework_id) == framework_id)
    return work.all(own.order_by(col(FrameworkLine.number)))


def prices_of(work: UnitOfWork, line_ids: Collection[int]) -> dict[int, list[FrameworkPrice]]:
    """Line -> its prices, agreed or not, in the order they were written."""
    own = framework_prices_visible_to(SYSTEM).where(col(FrameworkPrice.line_id).in_(line_ids))
    found: dict[int, list[FrameworkPrice]] = {line_id: [] for line_id in line_ids}
    for price in work.all(own.order_by(col(FrameworkPrice.id))):
        found[price.line_id].append(price)
    return found


def breaks_of(work: UnitOfWork, price_ids: Collection[int]) -> dict[int, list[FrameworkPriceBreak]]:
    """Price -> its breaks by rising quantity."""
    own = framework_price_breaks_visible_to(SYSTEM).where(col(FrameworkPriceBreak.price_id).in_(price_ids))
    found: dict[int, list[FrameworkPriceBreak]] = {price_id: [] for price_id in price_ids}
    for step in work.all(own.order_by(col(FrameworkPriceBreak.id))):
        found[step.price_id].append(step)
    return found


def open_amendment_of(work: UnitOfWork, framework_id: int) -> FrameworkAmendment | None:
    """The one that waits for somebody; a framework has one at a time."""
    own = framework_amendments_visible_to(SYSTEM).where(
        col(FrameworkAmendment.framework_id) == framework_id, col(FrameworkAmendment.state).in_(OPEN)
    )
    return work.maybe(own, lock=True)


def cap_changes_of(work: UnitOfWork, amendment_id: int) -> dict[int, FrameworkAmendmentLine]:
    """Line -> the other caps an amendment gives it."""
    own = framework_amendment_lines_visible_to(SYSTEM).where(col(FrameworkAmendmentLine.amendment_id) == amendment_id)
    return {change.line_id: change for change in work.all(own)}


def prices_with(
    work: UnitOfWork, line_ids: Collection[int], amendment_id: int | None
) -> dict[int, list[FrameworkPrice]]:
    """Line -> the prices that are agreed, and those this amendment proposes; a draft's own for None."""
    return {
        line_id: [p for p in prices if p.agreed_at is not None or p.amendment_id == amendment_id]
        for line_id, prices in prices_of(work, line_ids).items()
    }


def worth_with(work: UnitOfWork, framework: Framework, amendment: FrameworkAmendment | None = None) -> Decimal:
    """The most that may be spent under a framework, by its caps and prices, or by those an amendment would give it."""
    lines = lines_of(work, framework.id or 0)
    changes = {} if amendment is None else cap_changes_of(work, amendment.id or 0)
    prices = prices_with(work, [line.id or 0 for line in lines], None if amendment is None else amendment.id)
    breaks = breaks_of(work, [price.id or 0 for own in prices.values() for price in own])
    capped = []
    for line in lines:
        own = [step.unit_price for price in prices[line.id or 0] for step in breaks[price.id or 0]]
        change = changes.get(line.id or 0)
        capped.append(
            Capped(
                (change and change.quantity_cap) or line.quantity_cap, (change and change.value_cap) or line.value_cap,
                max(own, default=ZERO),
            )
        )  # fmt: skip
    cap = framework.value_cap if amendment is None or amendment.value_cap is None else amendment.value_cap
    return worth(cap, capped)
